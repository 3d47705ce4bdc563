import { addDays, dayOf, HOUR_MS, hourOf, startOf } from '../kernel/day';
import type { Ms } from '../kernel/day';

const BEFORE_MS = 6 * HOUR_MS;
const LEAST_MS = 10 * 60_000;
const [QUIET_FROM, QUIET_TO, EVENING] = [21, 9, 20];

/**
 * When to remind a member that her coupon ends: six hours before, or half-way when less is left; out of the quiet hours
 * it goes to eight the evening before. Null when that would come too late to be of use.
 *
 * @example remindAt(startOf(day('2025-03-07'), 18), startOf(day('2025-03-05'), 18)) // → startOf(day('2025-03-07'), 12)
 * @example remindAt(startOf(day('2025-03-07'), 10), startOf(day('2025-03-05'), 10)) // → the 6th at 20:00, not the 7th at 4
 */
export function remindAt(expiresAt: Ms, now: Ms): Ms | null {
  const left = expiresAt - now;
  if (left < 2 * LEAST_MS) return null;
  const at = left > 2 * BEFORE_MS ? expiresAt - BEFORE_MS : now + Math.floor(left / 2);
  const hour = hourOf(at);
  if (hour < QUIET_FROM && hour >= QUIET_TO) return at;
  const evening = startOf(hour < QUIET_TO ? addDays(dayOf(at), -1) : dayOf(at), EVENING);
  return evening > now ? evening : at;
}

import { addMonths, dayOf } from '../kernel/day';
import type { Ms } from '../kernel/day';

/**
 * One return offer per N months: may this member be given another one? Counted in calendar months from the day of the
 * last, so that nobody learns to wait for the next discount.
 *
 * @param last when she was last given one; null = never
 * @param months 0 = as often as campaigns come
 * @example mayGetReturnOffer(startOf(day('2025-01-31')), startOf(day('2025-04-29')), 3) // → false, 30 April it is
 */
export function mayGetReturnOffer(last: Ms | null, now: Ms, months: number): boolean {
  return last === null || months <= 0 || dayOf(now) >= addMonths(dayOf(last), months);
}

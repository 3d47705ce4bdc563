import { addDays, dayOf, hourOf, startOf } from '../kernel/day';
import type { Ms } from '../kernel/day';
import { done, refuse } from '../kernel/result';
import type { Result } from '../kernel/result';
import type { Value } from '../membership/types';
import type { ContactPolicy, ContactRefusal, OptOutScope, Purpose, TouchFact } from './types';

const FOUR_A_MONTH = { touches: 4, withinDays: 30 };

/**
 * 频控 as retail practises it: 4 pushes in 30 days and one care message on top, nights off, a month's rest after 3 without
 * an answer, and silence after 8 until she comes by herself. The cap may differ by value; it starts the same for all.
 */
export const DEFAULT_POLICY: ContactPolicy = {
  caps: { high: FOUR_A_MONTH, mid: FOUR_A_MONTH, low: FOUR_A_MONTH },
  careExtra: 1,
  quietHours: { fromHour: 21, toHour: 9 },
  restAfter: 3,
  restDays: 30,
  ceiling: 8,
};

export interface ContactAsk {
  touches: readonly TouchFact[];
  /** null = she has not opted out of anything */
  optOut: OptOutScope | null;
  value: Value;
  purpose: Purpose;
  now: Ms;
}

/** The start of the business day on which a touch leaves a window of so many days. */
const leavesWindowAt = (touch: TouchFact, days: number): Ms => startOf(addDays(dayOf(touch.at), days));

/** When fewer than `max` of these touches are left in the window; `null` when that is so already. */
function roomAt(newestFirst: readonly TouchFact[], max: number, withinDays: number, now: Ms): Ms | null {
  const blocking = newestFirst[max - 1];
  if (blocking === undefined) return null;
  const at = leavesWindowAt(blocking, withinDays);
  return at > now ? at : null;
}

/** How many touches in a row, back from the newest, nobody answered. */
function unansweredRun(newestFirst: readonly TouchFact[]): number {
  const answered = newestFirst.findIndex((touch) => touch.answered);
  return answered === -1 ? newestFirst.length : answered;
}

/** The first instant from `at` on that lies outside the quiet hours. */
function afterQuietHours(at: Ms, { fromHour, toHour }: ContactPolicy['quietHours']): Ms {
  const hour = hourOf(at);
  const overnight = fromHour > toHour;
  const isQuiet = overnight ? hour >= fromHour || hour < toHour : hour >= fromHour && hour < toHour;
  if (!isQuiet) return at;
  const today = dayOf(at);
  return startOf(overnight && hour >= fromHour ? addDays(today, 1) : today, toHour);
}

/**
 * May this member be contacted now? The one question every way of reaching her asks first.
 *
 * - Whoever opted out of pushes may still be asked how she is; whoever opted out of everything is left alone.
 * - The cap of her value counts business days: today and the `withinDays − 1` before it, so it also holds across a
 *   month's end. Pushes are held to `touches`; all touches together, care included, to `touches + careExtra`.
 * - After `restAfter` touches in a row without an answer she rests `restDays` days from the last one, care included; after
 *   `ceiling` of them nobody writes to her until she opens, claims, comes or buys.
 * - Quiet hours are Shanghai's.
 *
 * When several rules refuse, the one that lasts longest is named. `nextAllowedAt` is the first instant at which all of
 * them allow it, provided nobody touches her meanwhile.
 *
 * @throws RangeError when the policy allows nothing at all (a cap, window, rest count or ceiling below 1): that is a wrong policy
 * @example mayContact({ touches: [], optOut: null, value: 'mid', purpose: 'promo', now: startOf(day('2025-03-04'), 22) }, DEFAULT_POLICY)
 * // → refuse({ code: 'quiet-hours', nextAllowedAt: startOf(day('2025-03-05'), 9) })
 */
export function mayContact(ask: ContactAsk, policy: ContactPolicy): Result<true, ContactRefusal> {
  const { careExtra, restAfter, restDays, ceiling } = policy;
  const cap = policy.caps[ask.value];
  if (cap.touches < 1 || cap.withinDays < 1 || restAfter < 1 || ceiling < 1)
    throw new RangeError('a contact policy needs a cap, a window, a rest count and a ceiling of at least 1');
  const isPush = ask.purpose === 'promo';
  if (ask.optOut === 'all' || (ask.optOut === 'promo' && isPush))
    return refuse({ code: 'opted-out', nextAllowedAt: null });

  const newestFirst = [...ask.touches].sort((a, b) => b.at - a.at);
  const promos = newestFirst.filter((touch) => touch.purpose === 'promo');
  const { now } = ask;
  const unanswered = unansweredRun(newestFirst);
  if (unanswered >= ceiling) return refuse({ code: 'worn-out', nextAllowedAt: null, unanswered });

  const promoRoomAt = isPush ? roomAt(promos, cap.touches, cap.withinDays, now) : null;
  const anyRoomAt = roomAt(newestFirst, cap.touches + careExtra, cap.withinDays, now);
  const roomFrom = Math.max(promoRoomAt ?? now, anyRoomAt ?? now);

  const last = newestFirst[0];
  const restedFrom = last !== undefined && unanswered >= restAfter ? leavesWindowAt(last, restDays) : now;

  const nextAllowedAt = afterQuietHours(Math.max(now, roomFrom, restedFrom), policy.quietHours);
  if (nextAllowedAt === now) return done(true);
  if (restedFrom > now && restedFrom >= roomFrom)
    return refuse({ code: 'resting', nextAllowedAt, unanswered });
  if (roomFrom > now) {
    const promoBinds = (promoRoomAt ?? now) >= (anyRoomAt ?? now);
    const touches = promoBinds ? cap.touches : cap.touches + careExtra;
    return refuse({ code: 'contact-cap', nextAllowedAt, touches, withinDays: cap.withinDays });
  }
  return refuse({ code: 'quiet-hours', nextAllowedAt });
}

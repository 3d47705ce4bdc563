import { daysBetween, dayOf, endOf, startOf } from '../../kernel/day';
import type { Day } from '../../kernel/day';
import type { Value } from '../../membership/types';
import { mayContact } from '../contactPolicy';
import type { ContactPolicy, OptOutScope, Purpose, TouchFact } from '../types';
import { OCCASIONS } from './occasions';
import { CARE_OCCASIONS } from './types';
import type { CareOccasion, CareReason } from './types';

/** What stands of a member already, as far as giving her another care task goes. */
export interface CareStanding {
  /** every reason she has had a task for */
  given: ReadonlySet<string>;
  /** her care task that somebody works on; null = none */
  open: CareOccasion | null;
  /** held out of a campaign that is still measured: her silence is what it is measured against */
  isHeldOut: boolean;
  /** a recall task of a running campaign lies with a clerk: she is being talked to, and that task knows the day as well */
  isRecalled: boolean;
  /** when she last had a reminder that she had looked; null = never */
  lastBrowseOn: Day | null;
  ledger: { touches: readonly TouchFact[]; optOut: OptOutScope | null; value: Value };
}

/** Who looks every day is reminded once a week. */
const BROWSE_EVERY_DAYS = 7;

const strength = (occasion: CareOccasion): number => -CARE_OCCASIONS.indexOf(occasion);
/** Is one the stronger reason? Of equals, the one that stands stays. */
export const isStronger = (one: CareOccasion, other: CareOccasion): boolean =>
  strength(one) > strength(other);

/**
 * From which day on she may be contacted for it; null when that is never, not before it stops making sense, or while she
 * rests: nobody gets a task that the ledger would only refuse.
 */
export function firstDayAllowed(
  ledger: CareStanding['ledger'],
  purpose: Purpose,
  { from, until }: { from: Day; until: Day },
  policy: ContactPolicy,
): Day | null {
  // At noon, so that quiet hours say nothing.
  const answer = mayContact({ ...ledger, purpose, now: startOf(from, 12) }, policy);
  if (answer.ok) return from;
  const { code, nextAllowedAt } = answer.failure;
  if (nextAllowedAt === null || code === 'resting' || nextAllowedAt > endOf(until)) return null;
  return dayOf(nextAllowedAt);
}

/**
 * The one reason she is given a care task for, with the day from which it may be done; null when there is none, or
 * something as strong is open already. Whoever is held out of a campaign gets nothing until it has been measured.
 *
 * @param reasons of hers today, in any order
 */
export function chooseCare(
  reasons: readonly CareReason[],
  standing: CareStanding,
  policy: ContactPolicy,
): CareReason | null {
  if (standing.isHeldOut) return null;
  const { given, open, isRecalled, lastBrowseOn, ledger } = standing;
  const strongestFirst = [...reasons].sort(
    (a, b) => strength(b.occasion) - strength(a.occasion) || (a.cycle < b.cycle ? -1 : 1),
  );
  for (const reason of strongestFirst) {
    const { occasion, cycle } = reason;
    if (open !== null && !isStronger(occasion, open)) return null;
    if (given.has(cycle) || (OCCASIONS[occasion].isCommon && isRecalled)) continue;
    const isTooSoon =
      occasion === 'browse' &&
      lastBrowseOn !== null &&
      daysBetween(lastBrowseOn, reason.on) < BROWSE_EVERY_DAYS;
    if (isTooSoon) continue;
    const from = firstDayAllowed(ledger, OCCASIONS[occasion].purpose, reason, policy);
    if (from !== null) return { ...reason, from };
  }
  return null;
}

/** Care tasks by clerk and day. */
export type CareLoads = Record<string, Record<string, number>>;

/**
 * The day on which a care task falls due for a clerk, and counts it: the first of its days with room; on full days the
 * first of them all, or null for what can be left. `loads` is changed.
 *
 * @example with room for one a day: two birthdays of Friday raised on Tuesday fall on Tuesday and Wednesday
 */
export function careDay(
  loads: CareLoads,
  clerkId: string,
  { occasion, from, until }: Pick<CareReason, 'occasion' | 'from' | 'until'>,
  clerkDaily: number,
  days: readonly Day[],
): Day | null {
  const own = (loads[clerkId] ??= {});
  const free = days.find((on) => on >= from && on <= until && (own[on] ?? 0) < clerkDaily);
  const on = free ?? (OCCASIONS[occasion].canBeLeft ? null : from);
  if (on !== null) own[on] = (own[on] ?? 0) + 1;
  return on;
}

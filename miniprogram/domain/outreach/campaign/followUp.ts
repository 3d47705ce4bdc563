import { addDays } from '../../kernel/day';
import type { Day, Ms } from '../../kernel/day';
import type { FollowUpOutcome } from '../types';

/** What decides whether a member is asked again in the follow-up (追加跟进). */
export interface EngagementFact {
  openedAt: Ms | null;
  claimedAt: Ms | null;
  redeemedAt: Ms | null;
  wokenAt: Ms | null;
  /** of the coupon she claimed */
  couponExpiresAt: Ms | null;
  outcome: FollowUpOutcome | null;
  /** rounds she has had beside the first */
  round: number;
}

/**
 * Is she asked again now? She engaged (opened, claimed, or said she would come), has neither bought nor used her gift,
 * has had no second round, and holds no coupon that is still good: nobody gets a second one on top.
 *
 * @example isAskedAgain({ openedAt: 1, claimedAt: null, …, round: 0 }, now) // → true
 */
export function isAskedAgain(fact: EngagementFact, now: Ms): boolean {
  const engaged = fact.openedAt !== null || fact.claimedAt !== null || fact.outcome === 'willCome';
  const bought = fact.wokenAt !== null || fact.redeemedAt !== null;
  const holdsGood = fact.couponExpiresAt !== null && fact.couponExpiresAt > now;
  return engaged && !bought && fact.round === 0 && !holdsGood;
}

/** Why she is due again, as the clerk reads it. @example followUpReason({ claimedAt: null, openedAt: 1, … }) // → '看过礼包还没领，追加一份优惠' */
export function followUpReason(fact: { claimedAt: Ms | null; openedAt: Ms | null }): string {
  const did =
    fact.claimedAt !== null
      ? '领过的券过期没用'
      : fact.openedAt !== null
        ? '看过礼包还没领'
        : '答应来店还没来';
  return `${did}，追加一份优惠`;
}

/** The day a clerk's `nth` extra task of today falls on: so many a day, never after the last. */
export function laterDay(today: Day, nth: number, dailyCapacity: number, lastDay: Day): Day {
  const on = addDays(today, Math.floor(nth / dailyCapacity));
  return on > lastDay ? lastDay : on;
}

import { endOf, HOUR_MS, startOf } from '../kernel/day';
import type { Day, Ms } from '../kernel/day';
import { couponStatusAt } from './coupon';
import type { CouponFact, GiftFace } from './types';

/** What is known when someone opens the gift page. */
export interface ClaimFacts {
  caller: { openid: string; isStaff: boolean };
  /** `openid` is null until she first opens her gift */
  member: { openid: string | null; optedOut: boolean };
  campaign: { open: boolean; claimBy: Day; startsOn?: Day };
  /** what she has claimed already */
  coupon: CouponFact | null;
  /** all packs are given out; missing = there are some, or nobody has looked */
  soldOut?: boolean;
}

function ownFaceOf(coupon: CouponFact, now: Ms): GiftFace {
  switch (couponStatusAt(coupon, now)) {
    case 'used':
      return 'redeemed';
    case 'unused':
      return 'claimed';
    // A revoked coupon looks like an expired one: to the member both mean "no longer valid, ask the shop".
    case 'expired':
    case 'revoked':
      return 'couponExpired';
  }
}

/**
 * Which face the gift page shows to the one who opened it; first match wins.
 *
 * Staff only look. A gift bound to somebody else shows nothing of its contents. What she holds already comes before
 * opt-out and closed campaigns, for a coupon in the hand stays good. A claimed gift without a bound person (her
 * account was erased) is nobody's to see. A paused campaign keeps the promises that were sent: it stays open until its
 * last day.
 *
 * @example giftFaceOf({ caller, member: { openid: null, optedOut: false }, campaign, coupon: null }, now) // → 'claimable'
 */
export function giftFaceOf(facts: ClaimFacts, now: Ms): GiftFace {
  const { caller, member, campaign, coupon } = facts;
  if (caller.isStaff) return 'staffPreview';
  if (member.openid !== null && member.openid !== caller.openid) return 'someoneElses';
  if (coupon !== null) return member.openid === null ? 'someoneElses' : ownFaceOf(coupon, now);
  if (member.optedOut) return 'optedOut';
  if (!campaign.open || now > endOf(campaign.claimBy)) return 'linkExpired';
  if (campaign.startsOn !== undefined && now < startOf(campaign.startsOn)) return 'notBegun';
  if (facts.soldOut) return 'outOfStock';
  return 'claimable';
}

/** The instant a coupon stops being valid: a duration from the claim, to the second. @example couponExpiry(0, 48) // → 172_800_000 */
export function couponExpiry(claimedAt: Ms, validHours: number): Ms {
  return claimedAt + validHours * HOUR_MS;
}

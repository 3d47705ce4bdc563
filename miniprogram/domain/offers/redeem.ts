import { spokenTime } from '../kernel/day';
import type { Ms } from '../kernel/day';
import { done, refuse } from '../kernel/result';
import type { Result } from '../kernel/result';
import { couponStatusAt } from './coupon';
import type { CouponFact } from './types';

export interface RedeemFacts {
  coupon: CouponFact;
  /** null = every branch of the chain */
  couponBranchIds: string[] | null;
  /** those branches as people call them, for the refusal */
  branchNames: string;
  clerk: { branchId: string | null; openid: string };
  couponOpenid: string;
  now: Ms;
}
export interface RedeemRefusal {
  code: 'coupon-used' | 'coupon-expired' | 'coupon-revoked' | 'coupon-wrong-branch' | 'coupon-own';
  /** when it was used or ended, or where it is good: what the clerk can tell the customer */
  detail?: string;
}

/**
 * May this clerk redeem (核销) this coupon here and now? What is true of the coupon comes first, then the place, then
 * the person: a clerk cannot redeem her own coupon, a colleague has to.
 *
 * @example mayRedeem({ …, now: coupon.expiresAt }) // → refuse({ code: 'coupon-expired', detail: '3月5日 09:30' })
 */
export function mayRedeem(facts: RedeemFacts): Result<true, RedeemRefusal> {
  const { coupon, couponBranchIds, clerk } = facts;
  switch (couponStatusAt(coupon, facts.now)) {
    case 'used':
      return refuse(
        coupon.redeemedAt === null
          ? { code: 'coupon-used' }
          : { code: 'coupon-used', detail: spokenTime(coupon.redeemedAt) },
      );
    case 'expired':
      return refuse({ code: 'coupon-expired', detail: spokenTime(coupon.expiresAt) });
    case 'revoked':
      return refuse({ code: 'coupon-revoked' });
    case 'unused':
      break;
  }
  if (couponBranchIds !== null && (clerk.branchId === null || !couponBranchIds.includes(clerk.branchId)))
    return refuse({ code: 'coupon-wrong-branch', detail: facts.branchNames });
  if (clerk.openid === facts.couponOpenid) return refuse({ code: 'coupon-own' });
  return done(true);
}

import type { Failure } from '../../miniprogram/contract/failures';
import type { Ms } from '../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../miniprogram/domain/kernel/result';
import type { Result } from '../../miniprogram/domain/kernel/result';
import { couponStateAt } from '../../miniprogram/domain/offers/coupon';
import { mayRedeem } from '../../miniprogram/domain/offers/redeem';
import type { ScopeRole, Scope } from '../common/entry/scope';
import { couponFactOf } from '../common/store/coupons';
import type { CouponDoc } from '../common/store/documents';
import { branchesNamed } from '../common/store/remembered';
import { branchesText } from './couponShown';

/** Who stands at a till. */
export const TILL: readonly ScopeRole[] = ['clerk', 'manager'];

/**
 * May the caller take this coupon at her till now? Asked before it is shown and again before it is used.
 *
 * @param lockKey names the lock that the act holds; null = none
 */
export async function goodAtTill(
  coupon: CouponDoc,
  scope: Scope,
  now: Ms,
  lockKey: string | null = null,
): Promise<Result<true, Failure>> {
  const branches = await branchesNamed(coupon.branchIds ?? [], now);
  const fact = couponFactOf(coupon);
  const isLocked = couponStateAt(fact, now) === 'locked';
  const isHeldByAct = isLocked && lockKey !== null && coupon.lock?.requestKey === lockKey;
  const good = mayRedeem({
    // Held in time it is good while it is held.
    coupon: isHeldByAct ? { ...fact, expiresAt: Math.max(fact.expiresAt, now + 1) } : fact,
    couponBranchIds: coupon.branchIds,
    branchNames: branchesText(coupon.branchIds, branches),
    clerk: { branchId: scope.branchId, openid: scope.openid },
    couponOpenid: coupon.openid,
    now,
  });
  if (!good.ok) return good;
  if (isLocked && !isHeldByAct && coupon.lock?.clerkId !== scope.staff?._id) {
    return refuse({ code: 'coupon-locked', nextAllowedAt: coupon.lock?.until ?? null });
  }
  return done(true);
}

import type { Failure } from '../../miniprogram/contract/failures';
import type { Ms } from '../../miniprogram/domain/kernel/day';
import type { Result } from '../../miniprogram/domain/kernel/result';
import { mayRedeem } from '../../miniprogram/domain/offers/redeem';
import type { Scope } from '../common/entry/scope';
import { couponFactOf } from '../common/store/coupons';
import type { CouponDoc } from '../common/store/documents';
import { branchesNamed } from '../common/store/remembered';
import { branchesText } from './couponShown';

/** May the caller take this coupon at her till now? Asked before it is shown and again before it is used. */
export async function goodAtTill(coupon: CouponDoc, scope: Scope, now: Ms): Promise<Result<true, Failure>> {
  const branches = await branchesNamed(coupon.branchIds ?? [], now);
  return mayRedeem({
    coupon: couponFactOf(coupon),
    couponBranchIds: coupon.branchIds,
    branchNames: branchesText(coupon.branchIds, branches),
    clerk: { branchId: scope.branchId, openid: scope.openid },
    couponOpenid: coupon.openid,
    now,
  });
}

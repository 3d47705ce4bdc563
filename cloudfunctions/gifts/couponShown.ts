import type { CouponShown } from '../../miniprogram/contract/gifts';
import type { Ms } from '../../miniprogram/domain/kernel/day';
import { conditionsOf, couponStatusAt, headlineOf } from '../../miniprogram/domain/offers/coupon';
import { couponFactOf } from '../common/store/coupons';
import type { BranchDoc, CouponDoc } from '../common/store/documents';

/** A coupon as its owner sees it. */
export function couponShown(coupon: CouponDoc, now: Ms): CouponShown {
  return {
    couponId: coupon._id,
    headline: headlineOf(coupon.rule),
    conditions: conditionsOf(coupon.rule, coupon.scope),
    status: couponStatusAt(couponFactOf(coupon), now),
    claimedAt: coupon.claimedAt,
    expiresAt: coupon.expiresAt,
    code: coupon.code,
    secretWord: coupon.secretWord,
    title: coupon.title,
    lockedUntil: coupon.lock && now < coupon.lock.until ? coupon.lock.until : null,
    remindAt: coupon.remindAt ?? null,
  };
}

/** @example branchesText(null, new Map()) // → '全部门店可用' */
export function branchesText(
  branchIds: readonly string[] | null,
  branches: ReadonlyMap<string, BranchDoc>,
): string {
  return branchIds === null ? '全部门店可用' : branchIds.map((id) => branches.get(id)?.name ?? id).join('、');
}

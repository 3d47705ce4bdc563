import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { CouponFact } from '../../../miniprogram/domain/offers/types';
import type { CouponDoc } from './documents';
import { command, table } from './table';

/** What the rules read of a coupon. */
export function couponFactOf(coupon: CouponDoc): CouponFact {
  return {
    status: coupon.status,
    claimedAt: coupon.claimedAt,
    expiresAt: coupon.expiresAt,
    redeemedAt: coupon.redeemed?.at ?? null,
  };
}

/** A person's coupons, newest first. One call. */
export function couponsOf(openid: string): Promise<CouponDoc[]> {
  return table('coupons').page({ where: { openid }, orderBy: [['claimedAt', 'desc']], limit: 100 });
}

/**
 * The coupon a member shows at the till, by its eight digits or its secret word. One call.
 *
 * @param said as `readSecretWord` leaves it
 */
export function couponSaid(said: string): Promise<CouponDoc | null> {
  return table('coupons').findOne(/^\d{8}$/.test(said) ? { code: said } : { secretWord: said });
}

/** Uses a coupon up, if it is unused and good at this very moment. One call. @returns false when it is not */
export function useCoupon(
  couponId: string,
  now: Ms,
  redeemed: NonNullable<CouponDoc['redeemed']>,
): Promise<boolean> {
  return table('coupons').changeIf(
    { _id: couponId, status: 'unused', expiresAt: command().gt(now) },
    { status: 'used', redeemed },
  );
}

import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { CouponFact } from '../../../miniprogram/domain/offers/types';
import type { CouponDoc, CouponLock } from './documents';
import { command, table } from './table';
import type { Condition } from './table';

/** What the rules read of a coupon. */
export function couponFactOf(coupon: CouponDoc): CouponFact {
  return {
    status: coupon.status,
    claimedAt: coupon.claimedAt,
    expiresAt: coupon.expiresAt,
    redeemedAt: coupon.redeemed?.at ?? null,
    lock: coupon.lock ?? null,
  };
}

/** A person's coupons, newest first. One call. */
export function couponsOf(openid: string): Promise<CouponDoc[]> {
  return table('coupons').page({ where: { openid }, orderBy: [['claimedAt', 'desc']], limit: 100 });
}

/** Coupons a member was given before she had an account. One call. */
export function couponsWithoutAccount(memberId: string): Promise<CouponDoc[]> {
  return table('coupons').page({ where: { memberId, openid: '' }, limit: 100 });
}

/**
 * The coupon a member shows at the till, by its eight digits or its secret word. One call.
 *
 * @param said as `readSecretWord` leaves it
 */
export function couponSaid(said: string): Promise<CouponDoc | null> {
  return table('coupons').findOne(/^\d{8}$/.test(said) ? { code: said } : { secretWord: said });
}

/** A coupon that may be used now, by this act: good and not held by another till, or held in time by this one. */
const usableNow = (couponId: string, now: Ms, lockKey: string | null): Condition<CouponDoc> => {
  const _ = command();
  const free = _.or([{ lock: null }, { 'lock.until': _.lte(now) }]);
  const good = _.and([{ expiresAt: _.gt(now) }, free]);
  const held = { 'lock.requestKey': lockKey, 'lock.until': _.gt(now) };
  const which = { _id: couponId, status: 'unused' };
  return _.and([which, lockKey === null ? good : _.or([good, held])]) as unknown as Condition<CouponDoc>;
};

/**
 * Uses a coupon up, if it may be at this very moment. One call. @returns false when it may not
 *
 * @param lockKey of the lock that the act holds; null = it holds none
 * @param also what changes with it
 */
export function useCoupon(
  couponId: string,
  now: Ms,
  redeemed: NonNullable<CouponDoc['redeemed']>,
  lockKey: string | null = null,
  also: Partial<CouponDoc> = {},
): Promise<boolean> {
  return table('coupons').changeIf(usableNow(couponId, now, lockKey), {
    status: 'used',
    redeemed,
    lock: null,
    ...also,
  });
}

/** Holds a coupon for a till, if nobody else does. Again by the same act it holds it on. One call. */
export function lockCoupon(couponId: string, now: Ms, lock: CouponLock): Promise<boolean> {
  return table('coupons').changeIf(usableNow(couponId, now, lock.requestKey), { lock });
}

/** One call. @returns false when the clerk does not hold it */
export function unlockCoupon(couponId: string, clerkId: string): Promise<boolean> {
  return table('coupons').changeIf(
    { _id: couponId, status: 'unused', 'lock.clerkId': clerkId },
    { lock: null },
  );
}

/** A member's coupons that were used. One call. */
export function usedCouponsOf(memberId: string): Promise<CouponDoc[]> {
  return table('coupons').page({ where: { memberId, status: 'used' }, limit: 200 });
}

/** A member's coupons that nobody has used, ended ones too. One call. */
export function unusedCouponsOf(memberId: string): Promise<CouponDoc[]> {
  return table('coupons').page({ where: { memberId, status: 'unused' }, limit: 100 });
}

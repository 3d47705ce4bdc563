import type { Failure } from '../../miniprogram/contract/failures';
import type { Redeemed } from '../../miniprogram/contract/till';
import type { Ms } from '../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../miniprogram/domain/kernel/result';
import type { Result } from '../../miniprogram/domain/kernel/result';
import { worthOf } from '../../miniprogram/domain/offers/coupon';
import type { Basket } from '../../miniprogram/domain/offers/basket';
import type { Acting } from '../common/entry/action';
import { settleBudget } from '../common/flows/settleBudget';
import { settlePack } from '../common/flows/settleCoupon';
import { useCoupon } from '../common/store/coupons';
import type { CouponDoc } from '../common/store/documents';
import { table } from '../common/store/table';
import { goodAtTill } from './till';

type Use = NonNullable<CouponDoc['redeemed']>;

/** A redemption as it was asked for. */
export interface Redeeming {
  couponId: string;
  basket: Basket;
  /** when it is, or was while the branch was offline */
  at: Ms;
  orderId: string | null;
  offline: boolean;
}

/**
 * Uses the coupon up, or finds that this very act has done so already.
 *
 * @returns null when another writer came between: read again
 */
export async function redeemOnce(
  acting: Acting,
  { couponId, basket, at, orderId, offline }: Redeeming,
): Promise<Result<{ coupon: CouponDoc; use: Use }, Failure> | null> {
  const { scope, now, requestKey } = acting;
  const coupon = await table('coupons').find(couponId);
  if (!coupon) return refuse({ code: 'code-not-found' });
  const clerkId = scope.staff?._id ?? '';
  const before = coupon.redeemed;
  if (before?.requestKey === requestKey && before.clerkId === clerkId) {
    return done({ coupon, use: before });
  }
  const good = await goodAtTill(coupon, scope, at, requestKey);
  if (!good.ok) return good;
  const lock = coupon.lock && at < coupon.lock.until ? coupon.lock : null;
  if (lock?.requestKey === requestKey && lock.basketFen !== basket.totalFen) {
    return refuse({ code: 'coupon-other-basket' });
  }
  const worth = worthOf(coupon.rule, basket, coupon.scope);
  if (!worth.ok) return worth;
  const use: Use = {
    at,
    clerkId,
    branchId: scope.branchId ?? '',
    basketFen: basket.totalFen,
    offFen: worth.value.offFen,
    requestKey,
    ...(orderId === null ? {} : { orderId }),
    ...(offline ? { offline } : {}),
  };
  const also = {
    // Whichever coupon of a pack it is: what follows is owed from this very write on, so a till that dies loses none of it.
    owes: 1 as const,
    ...(coupon.budget ? { heldDue: now } : {}),
  };
  // A lock of her own from another try is no hindrance: she stands at the till.
  const lockKey = lock?.clerkId === clerkId ? lock.requestKey : requestKey;
  const isUsed = await useCoupon(couponId, at, use, lockKey, also);
  return isUsed
    ? done({ coupon: { ...coupon, ...also, status: 'used', redeemed: use, lock: null }, use })
    : null;
}

/** What follows from a redemption, beside the coupon itself; cut off anywhere the sweeper does it. */
export async function followRedemption(coupon: CouponDoc, use: Use, now: Ms): Promise<Redeemed> {
  await settlePack(coupon, null, now);
  if (coupon.budget) await settleBudget(coupon._id, now);
  if (coupon.remindAt !== undefined) {
    await table('outbox').changeIf(
      { _id: `couponEnding:${coupon._id}`, status: 'waiting' },
      { status: 'dropped', reason: '券已使用', endedAt: now },
    );
  }
  return {
    couponId: coupon._id,
    offFen: use.offFen,
    payFen: use.basketFen - use.offFen,
    redeemedAt: use.at,
  };
}

import { dayOf, HOUR_MS, startOf } from '../../../miniprogram/domain/kernel/day';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { usedCouponsOf } from '../store/coupons';
import type { ChainDoc, CouponDoc } from '../store/documents';
import type { OrderHead } from '../store/orders';
import { table } from '../store/table';
import { wakeOrderOf } from './creditOrder';
import { isStillEarned } from './rebate';
import { friendBought, friendReturned } from './referrals';
import { settleBudget } from './settleBudget';
import { settlePack } from './settleCoupon';

/** A till rings up within this time of the redemption, or the other way round. */
const APART_MS = 2 * HOUR_MS;
/** Coupons of one pack used within this time were used together. */
const TOGETHER_MS = 600_000;

type Used = CouponDoc & { redeemed: NonNullable<CouponDoc['redeemed']> };
const isUsed = (coupon: CouponDoc): coupon is Used => coupon.redeemed !== null;

const mayBeOf = (coupon: Used, order: OrderHead): boolean =>
  (coupon.redeemed.orderId ?? null) === null &&
  !(coupon.reversed ?? []).some(({ orderId }) => orderId === order._id);

/**
 * How far apart an order and a redemption are. A file may tell of an order no more than its day, which reads as midnight:
 * then the whole day is the order's.
 */
function apartFrom(order: OrderHead, redeemedAt: Ms): Ms {
  const at = order.paidAt ?? order.createdAt;
  const isDayOnly = order._id.startsWith('csv:') && at === startOf(dayOf(at));
  return isDayOnly && dayOf(redeemedAt) === dayOf(at) ? 0 : Math.abs(redeemedAt - at);
}

/**
 * The coupons that were used in an order. What the redemption or the order itself names decides; else it is the
 * redemption of the same member in the same branch nearest in time, at most two hours apart, that no other order has;
 * with it go the coupons of the same pack used within ten minutes of it.
 */
export function couponsUsedIn(
  order: OrderHead,
  couponCode: string | undefined,
  coupons: readonly CouponDoc[],
): Used[] {
  const used = coupons.filter(isUsed);
  const named = used.filter(({ redeemed }) => redeemed.orderId === order._id);
  if (named.length > 0) return named;
  const open = used.filter((coupon) => mayBeOf(coupon, order));
  const apart = ({ redeemed }: Used) => apartFrom(order, redeemed.at);
  const [nearest] =
    couponCode !== undefined && open.some(({ code }) => code === couponCode)
      ? open.filter(({ code }) => code === couponCode)
      : open
          .filter((one) => one.redeemed.branchId === order.branchId && apart(one) <= APART_MS)
          .sort((a, b) => apart(a) - apart(b) || (a._id < b._id ? -1 : 1));
  if (!nearest) return [];
  return open.filter(
    ({ taskId, redeemed }) =>
      taskId === nearest.taskId && Math.abs(redeemed.at - nearest.redeemed.at) <= TOGETHER_MS,
  );
}

const asRead = ({ _id, redeemed }: Used) => ({
  _id,
  status: 'used',
  'redeemed.at': redeemed.at,
  'redeemed.requestKey': redeemed.requestKey,
});

/**
 * Gives a coupon back because its order was. Its own end stays: what is over by then shows as expired, and one that an order
 * earned which was returned meanwhile is gone. The points of its
 * use, the step of its task and its budget follow from it.
 */
async function giveCouponBack(coupon: Used, chain: ChainDoc, orderId: string, now: Ms): Promise<void> {
  const isEarned = await isStillEarned(coupon, chain);
  const back = {
    status: isEarned ? ('unused' as const) : ('revoked' as const),
    redeemed: null,
    lock: null,
    reversed: [...(coupon.reversed ?? []), { orderId, at: now, usedAt: coupon.redeemed.at }],
    owes: 1 as const,
    ...(coupon.budget ? { heldDue: now } : {}),
  };
  if (!(await table('coupons').changeIf(asRead(coupon), back))) return;
  if (coupon.budget) await settleBudget(coupon._id, now);
  await settlePack({ ...coupon, ...back }, null, now);
}

/**
 * Brings the coupons of a member in line with one of her orders: a paid one is written into the redemption it belongs to,
 * one of which nothing is left gives all coupons used in it back, each once. An invitation (老带新) that counts on the order
 * follows it. One call for a member who used none, one more when something was returned.
 */
export async function settleOrderCoupons(
  order: OrderHead,
  chain: ChainDoc,
  couponCode: string | undefined,
  now: Ms,
): Promise<void> {
  if (order.paidAt === null && order.status !== 'cancelled') return;
  const { netFen } = wakeOrderOf(order);
  if (order.refundedFen > 0 || order.status === 'cancelled') await friendReturned(order._id, netFen, now);
  const coupons = await usedCouponsOf(order.memberId);
  if (coupons.length === 0) return;
  for (const coupon of couponsUsedIn(order, couponCode, coupons)) {
    if (netFen <= 0) await giveCouponBack(coupon, chain, order._id, now);
    else if (coupon.redeemed.orderId !== order._id) {
      await table('coupons').changeIf(
        { ...asRead(coupon), 'redeemed.orderId': null },
        { 'redeemed.orderId': order._id },
      );
      await friendBought(order.memberId, order._id, netFen, order.paidAt ?? now);
    }
  }
}

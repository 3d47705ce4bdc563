import { groupBy } from 'lodash-es';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { ChainDoc } from '../store/documents';
import { ordersOf, ordersPaidSince } from '../store/orders';
import type { OrderHead } from '../store/orders';
import { command, PAGE_LIMIT, table } from '../store/table';
import { couponsUsedIn, settleOrderCoupons } from './orderCoupons';
import { rebatesFrom, settleRebates } from './rebate';

const isFromFile = ({ _id }: Pick<OrderHead, '_id'>): boolean => _id.startsWith('csv:');

/**
 * Brings the coupons and invitations of members whose orders came in by a file in line with those orders, exactly as the
 * till's own telling does: what was used in an order is written into it, a return gives it back once and takes its points
 * and an invitation's reward with it. Only orders in which a coupon was or may have been used, or on which an invitation
 * counts, are gone through.
 *
 * Two calls for a page of members who have neither, one more for their orders else, and two for each order gone through.
 */
async function settleUsed(memberIds: readonly string[], chain: ChainDoc, now: Ms): Promise<void> {
  const _ = command();
  const [coupons, referrals] = await Promise.all([
    table('coupons').all({ memberId: _.in([...memberIds]), status: 'used' }, PAGE_LIMIT),
    table('referrals').all({ friendId: _.in([...memberIds]) }, PAGE_LIMIT),
  ]);
  const counted = new Set(referrals.map(({ orderId }) => orderId));
  const concerned = new Set([
    ...coupons.map(({ memberId }) => memberId),
    ...referrals.flatMap(({ orderId, friendId }) =>
      orderId !== null && friendId !== null ? [friendId] : [],
    ),
  ]);
  if (concerned.size === 0) return;
  const couponsBy = groupBy(coupons, ({ memberId }) => memberId);
  const orders = (await ordersOf([...concerned])).filter(isFromFile);
  orders.sort((a, b) => (a.paidAt ?? a.createdAt) - (b.paidAt ?? b.createdAt) || (a._id < b._id ? -1 : 1));
  for (const order of orders) {
    const own = couponsBy[order.memberId] ?? [];
    if (counted.has(order._id) || couponsUsedIn(order, undefined, own).length > 0)
      await settleOrderCoupons(order, chain, undefined, now);
  }
}

/** The rebates (返利) of what they paid lately. No call where there never were any. */
async function settleEarned(memberIds: readonly string[], chain: ChainDoc, now: Ms): Promise<void> {
  const from = rebatesFrom(chain, now);
  if (from === null) return;
  const orders = (await ordersPaidSince(memberIds, from)).filter(isFromFile);
  await settleRebates(orders, chain, now);
}

/**
 * What follows for gifts from orders that a file told. Done before the members are placed, who wait until they are: cut
 * off anywhere, the next one begins with the same members.
 */
export async function settleImportedOrders(
  memberIds: readonly string[],
  chain: ChainDoc,
  now: Ms,
): Promise<void> {
  await settleUsed(memberIds, chain, now);
  await settleEarned(memberIds, chain, now);
}

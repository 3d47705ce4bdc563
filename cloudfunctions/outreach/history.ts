import type { OrderBrief, TaskOpened, TouchRow } from '../../miniprogram/contract/outreach';
import { dayOf } from '../../miniprogram/domain/kernel/day';
import type { Ms } from '../../miniprogram/domain/kernel/day';
import { conditionsOf, couponStatusAt, headlineOf } from '../../miniprogram/domain/offers/coupon';
import { wakeOrderOf } from '../common/flows/creditOrder';
import { couponFactOf } from '../common/store/coupons';
import type { BranchDoc, CouponDoc, TouchDoc } from '../common/store/documents';
import type { OrderHead } from '../common/store/orders';

const ROWS = 20;

/** The newest touches that stand, as the customer page lists them. */
export function touchRowsOf(touches: readonly TouchDoc[]): TouchRow[] {
  return touches
    .filter(({ undoneAt }) => undoneAt === undefined)
    .sort((a, b) => b.at - a.at)
    .slice(0, ROWS)
    .map(({ at, channel, clerkName, scenario, text }) => ({ at, channel, clerkName, scenario, text }));
}

/** The newest purchases with something left after refunds; `csv:1001` is shown as 1001. */
export function orderBriefsOf(
  orders: readonly OrderHead[],
  branches: ReadonlyMap<string, BranchDoc>,
): OrderBrief[] {
  return orders.flatMap((order) => {
    const { netFen } = wakeOrderOf(order);
    if (order.paidAt === null || netFen <= 0) return [];
    return [
      {
        orderNo: order._id.slice(order._id.indexOf(':') + 1),
        paidOn: dayOf(order.paidAt),
        netFen,
        branchName: branches.get(order.branchId)?.name ?? order.branchId,
      },
    ];
  });
}

export function couponOf(coupon: CouponDoc | null, now: Ms): TaskOpened['coupon'] {
  if (!coupon) return null;
  return {
    text: `${headlineOf(coupon.rule)} · ${conditionsOf(coupon.rule)}`,
    status: couponStatusAt(couponFactOf(coupon), now),
    expiresAt: coupon.expiresAt,
  };
}

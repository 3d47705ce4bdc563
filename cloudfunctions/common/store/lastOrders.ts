import type { OrderHead } from './orders';
import { command, table } from './table';

/** A member's newest paid orders, without their lines. One call. */
export function lastOrdersOf(memberId: string, limit = 20): Promise<OrderHead[]> {
  return table('orders').page({
    where: { memberId, paidAt: command().gt(0) },
    orderBy: [['paidAt', 'desc']],
    limit,
    fields: [
      'memberId',
      'branchId',
      'clerkId',
      'status',
      'createdAt',
      'paidAt',
      'paidFen',
      'refundedFen',
      'withCoupon',
    ],
  });
}

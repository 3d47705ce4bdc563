import type { OrderDoc } from './documents';
import { command, table } from './table';

/** A member's newest paid orders. One call. */
export function lastOrdersOf(memberId: string, limit = 20): Promise<OrderDoc[]> {
  return table('orders').page({
    where: { memberId, paidAt: command().gt(0) },
    orderBy: [['paidAt', 'desc']],
    limit,
    fields: ['memberId', 'branchId', 'status', 'paidAt', 'paidFen', 'refundedFen'],
  });
}

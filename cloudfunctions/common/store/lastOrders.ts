import type { OrderDoc } from './documents';
import { command, table } from './table';

const FIELDS = ['branchId', 'status', 'paidAt', 'paidFen', 'refundedFen'] as const;
/** What a list of purchases shows of an order. */
export type LastOrder = Pick<OrderDoc, '_id' | (typeof FIELDS)[number]>;

/** A member's newest paid orders. One call. */
export function lastOrdersOf(memberId: string, limit = 20): Promise<LastOrder[]> {
  return table('orders').page({
    where: { memberId, paidAt: command().gt(0) },
    orderBy: [['paidAt', 'desc']],
    limit,
    fields: [...FIELDS],
  });
}

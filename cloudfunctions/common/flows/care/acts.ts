import type { CareActs } from '../../../../miniprogram/domain/outreach/care/raise';
import type { OrderHead } from '../../store/orders';

/** What she began and may not have finished, from her orders and looks. */
export function careActsOf(
  orders: readonly OrderHead[],
  browsedAt: number | undefined,
  lastVisitOn: CareActs['lastVisitOn'],
): CareActs {
  return {
    orders: orders.map(({ _id, status, createdAt, paidFen }) => ({
      orderId: _id,
      isUnpaid: status === 'unpaid',
      createdAt,
      fen: paidFen,
    })),
    browsedAt: browsedAt ?? null,
    lastVisitOn,
  };
}

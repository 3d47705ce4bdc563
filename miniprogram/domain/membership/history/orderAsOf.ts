import type { Ms } from '../../kernel/day';
import type { Fen } from '../../kernel/fen';
import type { OrderFact } from '../types';

/** The order's first sign of life; a source that dates the order after its payment is believed about the payment. */
export const bornAt = (order: OrderFact): Ms => Math.min(order.createdAt, order.paidAt ?? order.createdAt);

/** From when on it counts as paid; null = never was. */
function paidFrom(order: OrderFact): Ms | null {
  return order.paidAt ?? (order.status === 'paid' ? order.createdAt : null);
}

/**
 * The refunds of an order with their instants, oldest first, each with all that was refunded by then. A refund whose
 * instant nobody told counts from the payment on: then nothing else can be said about the days between.
 *
 * @example refundsOf({ ...order, paidAt: 5, refundedFen: 300 }) // → [{ at: 5, fen: 300 }]
 */
export function refundsOf(order: OrderFact): { at: Ms; fen: Fen }[] {
  if (order.refundedFen <= 0) return [];
  const told = [...(order.refunds ?? [])].sort((a, b) => a.at - b.at);
  const isTold = told.some(({ fen }) => fen >= order.refundedFen);
  return isTold ? told : [{ at: order.paidAt ?? order.createdAt, fen: order.refundedFen }];
}

function refundedBy(order: OrderFact, endMs: Ms): Fen {
  return refundsOf(order).reduce((most, { at, fen }) => (at <= endMs ? Math.max(most, fen) : most), 0);
}

/** What it was before it was cancelled, or before the refund that took everything back. */
function before(order: OrderFact, refundedFen: Fen, isPaid: boolean): OrderFact['status'] {
  if (order.paidFen > 0 && refundedFen >= order.paidFen) return 'refunded';
  return isPaid ? 'paid' : 'unpaid';
}

function statusBy(order: OrderFact, refundedFen: Fen, endMs: Ms): OrderFact['status'] {
  const from = paidFrom(order);
  const isPaid = from !== null && from <= endMs;
  switch (order.status) {
    case 'unpaid':
      return 'unpaid';
    case 'paid':
      return isPaid ? 'paid' : 'unpaid';
    case 'cancelled': {
      const cancelledAt = order.cancelledAt ?? bornAt(order);
      return cancelledAt <= endMs ? 'cancelled' : before(order, refundedFen, isPaid);
    }
    case 'refunded':
      // Nobody told how much: all of it, from the payment on.
      if (order.refundedFen <= 0) return (order.paidAt ?? order.createdAt) <= endMs ? 'refunded' : 'unpaid';
      return before(order, refundedFen, isPaid);
  }
}

/**
 * An order as it stood at an instant: paid later is unpaid then, refunded later is whole then. Null when there was no
 * such order yet. Cancelled without an instant counts as cancelled from the beginning.
 *
 * At an instant after everything it is worth what it is worth today, so replaying today is placing today.
 *
 * @param endMs the last instant that counts, e.g. `endOf(on)`
 * @example orderAsOf({ status: 'refunded', paidAt: 10, refundedFen: 900, refunds: [{ at: 30, fen: 900 }], … }, 20)
 * // → { status: 'paid', paidAt: 10, refundedFen: 0, … }
 */
export function orderAsOf(order: OrderFact, endMs: Ms): OrderFact | null {
  if (bornAt(order) > endMs) return null;
  const refundedFen = refundedBy(order, endMs);
  const paidAt = order.paidAt !== null && order.paidAt <= endMs ? order.paidAt : null;
  return { ...order, status: statusBy(order, refundedFen, endMs), paidAt, refundedFen };
}

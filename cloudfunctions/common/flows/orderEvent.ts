import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { Fen } from '../../../miniprogram/domain/kernel/fen';
import { branchIdOf } from './branchNumber';
import type { OrderDoc } from '../store/documents';

/** Something that happened to an order, as the till tells it. Every event carries what is known of the order by then. */
export interface OrderEvent {
  event: 'order.created' | 'order.paid' | 'order.refunded' | 'order.cancelled';
  orderNo: string;
  memberNo: string;
  branchNo: string;
  clerkNo?: string | undefined;
  createdAt: Ms;
  paidAt?: Ms | undefined;
  amountFen: Fen;
  /** all refunds so far, not this one alone: so the same delivery twice is one refund */
  refundedFen?: Fen | undefined;
  couponCode?: string | undefined;
}

/** An amount told before payment is a quote; the one told with the payment replaces it. */
const QUOTED = 'quoted';
const PAID = 'paid';

function linesWith(read: OrderDoc | null, event: OrderEvent): Record<string, Fen> {
  const paid =
    event.paidAt === undefined ? read?.lines[PAID] : Math.max(event.amountFen, read?.lines[PAID] ?? 0);
  if (paid !== undefined) return { [PAID]: paid };
  return { [QUOTED]: Math.max(event.amountFen, read?.lines[QUOTED] ?? 0) };
}

/**
 * The order after an event. Events may come in any order and any number of times: each only ever adds to what is known,
 * so whatever way they come the order ends the same. A cancelled order stays cancelled; refunds are the largest told.
 *
 * @param read the order as it stands; null when this is the first that is heard of it
 * @example orderAfter(null, { event: 'order.paid', orderNo: 'A1', … }) // → { _id: 'pos:A1', status: 'paid', … }
 */
export function orderAfter(read: OrderDoc | null, event: OrderEvent): OrderDoc {
  const times = [read?.paidAt, event.paidAt].filter((at) => at !== null && at !== undefined);
  const paidAt = times.length > 0 ? Math.min(...times) : null;
  const lines = linesWith(read, event);
  const paidFen = Object.values(lines)[0] ?? 0;
  const refundedFen = Math.max(read?.refundedFen ?? 0, event.refundedFen ?? 0);
  const isCancelled = read?.status === 'cancelled' || event.event === 'order.cancelled';
  const isRefunded = paidFen > 0 && refundedFen >= paidFen;
  return {
    _id: `pos:${event.orderNo}`,
    memberId: event.memberNo,
    branchId: read?.branchId ?? branchIdOf(event.branchNo),
    clerkId: read?.clerkId ?? event.clerkNo ?? null,
    // A refund may come before its payment: nothing is left of the order either way.
    status: isCancelled ? 'cancelled' : isRefunded ? 'refunded' : paidAt === null ? 'unpaid' : 'paid',
    createdAt: Math.min(read?.createdAt ?? event.createdAt, event.createdAt),
    paidAt,
    lines,
    paidFen,
    refundedFen,
    withCoupon: (read?.withCoupon ?? false) || Boolean(event.couponCode),
  };
}

/** Did the event tell anything new? */
export function isSameOrder(read: OrderDoc, next: OrderDoc): boolean {
  return (
    read.status === next.status &&
    read.createdAt === next.createdAt &&
    read.paidAt === next.paidAt &&
    read.paidFen === next.paidFen &&
    read.refundedFen === next.refundedFen &&
    read.withCoupon === next.withCoupon &&
    read.clerkId === next.clerkId &&
    Object.keys(read.lines).join() === Object.keys(next.lines).join()
  );
}

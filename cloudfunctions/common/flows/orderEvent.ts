import { isEqual } from 'lodash-es';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { Fen } from '../../../miniprogram/domain/kernel/fen';
import { branchIdOf } from './branchNumber';
import type { OrderDoc } from '../store/documents';

/** Something that happened to an order, as the till tells it. Every event carries what is known of the order by then. */
export interface OrderEvent {
  event: 'order.created' | 'order.paid' | 'order.refunded' | 'order.cancelled';
  orderNo: string;
  memberNo: string;
  /** where it was sold, also when it is taken back elsewhere */
  branchNo: string;
  clerkNo?: string | undefined;
  createdAt: Ms;
  paidAt?: Ms | undefined;
  amountFen: Fen;
  /** all refunds so far, not this one alone: so the same delivery twice is one refund */
  refundedFen?: Fen | undefined;
  /** when so much had been refunded */
  refundedAt?: Ms | undefined;
  cancelledAt?: Ms | undefined;
  /** when this happened, by the till's clock, for events that have no instant of their own */
  at?: Ms | undefined;
  couponCode?: string | undefined;
  /** what was bought; counts in deliveries that tell the payment */
  lines?: { category: string; fen: Fen }[] | undefined;
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

type Refunds = NonNullable<OrderDoc['refunds']>;

/** Only what some instant knows first: an amount that a greater one had reached by then says nothing. */
function onlyTelling(refunds: Refunds): Refunds {
  const oldestFirst = [...refunds].sort((a, b) => a.at - b.at || b.fen - a.fen);
  let most = 0;
  return oldestFirst.filter(({ fen }) => {
    if (fen <= most) return false;
    most = fen;
    return true;
  });
}

function refundsWith(read: OrderDoc | null, event: OrderEvent, receivedAt: Ms): Refunds {
  const fen = event.refundedFen ?? 0;
  const told = fen > 0 ? [{ at: event.refundedAt ?? event.at ?? receivedAt, fen }] : [];
  return onlyTelling([...(read?.refunds ?? []), ...told]);
}

function cancelledAtWith(read: OrderDoc | null, event: OrderEvent, receivedAt: Ms): Ms | null {
  const known = read?.cancelledAt ?? null;
  if (event.event !== 'order.cancelled') return known;
  const told = event.cancelledAt ?? event.at ?? receivedAt;
  return known === null ? told : Math.min(known, told);
}

/** Fen by category; a name that a database cannot keep as a field is written with wide signs. */
function categoriesWith(read: OrderDoc | null, event: OrderEvent): Record<string, Fen> {
  const told = new Map<string, Fen>();
  if (event.paidAt !== undefined) {
    for (const { category, fen } of event.lines ?? []) {
      const name = category.replace(/\./g, '．').replace(/\$/g, '＄').replace(/\0/g, '').trim();
      told.set(name, (told.get(name) ?? 0) + fen);
    }
  }
  const known = new Map(Object.entries(read?.categoryFen ?? {}));
  for (const [name, fen] of told) known.set(name, Math.max(fen, known.get(name) ?? 0));
  return Object.fromEntries([...known].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const isSale = (event: OrderEvent): boolean =>
  event.event === 'order.created' || event.event === 'order.paid';

/**
 * Who sold it, and where. The sale says so; a refund or cancellation may be told by another till, and is believed only
 * while no sale was heard of. Two sales that disagree are settled by the smaller number, whichever came first.
 */
function soldBy(
  read: OrderDoc | null,
  event: OrderEvent,
): Pick<OrderDoc, 'branchId' | 'clerkId' | 'isSaleTold'> {
  const branchId = branchIdOf(event.branchNo);
  const clerkId = isSale(event) ? (event.clerkNo ?? null) : null;
  if (!read) return { branchId, clerkId, isSaleTold: isSale(event) };
  const wasTold = read.isSaleTold === true;
  const smaller = <T extends string>(a: T, b: T): T => (a < b ? a : b);
  return {
    branchId:
      wasTold === isSale(event) ? smaller(read.branchId, branchId) : wasTold ? read.branchId : branchId,
    clerkId:
      read.clerkId !== null && clerkId !== null ? smaller(read.clerkId, clerkId) : (read.clerkId ?? clerkId),
    isSaleTold: wasTold || isSale(event),
  };
}

/**
 * The order after an event. Events may come in any order and any number of times: each only ever adds to what is known,
 * so whatever way they come the order ends the same. A cancelled order stays cancelled; refunds are the largest told,
 * and for each amount the earliest instant it is known of.
 *
 * @param read the order as it stands; null when this is the first that is heard of it
 * @param receivedAt stands in for the instant of a refund or cancellation that the till does not date
 * @example orderAfter(null, { event: 'order.paid', orderNo: 'A1', … }, now) // → { _id: 'pos:A1', status: 'paid', … }
 */
export function orderAfter(read: OrderDoc | null, event: OrderEvent, receivedAt: Ms): OrderDoc {
  const times = [read?.paidAt, event.paidAt].filter((at) => at !== null && at !== undefined);
  const paidAt = times.length > 0 ? Math.min(...times) : null;
  const lines = linesWith(read, event);
  const paidFen = Object.values(lines)[0] ?? 0;
  const refunds = refundsWith(read, event, receivedAt);
  const refundedFen = Math.max(read?.refundedFen ?? 0, event.refundedFen ?? 0);
  const cancelledAt = cancelledAtWith(read, event, receivedAt);
  const categoryFen = categoriesWith(read, event);
  const isCancelled = read?.status === 'cancelled' || event.event === 'order.cancelled';
  const isRefunded = paidFen > 0 && refundedFen >= paidFen;
  return {
    _id: `pos:${event.orderNo}`,
    memberId: event.memberNo,
    ...soldBy(read, event),
    // A refund may come before its payment: nothing is left of the order either way.
    status: isCancelled ? 'cancelled' : isRefunded ? 'refunded' : paidAt === null ? 'unpaid' : 'paid',
    createdAt: Math.min(read?.createdAt ?? event.createdAt, event.createdAt),
    paidAt,
    lines,
    paidFen,
    refundedFen,
    withCoupon: (read?.withCoupon ?? false) || Boolean(event.couponCode),
    ...(refunds.length > 0 ? { refunds } : {}),
    ...(cancelledAt === null ? {} : { cancelledAt }),
    ...(Object.keys(categoryFen).length > 0 ? { categoryFen } : {}),
  };
}

/** Did the event tell anything new? Whatever else stands in the order is nothing a till tells. */
export function isSameOrder(read: OrderDoc, next: OrderDoc): boolean {
  return Object.entries(next).every(([field, value]) => isEqual(read[field as keyof OrderDoc], value));
}

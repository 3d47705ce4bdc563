import { dayOf, newestDayMonthsAgo } from '../kernel/day';
import type { Day, Ms } from '../kernel/day';
import type { Fen } from '../kernel/fen';
import type { MemberFacts, OrderFact, PurchaseDay } from './types';

/** A member of whom nothing is known yet. */
export const NO_FACTS: MemberFacts = {
  paidOrders: 0,
  paidFen: 0,
  firstPaidOn: null,
  lastPaidOn: null,
  year: [],
  unpaidOn: null,
  ordersWithCoupon: 0,
  lastBranchId: null,
  lastClerkId: null,
  visits: 0,
  lastVisitOn: null,
};

/**
 * What is left of an order after refunds; 0 when it is no purchase at all. A refund whose amount nobody told
 * (`refunded`, 0 fen) is a refund of everything.
 */
function leftOf(order: OrderFact): Fen {
  if (order.status === 'unpaid' || order.status === 'cancelled') return 0;
  if (order.status === 'refunded' && order.refundedFen <= 0) return 0;
  return Math.max(0, order.paidFen - order.refundedFen);
}

const paidAtOf = (order: OrderFact): Ms => order.paidAt ?? order.createdAt;

/** Newest first; orders of the same second are told apart by what they say, so that arrival never matters. */
function isNewer(a: OrderFact, b: OrderFact): boolean {
  if (paidAtOf(a) !== paidAtOf(b)) return paidAtOf(a) > paidAtOf(b);
  if (a.branchId !== b.branchId) return a.branchId > b.branchId;
  return (a.clerkId ?? '') > (b.clerkId ?? '');
}

const newerOf = (a: OrderFact | null, b: OrderFact): OrderFact => (a === null || isNewer(b, a) ? b : a);
const laterOf = (a: Day | null, b: Day): Day => (a === null || b > a ? b : a);

/** Purchases by business day, oldest first, in the 12 months up to and including `last`. */
function yearUpTo(last: Day, byDay: ReadonlyMap<Day, PurchaseDay>): PurchaseDay[] {
  const tooOld = newestDayMonthsAgo(last, 12);
  return [...byDay.values()].filter((one) => one.on > tooOld).sort((a, b) => (a.on < b.on ? -1 : 1));
}

/**
 * What the rules need to know of one member, from her orders and the days she visited.
 *
 * The order of arrival never matters, and a refund of everything leaves her as she was before the purchase.
 * `lastClerkId` is the clerk of the newest purchase that names one: a self-checkout does not make her forgotten.
 * Several visits on one day are one visit. To see her as of a past day, pass only what had happened by then.
 *
 * @example factsOf([], []) // → NO_FACTS
 */
export function factsOf(orders: readonly OrderFact[], visits: readonly Day[]): MemberFacts {
  const byDay = new Map<Day, PurchaseDay>();
  let [paidOrders, paidFen, ordersWithCoupon] = [0, 0, 0];
  let newest: OrderFact | null = null;
  let newestServed: OrderFact | null = null;
  let unpaidOn: Day | null = null;

  for (const order of orders) {
    if (order.status === 'unpaid') unpaidOn = laterOf(unpaidOn, dayOf(order.createdAt));
    const fen = leftOf(order);
    if (fen === 0) continue;
    paidOrders += 1;
    paidFen += fen;
    if (order.withCoupon) ordersWithCoupon += 1;
    newest = newerOf(newest, order);
    if (order.clerkId !== null) newestServed = newerOf(newestServed, order);
    const on = dayOf(paidAtOf(order));
    const sameDay = byDay.get(on);
    if (sameDay) {
      sameDay.orders += 1;
      sameDay.fen += fen;
    } else byDay.set(on, { on, orders: 1, fen });
  }

  let firstPaidOn: Day | null = null;
  let lastPaidOn: Day | null = null;
  for (const on of byDay.keys()) {
    if (firstPaidOn === null || on < firstPaidOn) firstPaidOn = on;
    lastPaidOn = laterOf(lastPaidOn, on);
  }

  const visitDays = new Set(visits);
  let lastVisitOn: Day | null = null;
  for (const on of visitDays) lastVisitOn = laterOf(lastVisitOn, on);

  return {
    paidOrders,
    paidFen,
    firstPaidOn,
    lastPaidOn,
    year: lastPaidOn === null ? [] : yearUpTo(lastPaidOn, byDay),
    unpaidOn,
    ordersWithCoupon,
    lastBranchId: newest?.branchId ?? null,
    lastClerkId: newestServed?.clerkId ?? null,
    visits: visitDays.size,
    lastVisitOn,
  };
}

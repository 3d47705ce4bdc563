import { dayOf, newestDayMonthsAgo } from '../kernel/day';
import type { Day, Ms } from '../kernel/day';
import type { Fen } from '../kernel/fen';
import { aovOf } from './aov';
import { CategoryTally } from './categoryFacts';
import { medianGapOf } from './gaps';
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
  browses: 0,
  lastBrowseOn: null,
  unpricedOrders: 0,
  aovFen: null,
  gapDays: null,
  categories: [],
  seasons: [0, 0, 0, 0],
};

/**
 * What is left of an order after refunds; null when it is no purchase at all. A refund whose amount nobody told
 * (`refunded`, 0 fen) is a refund of everything. A purchase remembered without its amount is one of 0 fen.
 */
export function purchaseFenOf(order: OrderFact): Fen | null {
  if (order.status === 'unpaid' || order.status === 'cancelled') return null;
  if (order.status === 'refunded' && order.refundedFen <= 0) return null;
  if (order.priceUnknown === true) return order.status === 'paid' ? 0 : null;
  const left = order.paidFen - order.refundedFen;
  return left > 0 ? left : null;
}

/** When an order counts as bought. */
export const paidAtOf = (order: OrderFact): Ms => order.paidAt ?? order.createdAt;

/** Newest first; orders of the same second are told apart by what they say, so that arrival never matters. */
function isNewer(a: OrderFact, b: OrderFact): boolean {
  if (paidAtOf(a) !== paidAtOf(b)) return paidAtOf(a) > paidAtOf(b);
  if (a.branchId !== b.branchId) return a.branchId > b.branchId;
  return (a.clerkId ?? '') > (b.clerkId ?? '');
}

const newerOf = (a: OrderFact | null, b: OrderFact): OrderFact => (a === null || isNewer(b, a) ? b : a);
const laterOf = (a: Day | null, b: Day): Day => (a === null || b > a ? b : a);
const newestOf = (days: ReadonlySet<Day>): Day | null =>
  [...days].reduce<Day | null>((newest, on) => laterOf(newest, on), null);

/** Spring begins in March: 0 = spring … 3 = winter (December to February). */
const seasonOf = (on: Day): 0 | 1 | 2 | 3 =>
  (Math.floor((Number(on.slice(5, 7)) + 9) / 3) % 4) as 0 | 1 | 2 | 3;

/**
 * What the rules need to know of one member, from her orders and the days she visited or looked at a page.
 *
 * The order of arrival never matters, and a refund of everything leaves her as she was before the purchase.
 * `lastClerkId` is the clerk of the newest purchase that names one: a self-checkout does not make her forgotten.
 * Several visits on one day are one visit. To see her as of a past day, pass only what had happened by then.
 *
 * @example factsOf([], []) // → NO_FACTS
 */
export function factsOf(
  orders: readonly OrderFact[],
  visits: readonly Day[],
  browses: readonly Day[] = [],
): MemberFacts {
  const byDay = new Map<Day, PurchaseDay>();
  const categories = new CategoryTally();
  const seasons: MemberFacts['seasons'] = [0, 0, 0, 0];
  let [paidOrders, paidFen, ordersWithCoupon, unpricedOrders] = [0, 0, 0, 0];
  let newest: OrderFact | null = null;
  let newestServed: OrderFact | null = null;
  let unpaidOn: Day | null = null;

  for (const order of orders) {
    if (order.status === 'unpaid') unpaidOn = laterOf(unpaidOn, dayOf(order.createdAt));
    const fen = purchaseFenOf(order);
    if (fen === null) continue;
    const isPriced = order.priceUnknown !== true;
    const on = dayOf(paidAtOf(order));
    paidOrders += 1;
    paidFen += fen;
    seasons[seasonOf(on)] += 1;
    if (!isPriced) unpricedOrders += 1;
    if (order.withCoupon) ordersWithCoupon += 1;
    if (order.categoryFen) categories.add(on, order.categoryFen, isPriced ? fen / order.paidFen : null);
    newest = newerOf(newest, order);
    if (order.clerkId !== null) newestServed = newerOf(newestServed, order);
    const sameDay = byDay.get(on);
    if (sameDay) {
      sameDay.orders += 1;
      sameDay.fen += fen;
    } else byDay.set(on, { on, orders: 1, fen });
  }

  const days = [...byDay.keys()].sort();
  const lastPaidOn = days[days.length - 1] ?? null;
  const tooOld = lastPaidOn === null ? null : newestDayMonthsAgo(lastPaidOn, 12);
  const visitDays = new Set(visits);
  const browseDays = new Set(browses);
  return {
    paidOrders,
    paidFen,
    firstPaidOn: days[0] ?? null,
    lastPaidOn,
    year: days.flatMap((on) => (tooOld !== null && on > tooOld ? (byDay.get(on) ?? []) : [])),
    unpaidOn,
    ordersWithCoupon,
    // A purchase somebody told without saying where has an empty branch.
    lastBranchId: newest?.branchId || null,
    lastClerkId: newestServed?.clerkId ?? null,
    visits: visitDays.size,
    lastVisitOn: newestOf(visitDays),
    browses: browseDays.size,
    lastBrowseOn: newestOf(browseDays),
    unpricedOrders,
    aovFen: aovOf({ paidOrders, paidFen, unpricedOrders }),
    gapDays: medianGapOf(days),
    categories: categories.top(),
    seasons,
  };
}

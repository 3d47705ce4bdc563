import type { Fen } from '../../kernel/fen';
import type { OrderColumns } from './orderBook';
import { dayInPurchase, fenInPurchase, packPurchase } from './purchase';

/** What the rules read of many members, one array a column; the same that `factsOf` computes of one. */
export interface MemberColumns {
  members: number;
  /** purchases of member i: `purchases[start[i]]` up to `purchases[start[i + 1] - 1]`, oldest first */
  start: Int32Array;
  /** see `packPurchase` */
  purchases: Float64Array;
  paidFen: Float64Array;
  /** of her purchases, those whose amount is known */
  pricedOrders: Int32Array;
  /** day numbers; 0 = never paid */
  firstDay: Int32Array;
  lastDay: Int32Array;
  /** 0 = none */
  unpaidDay: Int32Array;
  /** 1 = was in a shop or looked at a page */
  visited: Uint8Array;
}

/** Up to here moving single numbers is faster than calling the engine's sort; beyond it can be far slower. */
const SHORT = 24;

/** Sorts part of an array in place, oldest purchase first. Most members have a handful, often already in order. */
function sortPart(purchases: Float64Array, from: number, to: number): void {
  if (to - from > SHORT) {
    purchases.subarray(from, to).sort();
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const moving = purchases[i] ?? 0;
    let at = i - 1;
    while (at >= from && (purchases[at] ?? 0) > moving) {
      purchases[at + 1] = purchases[at] ?? 0;
      at -= 1;
    }
    purchases[at + 1] = moving;
  }
}

/** Where each member's purchases begin, when they stand member by member. */
function startsOf({ members, rows, member }: OrderColumns): Int32Array {
  const start = new Int32Array(members + 1);
  for (let row = 0; row < rows; row++) {
    const next = (member[row] ?? 0) + 1;
    start[next] = (start[next] ?? 0) + 1;
  }
  for (let i = 0; i < members; i++) start[i + 1] = (start[i + 1] ?? 0) + (start[i] ?? 0);
  return start;
}

/**
 * The statistics of all members from raw orders in any order: orders are dealt to their members' places (a counting
 * sort over the members), then each member's few are sorted by day and added up. Everything is whole numbers in flat
 * arrays; nothing is allocated per member or per order.
 *
 * @example statistics({ members: 1, rows: 2, member: [0, 0], paidDay: [20_000, 19_990], fen: [500, 700] }).lastDay[0] // → 20000
 */
export function statistics(orders: OrderColumns): MemberColumns {
  const { members, rows, member, paidDay, fen } = orders;
  const start = startsOf(orders);
  const purchases = new Float64Array(rows);
  const next = start.slice(0, members);
  for (let row = 0; row < rows; row++) {
    const who = member[row] ?? 0;
    const at = next[who] ?? 0;
    next[who] = at + 1;
    purchases[at] = packPurchase(paidDay[row] ?? 0, fen[row] ?? 0);
  }

  const paidFen = new Float64Array(members);
  const pricedOrders = new Int32Array(members);
  const firstDay = new Int32Array(members);
  const lastDay = new Int32Array(members);
  let from = 0;
  for (let i = 0; i < members; i++) {
    const to = start[i + 1] ?? 0;
    if (to === from) continue;
    sortPart(purchases, from, to);
    let sum: Fen = 0;
    let priced = 0;
    for (let at = from; at < to; at++) {
      const one = fenInPurchase(purchases[at] ?? 0);
      sum += one;
      if (one > 0) priced += 1;
    }
    paidFen[i] = sum;
    pricedOrders[i] = priced;
    firstDay[i] = dayInPurchase(purchases[from] ?? 0);
    lastDay[i] = dayInPurchase(purchases[to - 1] ?? 0);
    from = to;
  }
  return {
    members,
    start,
    purchases,
    paidFen,
    pricedOrders,
    firstDay,
    lastDay,
    unpaidDay: orders.unpaidDay ?? new Int32Array(members),
    visited: orders.visited ?? new Uint8Array(members),
  };
}

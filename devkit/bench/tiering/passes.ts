import { newestDayMonthsAgo } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { dayOfNumber, numberOfDay } from '../../../miniprogram/domain/membership/bulk/dayNumber';
import type { OrderColumns } from '../../../miniprogram/domain/membership/bulk/orderBook';
import { TODAY } from './shop';

/** Windows of the two definitions of value: orders of 3 months, money of 12. */
const OFTEN_MONTHS = 3;
const SPEND_MONTHS = 12;

/** The newest day outside the window, for each last purchase between the first and the last day of the orders. */
function beforeTable(paidDay: Int32Array, rows: number, months: number): Int32Array {
  let [least, most] = [0x7fff_ffff, 0];
  for (let row = 0; row < rows; row++) {
    const on = paidDay[row] ?? 0;
    if (on < least) least = on;
    if (on > most) most = on;
  }
  const table = new Int32Array(most + 1);
  for (let on = least; on <= most; on++) table[on] = numberOfDay(newestDayMonthsAgo(dayOfNumber(on), months));
  return table;
}

interface HandMade {
  orders: Int32Array;
  total: Float64Array;
  first: Int32Array;
  last: Int32Array;
  oftenAtLast: Int32Array;
  spentAtLast: Float64Array;
  oftenLately: Int32Array;
  spentLately: Float64Array;
}

/**
 * What is measured against: the same statistics as somebody would write them by hand with typed arrays for exactly one
 * set of rules. Two loops over the orders: totals and last purchase, then orders and money in the windows before the
 * last purchase and before today. It cannot tell on which day a member changes next, nor serve other rules.
 */
export function typedArrayPass({ members, rows, member, paidDay, fen }: OrderColumns): HandMade {
  const orders = new Int32Array(members);
  const total = new Float64Array(members);
  const first = new Int32Array(members).fill(0x7fff_ffff);
  const last = new Int32Array(members);
  for (let row = 0; row < rows; row++) {
    const who = member[row] ?? 0;
    const on = paidDay[row] ?? 0;
    orders[who] = (orders[who] ?? 0) + 1;
    total[who] = (total[who] ?? 0) + (fen[row] ?? 0);
    if (on > (last[who] ?? 0)) last[who] = on;
    if (on < (first[who] ?? 0)) first[who] = on;
  }
  const oftenBefore = beforeTable(paidDay, rows, OFTEN_MONTHS);
  const spendBefore = beforeTable(paidDay, rows, SPEND_MONTHS);
  const oftenNow = numberOfDay(newestDayMonthsAgo(TODAY, OFTEN_MONTHS));
  const spendNow = numberOfDay(newestDayMonthsAgo(TODAY, SPEND_MONTHS));
  const oftenAtLast = new Int32Array(members);
  const spentAtLast = new Float64Array(members);
  const oftenLately = new Int32Array(members);
  const spentLately = new Float64Array(members);
  for (let row = 0; row < rows; row++) {
    const who = member[row] ?? 0;
    const on = paidDay[row] ?? 0;
    const newest = last[who] ?? 0;
    if (on > (spendBefore[newest] ?? 0)) {
      spentAtLast[who] = (spentAtLast[who] ?? 0) + (fen[row] ?? 0);
      if (on > (oftenBefore[newest] ?? 0)) oftenAtLast[who] = (oftenAtLast[who] ?? 0) + 1;
    }
    if (on > spendNow) {
      spentLately[who] = (spentLately[who] ?? 0) + (fen[row] ?? 0);
      if (on > oftenNow) oftenLately[who] = (oftenLately[who] ?? 0) + 1;
    }
  }
  return { orders, total, first, last, oftenAtLast, spentAtLast, oftenLately, spentLately };
}

/** A number of their own for member numbers, in the order in which they turn up. */
export function interned(memberNos: readonly string[]): { member: Int32Array; members: number } {
  const byNo = new Map<string, number>();
  const member = new Int32Array(memberNos.length);
  memberNos.forEach((no, row) => {
    let index = byNo.get(no);
    if (index === undefined) byNo.set(no, (index = byNo.size));
    member[row] = index;
  });
  return { member, members: byNo.size };
}

interface Kept {
  orders: number;
  fen: number;
  first: Day;
  last: Day;
  bought: { on: Day; fen: number }[];
  often: number;
  spent: number;
}

/** For scale: the same with an object per member under her number, and days as text. */
export function objectPass({ rows, paidDay, fen }: OrderColumns, memberNos: readonly string[]): number {
  const members: Record<string, Kept> = {};
  for (let row = 0; row < rows; row++) {
    const on = dayOfNumber(paidDay[row] ?? 0);
    const paid = fen[row] ?? 0;
    const one = (members[memberNos[row] ?? ''] ??= {
      orders: 0,
      fen: 0,
      first: on,
      last: on,
      bought: [],
      often: 0,
      spent: 0,
    });
    one.orders += 1;
    one.fen += paid;
    if (on < one.first) one.first = on;
    if (on > one.last) one.last = on;
    one.bought.push({ on, fen: paid });
  }
  const kept = Object.values(members);
  const before = new Map<string, Day>();
  const newest = (on: Day, months: number): Day => {
    const known = before.get(`${on} ${months}`) ?? newestDayMonthsAgo(on, months);
    before.set(`${on} ${months}`, known);
    return known;
  };
  for (const one of kept) {
    const [often, spend] = [newest(one.last, OFTEN_MONTHS), newest(one.last, SPEND_MONTHS)];
    one.often = one.bought.filter(({ on }) => on > often).length;
    one.spent = one.bought.reduce((sum, { on, fen: paid }) => (on > spend ? sum + paid : sum), 0);
  }
  return kept.length;
}

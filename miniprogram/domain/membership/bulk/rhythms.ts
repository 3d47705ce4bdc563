import type { Fen } from '../../kernel/fen';
import { medianRankOf } from '../aov';
import type { Value } from '../types';
import { VALUES } from '../types';
import type { Placements } from './placeAll';
import { dayInPurchase } from './purchase';
import type { MemberColumns } from './statistics';

/** The middle of sorted numbers; of two in the middle their mean, a half rounded up. */
function middleOf(sorted: Int32Array): number {
  const upper = sorted[sorted.length >> 1] ?? 0;
  const lower = sorted[(sorted.length - 1) >> 1] ?? 0;
  return Math.round((upper + lower) / 2);
}

/** Median days between purchase days per member, as `MemberFacts.gapDays`; 0 = fewer than three days. */
export function gapsOf({ members, start, purchases }: MemberColumns): Int32Array {
  const gaps = new Int32Array(members);
  let room = new Int32Array(64);
  for (let i = 0; i < members; i++) {
    const from = start[i] ?? 0;
    const to = start[i + 1] ?? 0;
    if (to - from > room.length) room = new Int32Array((to - from) * 2);
    let found = 0;
    let before = 0;
    for (let at = from; at < to; at++) {
      const on = dayInPurchase(purchases[at] ?? 0);
      if (before !== 0 && on !== before) room[found++] = on - before;
      before = on;
    }
    if (found >= 2) gaps[i] = middleOf(room.subarray(0, found).sort());
  }
  return gaps;
}

/**
 * The median rhythm of each value tier, over the members who have one: what `ChainRhythm.days` holds. It stands at
 * `medianRankOf`, as the database reads it from an index.
 */
export function rhythmByValue(gaps: Int32Array, placed: Placements): Partial<Record<Value, number>> {
  const days: Partial<Record<Value, number>> = {};
  VALUES.forEach((value, code) => {
    const known = gaps.filter((gap, i) => gap > 0 && placed.value[i] === code).sort();
    const median = known[known.length - medianRankOf(known.length)];
    if (median !== undefined) days[value] = median;
  });
  return days;
}

/** The average order value of every member who has one, for `aovCutOf`. */
export function aovsOf({ members, paidFen, pricedOrders }: MemberColumns): Float64Array {
  const aovs = new Float64Array(members);
  let found = 0;
  for (let i = 0; i < members; i++) {
    const priced = pricedOrders[i] ?? 0;
    const fen: Fen = paidFen[i] ?? 0;
    if (priced > 0) aovs[found++] = Math.round(fen / priced);
  }
  return aovs.subarray(0, found);
}

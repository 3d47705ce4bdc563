import { addDays, day } from '../../../miniprogram/domain/kernel/day';
import { numberOfDay } from '../../../miniprogram/domain/membership/bulk/dayNumber';
import type { OrderColumns } from '../../../miniprogram/domain/membership/bulk/orderBook';

export const TODAY = day('2025-06-30');
const DAYS = 3 * 365;

/** Raw orders as a file names them, and the same with members as whole numbers. */
export interface RawOrders {
  /** one text of its own per order, as a reader makes them */
  memberNos: string[];
  columns: OrderColumns;
}

/** Numbers in [0, 1) from a seed: mulberry32 (Tommy Ettinger, public domain). */
export function numbersOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

const memberNoOf = (member: number): string => `M${String(member).padStart(7, '0')}`;

/**
 * Orders of a large chain in no order: members buy unequally (a tenth of them makes about a third of the orders), on
 * any of the last three years' days, for ¥5 to ¥500. The same for the same seed.
 *
 * @example rawOrders(1_000_000, 5_000_000, 4).columns.rows // → 5000000
 */
export function rawOrders(members: number, rows: number, seed: number): RawOrders {
  const next = numbersOf(seed);
  const first = numberOfDay(addDays(TODAY, -DAYS + 1));
  const member = new Int32Array(rows);
  const paidDay = new Int32Array(rows);
  const fen = new Float64Array(rows);
  const memberNos: string[] = [];
  for (let row = 0; row < rows; row++) {
    const share = next();
    // Half of the draws lean towards the first numbers; which those are says nothing about their places in memory.
    const drawn = Math.floor((next() < 0.5 ? share * share : share) * members);
    const who = (drawn * 7919) % members;
    member[row] = who;
    paidDay[row] = first + Math.floor(next() * DAYS);
    fen[row] = 500 + Math.floor(next() * 49_500);
    memberNos.push(memberNoOf(who));
  }
  return { memberNos, columns: { members, rows, member, paidDay, fen } };
}

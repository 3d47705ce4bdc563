import { DAY_MS, dayOf, startOf } from '../../kernel/day';
import type { Day, Ms } from '../../kernel/day';

/** Shanghai midnight lies 8 hours before that of UTC. */
const SHANGHAI_MS = 8 * 3_600_000;

/**
 * A business day as a whole number, so that millions of them fit into an array: days since 1970-01-01.
 *
 * @example numberOfDay(day('1970-01-02')) // → 1
 */
export function numberOfDay(on: Day): number {
  return Math.round((startOf(on) + SHANGHAI_MS) / DAY_MS);
}

/** The number of the business day an instant falls on. @example numberOfInstant(Date.UTC(1970, 0, 1, 16)) // → 1 */
export function numberOfInstant(at: Ms): number {
  return Math.floor((at + SHANGHAI_MS) / DAY_MS);
}

/** @example dayOfNumber(1) // → '1970-01-02' */
export function dayOfNumber(number: number): Day {
  return dayOf(number * DAY_MS - SHANGHAI_MS);
}

/** Day numbers that can be kept: to the year 2149. */
export const DAY_NUMBERS = 2 ** 16;

/**
 * A function of days over their numbers that computes each day once. Whole chains live in a few thousand days.
 *
 * @param compute answers a day for a day
 * @returns for numbers from 1 to below `DAY_NUMBERS`
 */
export function dayTable(compute: (on: Day) => Day): (number: number) => number {
  // 0 = not computed yet; no answer is the first day of 1970.
  const known = new Int32Array(DAY_NUMBERS);
  const fill = (number: number): number => (known[number] = numberOfDay(compute(dayOfNumber(number))));
  return (number) => known[number] || fill(number);
}

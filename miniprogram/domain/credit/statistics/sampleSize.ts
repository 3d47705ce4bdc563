import { normalCdf, normalQuantile } from './normal';

export interface Planned {
  /** the share without doing anything, and the one hoped for; 0 < … < 1 and different */
  from: number;
  to: number;
  /** chance of seeing a true difference; default 0.8 */
  power?: number;
  /** chance of seeing one that is not there, both sides; default 0.05 */
  alpha?: number;
}

/**
 * Members needed on each side to tell two proportions apart, both sides equally large.
 * Fleiss, Levin & Paik, "Statistical Methods for Rates and Proportions", 3rd ed., formula 4.14, without continuity
 * correction.
 *
 * @throws RangeError when the shares are equal or not between 0 and 1
 * @example membersPerSide({ from: 0.01, to: 0.02 }) // → 2319
 * @example membersPerSide({ from: 0.1, to: 0.12 }) // → 3841
 */
export function membersPerSide({ from, to, power = 0.8, alpha = 0.05 }: Planned): number {
  if (!(from > 0 && from < 1 && to > 0 && to < 1) || from === to)
    throw new RangeError('two different shares between 0 and 1 are needed');
  const middle = (from + to) / 2;
  const root =
    normalQuantile(1 - alpha / 2) * Math.sqrt(2 * middle * (1 - middle)) +
    normalQuantile(power) * Math.sqrt(from * (1 - from) + to * (1 - to));
  return Math.ceil((root / (to - from)) ** 2);
}

/**
 * The chance of seeing a true difference with so many members on the two sides.
 *
 * @example powerOf({ from: 0.01, to: 0.02 }, 2319, 2319) // → 0.80
 */
export function powerOf({ from, to, alpha = 0.05 }: Planned, members: number, others: number): number {
  const middle = (from * members + to * others) / (members + others);
  const under = Math.sqrt(middle * (1 - middle) * (1 / members + 1 / others));
  const truth = Math.sqrt((from * (1 - from)) / members + (to * (1 - to)) / others);
  return normalCdf((Math.abs(to - from) - normalQuantile(1 - alpha / 2) * under) / truth);
}

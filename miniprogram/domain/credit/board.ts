import type { BoardCounts, Rate } from './types';

/** A rate with what it was made of. @example rateOf(1, 8) // → { numerator: 1, denominator: 8 } */
export function rateOf(numerator: number, denominator: number): Rate {
  return { numerator, denominator };
}

/** As people read it, to a tenth of a percent; a rate of nothing is a dash. @example rateText(rateOf(1, 8)) // → '12.5%' */
export function rateText({ numerator, denominator }: Rate): string {
  if (denominator === 0) return '—';
  return `${(Math.round((numerator * 1000) / denominator) / 10).toFixed(1)}%`;
}

/** Adds up rows, e.g. the clerks of a branch. @example sumCounts([]) // → all zero */
export function sumCounts(rows: readonly BoardCounts[]): BoardCounts {
  const sum: BoardCounts = { assigned: 0, contacted: 0, opened: 0, claimed: 0, redeemed: 0, woken: 0 };
  for (const row of rows) {
    sum.assigned += row.assigned;
    sum.contacted += row.contacted;
    sum.opened += row.opened;
    sum.claimed += row.claimed;
    sum.redeemed += row.redeemed;
    sum.woken += row.woken;
  }
  return sum;
}

import type { BoardCounts, BoardRow, Rate } from './types';

/** A rate with what it was made of. @example rateOf(1, 8) // → { numerator: 1, denominator: 8 } */
export function rateOf(numerator: number, denominator: number): Rate {
  return { numerator, denominator };
}

/** As people read it, to a tenth of a percent; a rate of nothing is a dash. @example rateText(rateOf(1, 8)) // → '12.5%' */
export function rateText({ numerator, denominator }: Rate): string {
  if (denominator === 0) return '—';
  return `${(Math.round((numerator * 1000) / denominator) / 10).toFixed(1)}%`;
}

/** Higher rate first, compared without dividing; a rate of nothing comes after every rate of something. */
function byRateDown(a: Rate, b: Rate): number {
  if (a.denominator === 0 || b.denominator === 0)
    return Number(a.denominator === 0) - Number(b.denominator === 0);
  return b.numerator * a.denominator - a.numerator * b.denominator;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * A leaderboard (排行榜): by wake rate, then by number woken. Rows equal in both share a place and the next place is
 * skipped (1, 1, 3); they are listed by name. Nobody's rate is NaN: a row without tasks comes last with a dash.
 *
 * @example rankRows([{ id: 'a', name: '甲', assigned: 10, woken: 1, … }, { id: 'b', name: '乙', assigned: 10, woken: 2, … }])
 * // → 乙 in place 1, 甲 in place 2
 */
export function rankRows(rows: readonly (BoardCounts & { id: string; name: string })[]): BoardRow[] {
  const rated = rows.map((row) => ({
    ...row,
    wakeRate: rateOf(row.woken, row.assigned),
    executionRate: rateOf(row.contacted, row.assigned),
  }));
  const byMerit = (a: (typeof rated)[number], b: (typeof rated)[number]): number =>
    byRateDown(a.wakeRate, b.wakeRate) || b.woken - a.woken;
  rated.sort((a, b) => byMerit(a, b) || byText(a.name, b.name) || byText(a.id, b.id));

  const ranked: BoardRow[] = [];
  rated.forEach((row, i) => {
    const above = rated[i - 1];
    const tied = above !== undefined && byMerit(above, row) === 0;
    ranked.push({ ...row, place: tied ? (ranked[i - 1]?.place ?? i + 1) : i + 1 });
  });
  return ranked;
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

import { addInto, emptyTally, stepOf } from '../../../../miniprogram/domain/credit/rollup/cell';
import type { Tally, Tier, STEPS } from '../../../../miniprogram/domain/credit/rollup/cell';
import { tiersOf } from '../../../../miniprogram/domain/credit/ranking';
import type { FairRow, RankedUnit } from '../../../../miniprogram/domain/credit/ranking';
import type { BoardLine } from '../../../../miniprogram/contract/boards';
import type { Day } from '../../../../miniprogram/domain/kernel/day';
import type { CellDoc } from '../../store/documents';

/** Tasks that went to nobody stand in a row of their own, so that the total is the sum of what one sees. */
export const NOBODY = 'nobody';

interface Row {
  unitId: string;
  tier: Tier;
  n: Tally;
}

/**
 * Cells as units of a board. A clerk's tasks in two branches are one unit; a branch that belongs to no region is in none.
 *
 * @param part which part of `by`: `all`, a week or a month
 * @param lateOn tasks due by then and not contacted are late
 */
export function unitsOf(
  cells: readonly CellDoc[],
  part: string,
  unitOf: (cell: CellDoc, clerkId: string | null) => string | null,
  lateOn: Day,
): RankedUnit[] {
  const rows = new Map<string, Row[]>();
  const late = new Map<string, number>();
  for (const cell of cells) {
    for (const { clerkId, tier, n } of cell.by[part as 'all'] ?? []) {
      const unitId = unitOf(cell, clerkId);
      if (unitId === null) continue;
      const own = rows.get(unitId);
      if (own) own.push({ unitId, tier, n });
      else rows.set(unitId, [{ unitId, tier, n }]);
    }
    for (const { clerkId, dueOn, n } of cell.undone ?? []) {
      const unitId = dueOn <= lateOn ? unitOf(cell, clerkId) : null;
      if (unitId !== null) late.set(unitId, (late.get(unitId) ?? 0) + n);
    }
  }
  return [...rows.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, own]) => ({ id, tiers: tiersOf(own), late: late.get(id) ?? 0 }));
}

/** A ranked row as the page gets it. */
export function lineOf(row: FairRow, name: string, before: number | null, isGone: boolean): BoardLine {
  const of = (step: (typeof STEPS)[number]): number => stepOf(row.n, step);
  const [assigned, contacted, woken] = [of('assigned'), of('contacted'), of('woken')];
  return {
    id: row.id,
    name,
    assigned,
    contacted,
    opened: of('opened'),
    claimed: of('claimed'),
    redeemed: of('redeemed'),
    woken,
    optedOut: of('optedOut'),
    concluded: of('concluded'),
    late: row.late,
    wakeRate: { numerator: woken, denominator: assigned },
    executionRate: { numerator: contacted, denominator: contacted + row.late },
    place: row.place,
    expected: row.expected,
    score: row.score,
    low: row.low,
    high: row.high,
    before,
    ...(isGone ? { gone: true } : {}),
  };
}

/** All tallies of units added up. */
export function totalOf(units: readonly RankedUnit[]): Tally {
  const sum = emptyTally();
  for (const { tiers } of units) for (const { n } of tiers) addInto(sum, n);
  return sum;
}

import { STEPS, emptyTally, addInto, stepOf } from './rollup/cell';
import type { Step, Tally, Tier } from './rollup/cell';
import { fairScore, priorOf } from './statistics/shrink';
import type { Prior, Unit } from './statistics/shrink';

/** A branch, clerk or region with what it was given and what came of it, by tier. */
export interface RankedUnit {
  id: string;
  tiers: readonly { tier: Tier; n: Tally }[];
  /** tasks that should have been contacted by now and were not */
  late: number;
}

/** What all units together tell of the period: how often each tier woke, and how far units truly differ. */
export interface Yardstick {
  rates: Partial<Record<Tier, { woken: number; assigned: number }>>;
  prior: Prior;
}

/** A row of the fair leaderboard; scores to three decimals, expected wakes to two. */
export interface FairRow {
  id: string;
  n: Tally;
  late: number;
  expected: number;
  score: number;
  low: number;
  high: number;
  /** 1-based, ties share it; null = was given nobody, so has none */
  place: number | null;
}

/** Fewer members than this: the row says that its score leans on the average. */
export const SMALL_UNIT = 20;

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Tallies by tier of rows added up. */
export function tiersOf(rows: readonly { tier: Tier; n: Tally }[]): { tier: Tier; n: Tally }[] {
  const found = new Map<Tier, Tally>();
  for (const { tier, n } of rows) {
    let into = found.get(tier);
    if (into === undefined) found.set(tier, (into = emptyTally()));
    addInto(into, n);
  }
  return [...found.entries()].map(([tier, n]) => ({ tier, n }));
}

/** The wakes to expect of a unit if each of its tiers woke as in the whole chain. */
export function expectedOf(unit: Pick<RankedUnit, 'tiers'>, rates: Yardstick['rates']): number {
  return unit.tiers.reduce((sum, { tier, n }) => {
    const rate = rates[tier];
    return rate && rate.assigned > 0 ? sum + (stepOf(n, 'assigned') * rate.woken) / rate.assigned : sum;
  }, 0);
}

function unitFor(unit: RankedUnit, rates: Yardstick['rates']): Unit {
  const sum = (step: Step) => unit.tiers.reduce((all, { n }) => all + stepOf(n, step), 0);
  return { hits: sum('woken'), of: sum('assigned'), expected: expectedOf(unit, rates) };
}

/** @param units all of the chain, so that the rates are the chain's */
export function yardstickOf(units: readonly RankedUnit[]): Yardstick {
  const rates: Yardstick['rates'] = {};
  for (const { tier, n } of tiersOf(units.flatMap(({ tiers }) => tiers))) {
    rates[tier] = { woken: stepOf(n, 'woken'), assigned: stepOf(n, 'assigned') };
  }
  return { rates, prior: priorOf(units.map((unit) => unitFor(unit, rates))) };
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** Nobody stands below another for a difference that nobody sees. */
const isShownAlike = (a: FairRow, b: FairRow): boolean => a.score.toFixed(2) === b.score.toFixed(2);
const isRanked = ({ n }: FairRow): boolean => stepOf(n, 'assigned') > 0;

/**
 * The fair leaderboard: wakes against what the tier mix lets expect, shrunk for small numbers. Rows whose scores are shown
 * alike (1.02) share a place, and the next place is skipped (1, 1, 3); they are listed by id. Who was given nobody
 * comes last, without a place.
 *
 * @example rankFairly([{ id: 'a', tiers: [], late: 0 }], yardstickOf([])) // → [{ id: 'a', place: null, score: 1, … }]
 */
export function rankFairly(units: readonly RankedUnit[], { rates, prior }: Yardstick): FairRow[] {
  const rows = units.map((unit): FairRow => {
    const own = unitFor(unit, rates);
    const { score, low, high } = fairScore(prior, own);
    const n = emptyTally();
    for (const tier of unit.tiers) addInto(n, tier.n);
    return {
      id: unit.id,
      n,
      late: unit.late,
      expected: rounded(own.expected, 2),
      score: rounded(score, 3),
      low: rounded(low, 3),
      high: rounded(high, 3),
      place: null,
    };
  });
  rows.sort((a, b) => Number(isRanked(b)) - Number(isRanked(a)) || b.score - a.score || byText(a.id, b.id));
  rows.forEach((row, i) => {
    if (!isRanked(row)) return;
    const above = rows[i - 1];
    row.place = above && isShownAlike(above, row) ? above.place : i + 1;
  });
  return rows;
}

/** A tally by its steps' names, for the wire. @example namedTally([1, 0, 0, 0, 0, 1, 0, 0]).woken // → 1 */
export function namedTally(n: Tally): Record<Step, number> {
  return Object.fromEntries(STEPS.map((step) => [step, stepOf(n, step)])) as Record<Step, number>;
}

/**
 * Why a row stands where it stands, in one sentence with its numbers.
 *
 * @example whyThisPlace({ … }) // → '40 位里唤醒了 8 位；按同样的分层组合，全连锁平均会唤醒 5.2 位，所以公平分 1.31（95% 区间 0.92–1.78）。'
 */
export function whyThisPlace(row: Pick<FairRow, 'n' | 'expected' | 'score' | 'low' | 'high'>): string {
  const assigned = stepOf(row.n, 'assigned');
  if (assigned === 0) return '这一期没有分到任务，所以没有名次。';
  if (row.expected === 0)
    return `${assigned} 位里唤醒了 ${stepOf(row.n, 'woken')} 位；全连锁同样分层的会员这一期还没有人被唤醒，暂时分不出高下。`;
  const small = assigned < SMALL_UNIT ? `人数只有 ${assigned} 位，分数主要参考了全连锁平均。` : '';
  return `${assigned} 位里唤醒了 ${stepOf(row.n, 'woken')} 位；按同样的分层组合，全连锁平均会唤醒 ${row.expected.toFixed(1)} 位，所以公平分 ${row.score.toFixed(2)}（95% 区间 ${row.low.toFixed(2)}–${row.high.toFixed(2)}）。${small}`;
}

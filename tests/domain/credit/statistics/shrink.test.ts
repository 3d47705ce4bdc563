import { diceOf } from '../../../../devkit/demo/dice';
import { fairScores } from '../../../../miniprogram/domain/credit/statistics/shrink';
import type { Unit } from '../../../../miniprogram/domain/credit/statistics/shrink';

const ordinary: Unit[] = Array.from({ length: 20 }, (_, i) => ({
  hits: 18 + (i % 5),
  of: 200,
  expected: 20,
}));

function ranks(values: readonly number[]): number[] {
  const order = values.map((value, at) => ({ value, at })).sort((a, b) => a.value - b.value);
  const found = Array.from({ length: values.length }, () => 0);
  order.forEach(({ at }, rank) => (found[at] = rank));
  return found;
}
function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [ra, rb] = [ranks(a), ranks(b)];
  const n = a.length;
  const d2 = ra.reduce((sum, rank, at) => sum + (rank - (rb[at] ?? 0)) ** 2, 0);
  return 1 - (6 * d2) / (n * (n * n - 1));
}

describe('a fair score', () => {
  it('does not put two lucky members at the top, nor two unlucky ones at the bottom', () => {
    const scores = fairScores([
      ...ordinary,
      { hits: 2, of: 2, expected: 0.2 },
      { hits: 0, of: 2, expected: 0.2 },
      { hits: 60, of: 200, expected: 20 },
    ]);
    const [lucky, unlucky, good] = scores.slice(-3);
    expect(lucky?.raw).toBe(10);
    expect(lucky?.score).toBeLessThan(good?.score ?? 0);
    expect(unlucky?.score).toBeGreaterThan(0.7);
    expect(good?.score).toBeGreaterThan(1.8);
  });

  it('calls everybody ordinary when there is nothing but chance', () => {
    for (const { score, low, high } of fairScores(ordinary)) {
      expect(Math.abs(score - 1)).toBeLessThan(0.1);
      expect(low).toBeLessThan(1);
      expect(high).toBeGreaterThan(1);
    }
  });

  it('stays a number for units without members, and without units', () => {
    expect(fairScores([])).toEqual([]);
    const [empty] = fairScores([{ hits: 0, of: 0, expected: 0 }, ...ordinary]);
    expect(empty?.raw).toBeNull();
    expect(empty?.score).toBeCloseTo(1, 1);
    for (const one of fairScores([{ hits: 0, of: 5, expected: 1 }])) {
      expect(Number.isFinite(one.score) && Number.isFinite(one.low) && Number.isFinite(one.high)).toBe(true);
    }
  });

  it('tells who is good better than raw counts and raw rates do', () => {
    const dice = diceOf(5);
    let [fair, count, rate] = [0, 0, 0];
    for (let round = 0; round < 40; round++) {
      const truth: number[] = [];
      const units: Unit[] = [];
      for (let i = 0; i < 40; i++) {
        const skill = dice.around(1, 0.35);
        // Sizes and tier mixes differ: some clerks have many easy members, others few hard ones.
        const of = dice.whole(5, 150);
        const base = 0.03 + 0.2 * dice.share();
        const hits = Array.from({ length: of }).filter(() =>
          dice.chance(Math.min(0.95, base * skill)),
        ).length;
        truth.push(skill);
        units.push({ hits, of, expected: of * base });
      }
      fair += rankCorrelation(
        fairScores(units).map(({ score }) => score),
        truth,
      );
      count += rankCorrelation(
        units.map(({ hits }) => hits),
        truth,
      );
      rate += rankCorrelation(
        units.map(({ hits, of }) => hits / of),
        truth,
      );
    }
    expect(fair).toBeGreaterThan(count);
    expect(fair).toBeGreaterThan(rate);
    expect(fair / 40).toBeGreaterThan(0.35);
  });
});

import { unitsOf } from '../../../cloudfunctions/common/flows/boards/units';
import { rankCorrelation } from '../../../devkit/bench/correlation';
import { rankFairly, yardstickOf } from '../../../miniprogram/domain/credit/ranking';
import { liftFor } from '../../../miniprogram/domain/credit/report/lift';
import { stepOf } from '../../../miniprogram/domain/credit/rollup/cell';
import { day } from '../../../miniprogram/domain/kernel/day';
import { knownChain } from './knownTruth';
import type { KnownChain } from './knownTruth';

const CHAINS = 200;

const cellDoc = ({ branchId, cell }: KnownChain['cells'][number]) => ({
  _id: `c|${branchId}`,
  campaignId: 'c',
  branchId,
  periods: [],
  turn: 1,
  ...cell,
});

describe(`the product's own numbers over ${CHAINS} chains whose truth is known`, () => {
  let covered = 0;
  let [fair, count, rate] = [0, 0, 0];
  const misses: number[] = [];
  beforeAll(() => {
    for (let seed = 1; seed <= CHAINS; seed++) {
      const chain = knownChain(seed);
      const { estimate } = liftFor(
        chain.cells.flatMap(({ cell }) => cell.tiers),
        0,
      );
      const isCovered =
        estimate !== null && estimate.low <= chain.trueLift && chain.trueLift <= estimate.high;
      covered += Number(isCovered);
      misses.push((estimate?.value ?? 0) - chain.trueLift);

      const units = unitsOf(chain.cells.map(cellDoc), 'all', (_cell, clerkId) => clerkId, day('2025-03-31'));
      const rows = rankFairly(units, yardstickOf(units));
      const truth = rows.map(({ id }) => chain.skill.get(id) ?? 0);
      const of = (pick: (row: (typeof rows)[number]) => number) => rankCorrelation(rows.map(pick), truth);
      fair += of(({ score }) => score) / CHAINS;
      count += of(({ n }) => stepOf(n, 'woken')) / CHAINS;
      rate += of(({ n }) => stepOf(n, 'woken') / stepOf(n, 'assigned')) / CHAINS;
    }
  });

  it('have the true lift within their 95 % interval in 93 to 97 of 100', () => {
    expect(covered / CHAINS).toBeGreaterThanOrEqual(0.93);
    expect(covered / CHAINS).toBeLessThanOrEqual(0.97);
  });

  it('do not lean to one side: the mean error is a small part of a percentage point', () => {
    const mean = misses.reduce((sum, miss) => sum + miss, 0) / CHAINS;
    expect(Math.abs(mean)).toBeLessThan(0.005);
  });

  it('order clerks by their skill better than the raw count and the raw rate do', () => {
    expect(fair).toBeGreaterThan(count + 0.02);
    expect(fair).toBeGreaterThan(rate + 0.02);
  });
});

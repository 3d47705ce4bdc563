import fc from 'fast-check';
import { addDays, day } from '../../../miniprogram/domain/kernel/day';
import { NO_FACTS } from '../../../miniprogram/domain/membership/facts';
import { quantilesOf, shareBelow, STEPS } from '../../../miniprogram/domain/outreach/radar/quantiles';
import { branchRowOf, LEAST_COMPARED, radarOf } from '../../../miniprogram/domain/outreach/radar/radar';
import type { RadarPerson } from '../../../miniprogram/domain/outreach/radar/axes';

const today = day('2025-03-05');

describe('a place in a row of numbers', () => {
  it('is the middle where everybody has the same', () => {
    const row = quantilesOf(Array.from({ length: 50 }, () => 7));
    expect(shareBelow(row, 7)).toBe(0.5);
    expect(shareBelow(row, 6.9)).toBe(0);
    expect(shareBelow(row, 7.1)).toBe(1);
  });

  it('counts those who have the same half', () => {
    // Half of them never came, the others once.
    const row = quantilesOf([...Array.from({ length: 50 }, () => 0), ...Array.from({ length: 50 }, () => 1)]);
    expect(shareBelow(row, 0)).toBeCloseTo(0.25, 1);
    expect(shareBelow(row, 1)).toBeCloseTo(0.75, 1);
  });

  it('keeps 21 numbers of a million and of three', () => {
    expect(quantilesOf([3, 1, 2])).toHaveLength(STEPS + 1);
    expect(quantilesOf([])).toEqual([]);
  });

  it('is never further from the true place than one step, and never falls as the value grows', () => {
    const numbers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 200, maxLength: 300 });
    fc.assert(
      fc.property(numbers, fc.integer({ min: -1100, max: 1100 }), fc.nat(50), (values, value, more) => {
        const row = quantilesOf(values);
        const under = values.filter((one) => one < value).length;
        const same = values.filter((one) => one === value).length;
        const truth = (under + same / 2) / values.length;
        expect(Math.abs(shareBelow(row, value) - truth)).toBeLessThanOrEqual(1 / STEPS + 0.01);
        expect(shareBelow(row, value + more)).toBeGreaterThanOrEqual(shareBelow(row, value));
      }),
    );
  });
});

/** The nth of a branch: the higher the better on every axis but the coupons, which all use alike. */
const person = (n: number): RadarPerson => ({
  facts: {
    ...NO_FACTS,
    paidOrders: n + 1,
    paidFen: (n + 1) * (1000 + 10 * n),
    firstPaidOn: addDays(today, -400 - n),
    lastPaidOn: addDays(today, -300 + n),
    year: [{ on: addDays(today, -300 + n), orders: n + 1, fen: 100 }],
    visits: n,
  },
  answered: 0,
});
const branchOf = (members: number) =>
  branchRowOf(
    Array.from({ length: members }, (_, n) => person(n)),
    { computedOn: addDays(today, -3), isSample: false },
  );

describe('the value radar', () => {
  it('places the best, the middle and the last of a branch', () => {
    const row = branchOf(101);
    const shares = (n: number) => radarOf(person(n), row, today).axes.map(({ share }) => share ?? -1);
    for (const share of shares(100).slice(0, 5)) expect(share).toBeGreaterThan(0.95);
    for (const share of shares(50).slice(0, 5)) expect(share).toBeCloseTo(0.5, 1);
    for (const share of shares(0).slice(0, 5)) expect(share).toBeLessThan(0.05);
    expect(shares(0)[5]).toBe(0.5);
  });

  it('says each number with what it is compared with, and as of when', () => {
    const { axes, basis, isWhole } = radarOf(person(100), branchOf(101), today);
    expect(isWhole).toBe(true);
    expect(basis).toBe('和本店101位买过的会员比，3月2日算出');
    expect(axes[0]).toMatchObject({ word: '最近', text: '200天前（2024年8月17日）' });
    expect(axes[0]?.says).toMatch(/^比本店\d+%的顾客来得近$/);
  });

  it('keeps a row that is some days old true: the day counts, not how long ago it was', () => {
    const row = branchOf(101);
    const later = radarOf(person(50), row, addDays(today, 6)).axes[0];
    expect(later?.share).toBe(radarOf(person(50), row, today).axes[0]?.share);
    expect(later?.text).toContain('256天前');
  });

  it('places nobody among nineteen, and somebody among twenty with a word of care', () => {
    const few = radarOf(person(3), branchOf(LEAST_COMPARED - 1), today);
    expect(few.isWhole).toBe(false);
    expect(few.axes.every(({ share }) => share === null)).toBe(true);
    expect(few.basis).toContain('只有19位');
    const enough = radarOf(person(3), branchOf(LEAST_COMPARED), today);
    expect(enough.isWhole).toBe(true);
    expect(enough.basis).toContain('人数不多');
  });

  it('says so when the branch has not been measured, and when she has bought nothing', () => {
    expect(radarOf(person(3), null, today)).toMatchObject({ isWhole: false });
    expect(radarOf(person(3), null, today).basis).toContain('还没有算出来');
    const nobody: RadarPerson = { facts: NO_FACTS, answered: 0 };
    expect(radarOf(nobody, branchOf(101), today)).toMatchObject({ isWhole: false });
    expect(radarOf(nobody, branchOf(101), today).basis).toContain('还没买过');
  });

  it('leaves out who never bought, and says when the row was drawn from a larger branch', () => {
    const people = [...Array.from({ length: 30 }, (_, n) => person(n)), { facts: NO_FACTS, answered: 9 }];
    const row = branchRowOf(people, { computedOn: today, isSample: true });
    expect(row.compared).toBe(30);
    expect(radarOf(person(3), row, today).basis).toContain('从本店均匀抽取的30位');
  });
});

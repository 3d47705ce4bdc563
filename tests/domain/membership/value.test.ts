import fc from 'fast-check';
import { day } from '../../../miniprogram/domain/kernel/day';
import { factsOf } from '../../../miniprogram/domain/membership/facts';
import { rulesOf } from '../../../miniprogram/domain/membership/presets';
import type { AovCut, TierRules } from '../../../miniprogram/domain/membership/types';
import { aovCutFrom, cutRankOf, medianRankOf } from '../../../miniprogram/domain/membership/aov';
import { aovCutOf, aovOf, valueOf } from '../../../miniprogram/domain/membership/value';
import { boughtOn, paidOrder, stranger } from '../people';

const retail = rulesOf('retail', 1);
const cut: AovCut = { fen: 10_000, computedOn: day('2025-06-01'), members: 100 };
const unreachable: AovCut = { ...cut, fen: 10_001 };

describe('value by frequency', () => {
  const often = boughtOn('2025-03-11', '2025-05-01', '2025-06-01');

  it('is high for three orders in three months and an average order in the top share', () => {
    expect(valueOf(often, retail, cut, day('2025-06-10'))).toBe('high');
  });

  it('is mid when only one of the two tests is passed', () => {
    expect(valueOf(often, retail, unreachable, day('2025-06-10'))).toBe('mid');
    expect(valueOf(boughtOn('2025-06-01'), retail, cut, day('2025-06-10'))).toBe('mid');
  });

  it('is low when neither is, and for someone who never bought', () => {
    expect(valueOf(boughtOn('2025-06-01'), retail, unreachable, day('2025-06-10'))).toBe('low');
    expect(valueOf(stranger, retail, cut, day('2025-06-10'))).toBe('low');
  });

  it('drops an order on the day it becomes three months old', () => {
    expect(valueOf(often, retail, unreachable, day('2025-06-10'))).toBe('mid');
    expect(valueOf(often, retail, unreachable, day('2025-06-11'))).toBe('low');
  });

  it('looks at the months before her last purchase once she is quiet', () => {
    const quiet = boughtOn('2024-01-05', '2024-02-05', '2024-03-05');
    expect(valueOf(quiet, retail, cut, day('2025-06-10'))).toBe('high');
    const spread = boughtOn('2023-12-05', '2024-02-05', '2024-03-05');
    expect(valueOf(spread, retail, unreachable, day('2025-06-10'))).toBe('low');
  });

  it('counts an order of the window on both of its last days, over a month that is shorter', () => {
    // Three months before 28 February is the end of November, whichever day that is.
    const winter = boughtOn('2024-11-30', '2025-01-10', '2025-02-10');
    expect(valueOf(winter, retail, unreachable, day('2025-02-27'))).toBe('mid');
    expect(valueOf(winter, retail, unreachable, day('2025-02-28'))).toBe('low');
    const leap = boughtOn('2023-11-29', '2024-01-10', '2024-02-10');
    expect(valueOf(leap, retail, unreachable, day('2024-02-28'))).toBe('mid');
    expect(valueOf(leap, retail, unreachable, day('2024-02-29'))).toBe('low');
  });

  it('counts orders, not days: three on one day are often', () => {
    expect(valueOf(boughtOn('2025-06-01', '2025-06-01', '2025-06-01'), retail, cut, day('2025-06-10'))).toBe(
      'high',
    );
  });

  it('never calls the average of unknown amounts a high one', () => {
    const told = (on: string) => paidOrder(on, { paidFen: 0, priceUnknown: true });
    const facts = factsOf([told('2025-05-01'), told('2025-05-10'), told('2025-06-01')], []);
    expect(valueOf(facts, retail, { ...cut, fen: 1 }, day('2025-06-10'))).toBe('mid');
    const priced = factsOf([told('2025-05-01'), told('2025-05-10'), paidOrder('2025-06-01')], []);
    expect(valueOf(priced, retail, cut, day('2025-06-10'))).toBe('high');
  });

  it('cannot call anyone high before the chain has a cut-off', () => {
    expect(valueOf(often, retail, null, day('2025-06-10'))).toBe('mid');
  });
});

describe('value by annual spend', () => {
  const rules: TierRules = { ...retail, value: { by: 'annualSpend', highFen: 2_000_000, midFen: 500_000 } };
  const spent = (fen: number) => factsOf([paidOrder('2025-05-01', { paidFen: fen })], []);

  it.each([
    [1_999_999, 'mid'],
    [2_000_000, 'high'],
    [500_000, 'mid'],
    [499_999, 'low'],
  ])('%i fen in twelve months is %s', (fen, value) => {
    expect(valueOf(spent(fen), rules, null, day('2025-06-01'))).toBe(value);
  });

  it('takes refunds off', () => {
    const facts = factsOf([paidOrder('2025-05-01', { paidFen: 2_000_000, refundedFen: 1 })], []);
    expect(valueOf(facts, rules, null, day('2025-06-01'))).toBe('mid');
  });

  it('looks at the year before her last purchase once she is quiet', () => {
    const facts = factsOf(
      [paidOrder('2023-07-01', { paidFen: 1_500_000 }), paidOrder('2024-06-01', { paidFen: 500_000 })],
      [],
    );
    expect(valueOf(facts, rules, null, day('2025-06-01'))).toBe('high');
    // Awake on her last purchase day and the eve of being drowsy, she is measured up to that day.
    expect(valueOf(facts, rules, null, day('2024-06-30'))).toBe('high');
    expect(valueOf(facts, rules, null, day('2024-07-01'))).toBe('mid');
    expect(valueOf(facts, rules, null, day('2024-09-01'))).toBe('high');
  });

  it('adds up the year over a leap day', () => {
    const facts = factsOf(
      [paidOrder('2024-02-29', { paidFen: 1_999_999 }), paidOrder('2025-02-01', { paidFen: 1 })],
      [],
    );
    expect(valueOf(facts, rules, null, day('2025-02-27'))).toBe('high');
    expect(valueOf(facts, rules, null, day('2025-02-28'))).toBe('low');
  });

  it('counts money twelve months old no more', () => {
    const facts = factsOf(
      [paidOrder('2024-06-10', { paidFen: 600_000 }), paidOrder('2025-06-01', { paidFen: 1 })],
      [],
    );
    expect(valueOf(facts, rules, null, day('2025-06-09'))).toBe('mid');
    expect(valueOf(facts, rules, null, day('2025-06-10'))).toBe('low');
  });
});

describe('the cut-off of average order values', () => {
  const on = day('2025-06-01');

  it('is the smallest average in the top fifth', () => {
    expect(aovCutOf([100, 500, 200, 300, 400], 0.2, on)).toEqual({
      fen: 500,
      medianFen: 300,
      computedOn: on,
      members: 5,
    });
    expect(aovCutOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.2, on)?.fen).toBe(9);
  });

  it('lets at least one member in, and all who tie with her', () => {
    expect(aovCutOf([100, 300, 200], 0.2, on)?.fen).toBe(300);
    expect(aovCutOf([100, 300, 300, 300, 300], 0.2, on)?.fen).toBe(300);
  });

  it('sorts by size and not as text', () => {
    expect(aovCutOf([9, 10, 100, 20, 3], 0.2, on)?.fen).toBe(100);
  });

  it('does not lose a member to binary fractions', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(aovCutOf(hundred, 0.29, on)?.fen).toBe(72);
  });

  it('keeps the median beside it, so that half of the members are below', () => {
    expect(aovCutOf([4, 1, 3, 2], 0.5, on)?.medianFen).toBe(3);
    expect(aovCutOf([5, 4, 1, 3, 2], 0.5, on)?.medianFen).toBe(3);
    expect(aovCutOf([7], 0.2, on)).toMatchObject({ fen: 7, medianFen: 7 });
  });

  it('is found by rank among averages in order, without reading the others', () => {
    const averages = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(averages, fc.integer({ min: 1, max: 99 }), (aovs, percent) => {
        const dearestFirst = [...aovs].sort((a, b) => b - a);
        const members = aovs.length;
        const fen = dearestFirst[cutRankOf(members, percent / 100) - 1] ?? -1;
        const medianFen = dearestFirst[medianRankOf(members) - 1] ?? -1;
        expect(aovCutFrom({ fen, medianFen, members }, on)).toEqual(aovCutOf(aovs, percent / 100, on));
        expect(aovs.filter((aov) => aov < medianFen).length).toBeLessThanOrEqual(members / 2);
      }),
    );
    expect([cutRankOf(0, 0.2), medianRankOf(0), cutRankOf(100, 0.29)]).toEqual([0, 0, 29]);
  });

  it('is the same whether averages are kept as numbers or as an array of bytes', () => {
    expect(aovCutOf(Int32Array.of(100, 500, 200), 0.2, on)).toEqual(aovCutOf([100, 500, 200], 0.2, on));
  });

  it('averages in whole fen', () => {
    expect(aovOf({ paidOrders: 2, unpricedOrders: 0, paidFen: 301 })).toBe(151);
    expect(aovOf({ paidOrders: 3, unpricedOrders: 1, paidFen: 301 })).toBe(151);
    expect(aovOf({ paidOrders: 1, unpricedOrders: 1, paidFen: 0 })).toBeNull();
  });

  it('does not exist where nobody bought', () => {
    expect(aovCutFrom(null, on)).toBeNull();
    expect(aovCutOf([], 0.2, on)).toBeNull();
    expect(aovOf(stranger)).toBeNull();
  });
});

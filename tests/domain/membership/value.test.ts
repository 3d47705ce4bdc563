import { day } from '../../../miniprogram/domain/kernel/day';
import { factsOf } from '../../../miniprogram/domain/membership/facts';
import { rulesOf } from '../../../miniprogram/domain/membership/presets';
import type { AovCut, TierRules } from '../../../miniprogram/domain/membership/types';
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
    expect(aovCutOf([100, 500, 200, 300, 400], 0.2, on)).toEqual({ fen: 500, computedOn: on, members: 5 });
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

  it('does not exist where nobody bought', () => {
    expect(aovCutOf([], 0.2, on)).toBeNull();
    expect(aovOf(stranger)).toBeNull();
  });
});

import { day } from '../../../miniprogram/domain/kernel/day';
import { subTierWord } from '../../../miniprogram/domain/membership/explain';
import { factsOf } from '../../../miniprogram/domain/membership/facts';
import { lapsedSubTierOf } from '../../../miniprogram/domain/membership/subTier';
import type { AovCut } from '../../../miniprogram/domain/membership/types';
import { boughtOn, paidOrder, stranger } from '../people';

const cut: AovCut = { fen: 30_000, medianFen: 10_000, computedOn: day('2025-01-01'), members: 9 };
const spent = (...fens: number[]) =>
  factsOf(
    fens.map((paidFen, i) => paidOrder(`2024-01-0${i + 1}`, { paidFen })),
    [],
  );

describe('what a lapsed member was', () => {
  it('is nothing while she is awake', () => {
    expect(lapsedSubTierOf(boughtOn('2025-01-01'), 'awake', cut)).toBeNull();
  });

  it('never bought, for who never paid', () => {
    expect(lapsedSubTierOf(stranger, null, cut)).toBe('neverBought');
  });

  it.each([
    [[9_999], 'fewSmall'],
    [[10_000], 'fewLarge'],
    [[9_999, 10_000], 'fewLarge'],
    [[9_998, 10_000], 'fewSmall'],
    [[1, 1, 1], 'many'],
  ] as const)('who bought for %j fen is %s', (fens, subTier) => {
    for (const quiet of ['drowsy', 'dormant', 'lost'] as const)
      expect(lapsedSubTierOf(spent(...fens), quiet, cut)).toBe(subTier);
  });

  it('cannot be told from one or two purchases without a median or without amounts', () => {
    const old: AovCut = { ...cut, medianFen: undefined };
    expect(lapsedSubTierOf(spent(9_999), 'lost', null)).toBeNull();
    expect(lapsedSubTierOf(spent(9_999), 'lost', old)).toBeNull();
    const told = paidOrder('2024-01-01', { paidFen: 0, priceUnknown: true });
    expect(lapsedSubTierOf(factsOf([told], []), 'lost', cut)).toBeNull();
    expect(lapsedSubTierOf(factsOf([told, told, told], []), 'lost', null)).toBe('many');
  });

  it('has a word for each', () => {
    const words = (['neverBought', 'fewSmall', 'fewLarge', 'many'] as const).map(subTierWord);
    expect(new Set(words).size).toBe(4);
  });
});

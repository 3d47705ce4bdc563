import { checkRules } from '../../../miniprogram/domain/membership/checkRules';
import { PRESETS } from '../../../miniprogram/domain/membership/presets';
import type { TierRules } from '../../../miniprogram/domain/membership/types';

type Draft = Omit<TierRules, 'version'>;
const { retail } = PRESETS;
const ladder = (drowsy: number, dormant: number, lost: number): Draft['ladder'] => [
  { stage: 'lost', months: lost },
  { stage: 'dormant', months: dormant },
  { stage: 'drowsy', months: drowsy },
];
const often = (more: object): Draft => ({
  ...retail,
  value: { by: 'frequency', orders: 3, months: 3, topShare: 0.2, ...more },
});
const spend = (midFen: number, highFen: number): Draft => ({
  ...retail,
  value: { by: 'annualSpend', midFen, highFen },
});
const cycles = (more: Record<string, number>): Draft => ({ ...retail, cycles: more });
const many = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`品类${i}`, 30]));

describe('rules that HQ edits', () => {
  it.each(Object.values(PRESETS))('are sound as they come: $preset', (preset) => {
    expect(checkRules(preset)).toBeNull();
  });

  it.each<[string, Draft]>([
    ['the closest ladder', { ...retail, ladder: ladder(1, 2, 3), repurchaseDays: 27 }],
    ['the longest ladder', { ...retail, ladder: ladder(58, 59, 60) }],
    ['the shortest windows', { ...retail, repurchaseDays: 1, unpaidDays: 1 }],
    ['the longest windows', { ...retail, ladder: ladder(14, 15, 16), repurchaseDays: 365, unpaidDays: 30 }],
    ['the least of frequency', often({ orders: 1, months: 1, topShare: 0.01 })],
    ['the most of frequency', often({ orders: 50, months: 12, topShare: 0.99 })],
    ['the least of spend', spend(1, 2)],
    ['cycles at both ends', cycles({ 奶粉: 1, 一二三四五六七八九十一二三四五六七八九十: 365 })],
    ['fifty cycles', cycles(many(50))],
    ['no cycles at all', { ...retail, cycles: undefined }],
  ])('may be %s', (_, draft) => {
    expect(checkRules(draft)).toBeNull();
  });

  it.each<[string, Draft, string]>([
    ['drowsy as late as dormant', { ...retail, ladder: ladder(6, 6, 12) }, '沉睡要比预沉睡更久'],
    ['dormant as late as lost', { ...retail, ladder: ladder(3, 12, 12) }, '流失要比沉睡更久'],
    ['a ladder without a stage', { ...retail, ladder: ladder(3, 6, 12).slice(1) }, '各一档'],
    ['a stage twice', { ...retail, ladder: [...ladder(3, 6, 12), { stage: 'drowsy', months: 1 }] }, '各一档'],
    ['the warmest stage first', { ...retail, ladder: ladder(3, 6, 12).reverse() }, '各一档'],
    ['no month at all', { ...retail, ladder: ladder(0, 6, 12) }, '1 到 60'],
    ['more than five years', { ...retail, ladder: ladder(3, 6, 61) }, '1 到 60'],
    ['half a month', { ...retail, ladder: ladder(1.5, 6, 12) }, '1 到 60'],
    ['no number', { ...retail, ladder: ladder(NaN, 6, 12) }, '1 到 60'],
    ['no repurchase day', { ...retail, repurchaseDays: 0 }, '1 到 365'],
    ['too many repurchase days', { ...retail, repurchaseDays: 366 }, '1 到 365'],
    ['a repurchase window as long as drowsy', { ...retail, repurchaseDays: 84 }, '请填小于 84'],
    ['no unpaid day', { ...retail, unpaidDays: 0 }, '1 到 30'],
    ['too many unpaid days', { ...retail, unpaidDays: 31 }, '1 到 30'],
    ['no order', often({ orders: 0 }), '1 到 50'],
    ['too many orders', often({ orders: 51 }), '1 到 50'],
    ['no window', often({ months: 0 }), '1 到 12'],
    ['a window past the year', often({ months: 13 }), '1 到 12'],
    ['nobody on top', often({ topShare: 0.009 }), '1 到 99'],
    ['everybody on top', often({ topShare: 1 }), '1 到 99'],
    ['a share that is no number', often({ topShare: NaN }), '1 到 99'],
    ['high as low as mid', spend(500_000, 500_000), '高于中价值'],
    ['nothing for mid', spend(0, 500_000), '大于 0'],
    ['half a fen', spend(1.5, 500_000), '大于 0'],
    ['endless money', spend(1, Infinity), '大于 0'],
    ['a cycle of no day', cycles({ 奶粉: 0 }), '1 到 365'],
    ['a cycle over a year', cycles({ 奶粉: 366 }), '1 到 365'],
    ['a category without a name', cycles({ '': 30 }), '空的'],
    ['a category of blanks', cycles({ ' 奶粉': 30 }), '空格'],
    ['a name too long', cycles({ 一二三四五六七八九十一二三四五六七八九十一: 30 }), '最多 20 个字'],
    ['a name the database reads as a path', cycles({ 'a.b': 30 }), '不能用的符号'],
    ['fifty-one cycles', cycles(many(51)), '最多设 50 个'],
  ])('may not have %s', (_, draft, said) => {
    expect(checkRules(draft)).toContain(said);
  });
});

import { money } from '../../kernel/fen';
import type { Fen } from '../../kernel/fen';
import type { Cell } from '../rollup/cell';
import { Z95 } from '../statistics/normal';
import type { Lift } from './lift';

/** What the coupons cost against what the campaign brought that would not have come by itself. */
export interface Worth {
  verdict: 'yes' | 'no' | 'unclear' | 'cannotSay';
  /** wakes that would not have happened, and their net sales; null = cannot be said */
  wakes: { value: number; low: number; high: number } | null;
  salesFen: { value: Fen; low: Fen; high: Fen } | null;
  /** margin of those sales, when the margin is known, before the coupons' cost */
  marginFen: { value: Fen; low: Fen; high: Fen } | null;
  costFen: Fen;
  sentence: string;
}

/** Half width of the 95 % interval of a mean, from sums. In fen. */
function halfOfMean(n: number, sumFen: Fen, sumYuan2: number): number {
  if (n < 2) return Infinity;
  const mean = sumFen / 100 / n;
  const variance = Math.max(0, sumYuan2 / n - mean * mean) * (n / (n - 1));
  return Z95 * Math.sqrt(variance / n) * 100;
}

/**
 * Was it worth it (值不值)? Incremental wakes × what a wake brought × margin, against what the coupons took off. Net sales
 * are counted after the coupons, so their cost lies in them already: the margin is taken of the price before the coupon and
 * the coupons' cost is then taken off whole. The interval multiplies the ends of the lift's interval; the spread of the
 * basket only widens it, by the delta method of a product of independent estimates: Goodman, "On the exact variance of
 * products", JASA 55 (1960), without its smallest term.
 *
 * @param marginPercent of the price before coupons, 0 to 100; null = nobody told
 * @example worthOf(lift, money, null).verdict // → 'cannotSay'
 */
export function worthOf(lift: Lift, spent: Cell['money'], marginPercent: number | null): Worth {
  const costFen = spent.offFen;
  const cannot = (sentence: string): Worth => ({
    verdict: 'cannotSay',
    wakes: null,
    salesFen: null,
    marginFen: null,
    costFen,
    sentence,
  });
  const cost = `券成本 ${money(costFen)}`;
  const { estimate, verdict, treated } = lift;
  if (treated.of === 0) return cannot('还没有下发任务，谈不上值不值。');
  if (verdict === 'noHoldout')
    return cannot(`${cost}。没有对照组，不知道多少销售是活动带来的，值不值说不清。`);
  if (verdict === 'mismatch') return cannot(`${cost}。对照组比例不对，增量不可信，值不值说不清。`);
  if (verdict === 'tooFew' || estimate === null) return cannot(`${cost}。人数还太少，值不值先不下结论。`);
  const { wakes: woken, wakeFen, wakeYuan2 } = spent.treated;
  if (woken < 2) return cannot(`${cost}。唤醒的人太少，还算不出一次唤醒带来多少销售。`);

  const basketFen = wakeFen / woken + costFen / woken;
  const of = treated.of;
  const wakes = { value: estimate.value * of, low: estimate.low * of, high: estimate.high * of };
  const sd = (wakes.high - wakes.low) / (2 * Z95);
  const basketSd = halfOfMean(woken, wakeFen, wakeYuan2) / Z95;
  const half = Z95 * Math.sqrt((sd * basketFen) ** 2 + (wakes.value * basketSd) ** 2);
  const middle = wakes.value * basketFen;
  const range = (by: number) => ({
    value: Math.round(middle * by),
    low: Math.round((middle - half) * by),
    high: Math.round((middle + half) * by),
  });
  const salesFen = range(1);
  const sales = `增量销售约 ${money(salesFen.value)}（95% 区间 ${money(salesFen.low)} 到 ${money(salesFen.high)}）`;
  if (marginPercent === null) {
    return { ...cannot(`${cost}，${sales}。填上毛利率才能说值不值。`), wakes, salesFen };
  }
  const marginFen = range(marginPercent / 100);
  const margin = `增量毛利约 ${money(marginFen.value)}（95% 区间 ${money(marginFen.low)} 到 ${money(marginFen.high)}）`;
  const known = { wakes, salesFen, marginFen, costFen };
  if (marginFen.low > costFen)
    return { ...known, verdict: 'yes', sentence: `值得：${margin}，高于${cost}。` };
  if (marginFen.high < costFen)
    return { ...known, verdict: 'no', sentence: `不值：${margin}，低于${cost}。` };
  return {
    ...known,
    verdict: 'unclear',
    sentence: `还说不准：${margin}，${cost}落在区间里，再多看一些时候。`,
  };
}

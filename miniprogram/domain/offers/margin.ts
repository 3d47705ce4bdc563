import type { Fen } from '../kernel/fen';
import { done, refuse } from '../kernel/result';
import type { Result } from '../kernel/result';
import { offOf } from './coupon';
import type { CouponRule, MemberOffer } from './types';

/** What a chain earns: shares of the price, 0.55 = of ¥100 ¥55 are margin. */
export interface MarginRates {
  chain: number;
  byCategory?: Readonly<Record<string, number>>;
  /** what has to be left of each sale, as a share of the full price */
  floor: number;
}

/** The margin rate an offer is judged by: the thinnest of the categories it is good for. */
export function marginRateFor(rates: MarginRates, categories: readonly string[] | null): number {
  const known = new Map(Object.entries(rates.byCategory ?? {}));
  if (categories === null || categories.length === 0) return rates.chain;
  return Math.min(...categories.map((name) => known.get(name) ?? rates.chain));
}

/** The deepest share of the basket a rule can take off, reached at its minimum. A trial costs what it is worth. */
export function deepestShare(rule: CouponRule, typicalFen: Fen): number {
  const at = rule.kind === 'percent' ? Math.max(1, rule.minFen) : Math.max(1, rule.minFen || typicalFen);
  const off = rule.kind === 'trial' ? (rule.worthFen ?? 0) : offOf(rule, Math.max(at, 1));
  return rule.kind === 'percent' ? (100 - rule.pay) / 100 : off / at;
}

/**
 * Refuses an offer that would leave less than the floor of a sale's margin. Measured where the offer is deepest: at its
 * minimum spend, or at a typical basket when there is none.
 *
 * @param typicalFen a typical basket (客单价) of the members asked
 * @example marginGuard({ kind: 'percent', pay: 60, minFen: 0, capFen: null }, { chain: 0.55, floor: 0.2 }, 20_000)
 * // → refuse({ code: 'below-margin', detail: '让利 40% 后毛利只剩 15%，底线是 20%' })
 */
export function marginGuard(
  rule: CouponRule,
  rates: MarginRates,
  typicalFen: Fen,
  categories: readonly string[] | null = null,
): Result<{ leftShare: number }, { code: 'below-margin'; detail: string }> {
  const given = deepestShare(rule, typicalFen);
  const leftShare = marginRateFor(rates, categories) - given;
  if (leftShare + 1e-9 >= rates.floor) return done({ leftShare });
  const percent = (share: number) => `${Math.round(share * 1000) / 10}%`;
  return refuse({
    code: 'below-margin',
    detail: `让利 ${percent(given)} 后毛利只剩 ${percent(leftShare)}，底线是 ${percent(rates.floor)}`,
  });
}

/**
 * How many times the usual number of purchases an offer must bring to earn what no offer would (盈亏平衡): margin ÷
 * (margin − discount), both as shares of the full price. Infinity when each sale loses money.
 *
 * @example breakEvenUplift(0.5, 0.2) // → 1.6667: two thirds more purchases
 */
export function breakEvenUplift(marginRate: number, discountShare: number): number {
  const left = marginRate - discountShare;
  return left <= 0 ? Infinity : marginRate / left;
}

/** The most one coupon can cost; null when nothing bounds it: a percentage without a cap. */
export function worstFenOf(rule: CouponRule): Fen | null {
  switch (rule.kind) {
    case 'percent':
      return rule.capFen;
    case 'amountOff':
      return rule.offFen;
    case 'trial':
      return rule.worthFen ?? 0;
  }
}

/** The most a whole pack can cost; null when one of its coupons is not bounded. */
export function worstOfPack(offer: Pick<MemberOffer, 'rule' | 'more'>): Fen | null {
  const each = [offer.rule, ...(offer.more ?? []).map(({ rule }) => rule)].map(worstFenOf);
  return each.includes(null) ? null : each.reduce<Fen>((sum, fen) => sum + (fen ?? 0), 0);
}

/** What is wrong with a pack as HQ planned it; null when nothing is. A budget needs every coupon bounded. */
export function packFault(
  offer: Pick<MemberOffer, 'more' | 'branchBudgetFen'> & { rules: readonly CouponRule[] },
): string | null {
  if ((offer.more?.length ?? 0) > 9) return '一份礼包最多 10 张券';
  const all = [...offer.rules, ...(offer.more ?? []).map(({ rule }) => rule)];
  if (offer.branchBudgetFen !== undefined && all.some((rule) => worstFenOf(rule) === null))
    return '设了门店预算，每张折扣券都要有最高减多少';
  return null;
}

/**
 * What a coupon still ties up of its branch's budget. Unused and good (also locked in its last second): the worst case;
 * used: what it took off; ended any other way: nothing.
 */
export function heldFenOf(
  coupon: { state: 'unused' | 'locked' | 'used' | 'expired' | 'revoked'; offFen: Fen | null },
  worstFen: Fen,
): Fen {
  if (coupon.state === 'used') return coupon.offFen ?? 0;
  return coupon.state === 'unused' || coupon.state === 'locked' ? worstFen : 0;
}

import type { Fen } from '../kernel/fen';
import type { CouponTemplate, Validity } from './types';

/** How a chain gives part of an order's profit back for the next visit (返利). */
export interface RebateRule {
  /** share of the price that is profit, and share of that profit that goes back */
  marginRate: number;
  shareBack: number;
  /** the seed's example: half into a trial, half into a no-threshold coupon */
  trialShare: number;
  trialProduct: string;
  validity: Validity;
  /** a rebate smaller than this is none: two coupons of some fen annoy */
  leastFen: Fen;
}

/** ¥40 of profit, half of it back: ¥20, of which ¥10 is a trial and ¥10 a no-threshold coupon. */
export const USUAL_REBATE: Omit<RebateRule, 'trialProduct'> = {
  marginRate: 0.4,
  shareBack: 0.5,
  trialShare: 0.5,
  validity: { kind: 'businessDays', days: 30 },
  leastFen: 200,
};

/**
 * The two coupons that a paid order earns: a trial product worth one part of the rebate, and a coupon without threshold
 * over the rest. Whole fen; what does not divide stays in the coupon. Empty when the rebate is too small.
 *
 * @param netFen what stays of the order after refunds
 * @example rebateOf(10_000, { ...USUAL_REBATE, trialProduct: '茶包' }).map(({ rule }) => rule.kind) // → ['trial', 'amountOff']: ¥10 each
 */
export function rebateOf(netFen: Fen, rule: RebateRule): CouponTemplate[] {
  const back = Math.floor(Math.max(0, netFen) * rule.marginRate * rule.shareBack + 1e-6);
  if (back < rule.leastFen) return [];
  const trialFen = Math.floor(back * rule.trialShare + 1e-6);
  const { validity } = rule;
  const parts: CouponTemplate[] = [
    {
      title: '返利 · 体验礼',
      rule: { kind: 'trial', product: rule.trialProduct, worthFen: trialFen, minFen: 0 },
      validity,
    },
    {
      title: '返利 · 无门槛券',
      rule: { kind: 'amountOff', offFen: back - trialFen, minFen: 0 },
      validity,
    },
  ];
  return parts.filter(({ rule: one }) => (one.kind === 'trial' ? trialFen > 0 : back > trialFen));
}

/**
 * Does an order still earn its rebate? One of which half or more went back does not, nor one of which so little is left
 * that nothing would be given for it: coupons for a purchase that was returned would be a gift for returning.
 *
 * @example keepsRebate(10_000, 5_001, { ...USUAL_REBATE, trialProduct: '茶包' }) // → true; with 5_000 → false
 */
export function keepsRebate(paidFen: Fen, netFen: Fen, rule: RebateRule): boolean {
  return netFen * 2 > paidFen && rebateOf(netFen, rule).length > 0;
}

import type { CouponRule } from '../../domain/offers/types';

/** A number typed for a rule, held within what the server takes. */
export type RuleField = 'pay' | 'off' | 'min' | 'cap' | 'worth';

export const LEAST_PAY = 10;
const MOST_PAY = 99;
const FEN = 100;

/**
 * The same rule with one number changed; yuan for money. A cap of 0 is none, a product worth 0 says nothing of its worth.
 *
 * @example withNumber(rule, 'pay', 5) // → pay: 10
 */
export function withNumber(rule: CouponRule, field: RuleField, value: number): CouponRule {
  if (field === 'min') return { ...rule, minFen: value * FEN };
  switch (rule.kind) {
    case 'amountOff':
      return field === 'off' ? { ...rule, offFen: Math.max(1, value) * FEN } : rule;
    case 'trial':
      return field === 'worth' ? { ...rule, worthFen: value === 0 ? null : value * FEN } : rule;
    case 'percent':
      if (field === 'pay') return { ...rule, pay: Math.min(MOST_PAY, Math.max(LEAST_PAY, value)) };
      return field === 'cap' ? { ...rule, capFen: value === 0 ? null : value * FEN } : rule;
  }
}

export type RuleKind = CouponRule['kind'];

/** Where a rule of another kind begins. */
const USUAL: Record<RuleKind, CouponRule> = {
  percent: { kind: 'percent', pay: 80, minFen: 0, capFen: 10_000 },
  amountOff: { kind: 'amountOff', offFen: 2_000, minFen: 10_000 },
  trial: { kind: 'trial', product: '', worthFen: null, minFen: 0 },
};

/** The same rule where it is of that kind already, else a usual one of it. */
export function ofKind(rule: CouponRule, kind: RuleKind): CouponRule {
  return rule.kind === kind ? rule : USUAL[kind];
}

/** What is still missing in a rule, as a sentence; '' = nothing. */
export const missingInRule = (rule: CouponRule): string =>
  rule.kind === 'trial' && rule.product.trim() === '' ? '体验券要写明送什么，顾客和收银都会看到。' : '';

/** As it is sent: a product without blanks around it. */
export const tidiedRule = (rule: CouponRule): CouponRule =>
  rule.kind === 'trial' ? { ...rule, product: rule.product.trim() } : rule;

import type { CampaignPlan } from '../../contract/campaigns';
import type { Fen } from '../../domain/kernel/fen';
import type { QuietStage, Value } from '../../domain/membership/types';
import { depthOf } from '../../domain/offers/coupon';
import { LEAST_PAY } from './rules';
import type { CouponRule, GiftOffer, LadderStep } from '../../domain/offers/types';

/** Whose ladder: everybody's, or that of the members of one value. */
export type Whose = Value | '';

/** The ladder those members get: their own, or everybody's. */
export function ladderOf(plan: CampaignPlan, whose: Whose): LadderStep[] {
  return (whose === '' ? undefined : plan.ladders?.[whose]) ?? plan.offer.ladder;
}

/** The same plan with one step of somebody's ladder changed; a value that had none of its own gets one. */
export function withRule(
  plan: CampaignPlan,
  whose: Whose,
  stage: QuietStage,
  rule: CouponRule,
): CampaignPlan {
  const ladder = ladderOf(plan, whose).map((step) => (step.stage === stage ? { ...step, rule } : step));
  return inStep(
    whose === ''
      ? { ...plan, offer: { ...plan.offer, ladder } }
      : { ...plan, ladders: { ...plan.ladders, [whose]: ladder } },
    laterSteps(plan),
  );
}

/** The same plan in which that value gets what everybody gets. */
export function withoutLadder(plan: CampaignPlan, value: Value): CampaignPlan {
  const ladders = Object.fromEntries(Object.entries(plan.ladders ?? {}).filter(([of]) => of !== value));
  return inStep({ ...plan, ladders }, laterSteps(plan));
}

/** By stage the deepest rule anybody gets, of the kind everybody's ladder has there. */
function deepestLadder({ offer, ladders = {} }: CampaignPlan): LadderStep[] {
  const own = Object.values(ladders).flat();
  return offer.ladder.map((step) => {
    const rivals = own.filter(({ stage, rule }) => stage === step.stage && rule.kind === step.rule.kind);
    return rivals.reduce((best, one) => (depthOf(one.rule) > depthOf(best.rule) ? one : best), step);
  });
}

/**
 * So much deeper: 80 → 70 where a percentage is paid, half as much again where money is taken off. A trial stays what it
 * is: a product has no depth.
 */
function deeper(rule: CouponRule, steps: number): CouponRule {
  switch (rule.kind) {
    case 'percent':
      return { ...rule, pay: Math.max(LEAST_PAY, rule.pay - 10 * steps) };
    case 'amountOff':
      return { ...rule, offFen: Math.round(rule.offFen * (1 + steps / 2)) };
    case 'trial':
      return rule;
  }
}

/** What the follow-up gives: so many steps deeper than the most that anybody got at first, for it is one for all. */
export function laterOfferOf(plan: CampaignPlan, steps: number): GiftOffer {
  const { offer } = plan;
  return {
    ...offer,
    title: `${offer.title} · 加码`,
    ladder: deepestLadder(plan).map((step) => ({ ...step, rule: deeper(step.rule, steps) })),
  };
}

/** How many steps deeper its follow-up is than its offer, as far as one can say. @example laterSteps(plan) // → 1 */
export function laterSteps(plan: CampaignPlan): number {
  const first = deepestLadder(plan)[0]?.rule;
  const later = plan.followUpOffer?.ladder[0]?.rule;
  const steps = [0, 1, 2];
  return steps.find((n) => first && JSON.stringify(deeper(first, n)) === JSON.stringify(later)) ?? 1;
}

/** The same plan whose follow-up, where it has one, is so many steps deeper than what it gives now. */
export function inStep(plan: CampaignPlan, steps: number): CampaignPlan {
  return plan.followUpOffer ? { ...plan, followUpOffer: laterOfferOf(plan, steps) } : plan;
}

const LEAST_BUDGET: Fen = 100;

/** A budget as it is typed: less than a yuan is none. @example budgetOf(0) // → null */
export const budgetOf = (fen: Fen | null): Fen | null => (fen !== null && fen >= LEAST_BUDGET ? fen : null);

/** The same plan with a limit for these branches' coupons, or without one. */
export function withBranchBudgets(
  plan: CampaignPlan,
  branchIds: readonly string[],
  fen: Fen | null,
): CampaignPlan {
  const others = Object.entries(plan.branchBudgetsFen ?? {}).filter(([id]) => !branchIds.includes(id));
  const limit = budgetOf(fen);
  const these = limit === null ? [] : branchIds.map((id) => [id, limit] as const);
  return { ...plan, branchBudgetsFen: Object.fromEntries([...others, ...these]) };
}

/** Without ladders for values and budgets for branches that are not in the audience any more. */
export function withinAudience(plan: CampaignPlan): CampaignPlan {
  const { values, branchIds } = plan.audience;
  const { ladders, branchBudgetsFen, ...rest } = plan;
  const kept = values.flatMap((value) => (ladders?.[value] ? [[value, ladders[value]] as const] : []));
  const budgets = Object.entries(branchBudgetsFen ?? {}).filter(([id]) => branchIds?.includes(id) ?? true);
  return {
    ...rest,
    ...(kept.length > 0 ? { ladders: Object.fromEntries(kept) } : {}),
    ...(budgets.length > 0 ? { branchBudgetsFen: Object.fromEntries(budgets) } : {}),
  };
}

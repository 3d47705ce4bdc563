import type { CampaignAudience, CampaignPlan } from '../../contract/campaigns';
import { addDays, daysBetween } from '../../domain/kernel/day';
import type { Day } from '../../domain/kernel/day';
import type { Lifecycle } from '../../domain/membership/types';
import type { CouponRule, GiftOffer } from '../../domain/offers/types';
import { NO_RHYTHM } from '../../domain/outreach/campaign/rhythm';

/** Who can be called back; warmer members are not the business of a recall. */
export const RECALLABLE: readonly Lifecycle[] = ['drowsy', 'dormant', 'lost'];

/** Adds or removes one of a set, in the set's own order. @example toggled(['a'], 'b', ['b', 'a']) // → ['b', 'a'] */
export function toggled<T>(chosen: readonly T[], one: T, order: readonly T[]): T[] {
  const after = chosen.includes(one) ? chosen.filter((each) => each !== one) : [...chosen, one];
  return order.filter((each) => after.includes(each));
}

export function withAudience(plan: CampaignPlan, change: Partial<CampaignAudience>): CampaignPlan {
  return { ...plan, audience: { ...plan.audience, ...change } };
}

/** The same with some of its tags changed; tags that ask nothing are none. */
export function withTags(plan: CampaignPlan, change: CampaignAudience['tags']): CampaignPlan {
  const tags = { ...plan.audience.tags, ...change };
  const asks = (tags.categories?.length ?? 0) > 0 || tags.promotion || (tags.distances?.length ?? 0) > 0;
  const { lifecycles, values, branchIds } = plan.audience;
  const audience = { lifecycles, values, branchIds };
  return { ...plan, audience: asks ? { ...audience, tags } : audience };
}

/** How many days it runs, first and last included. @example lengthOf(plan) // → 14 */
export function lengthOf(plan: CampaignPlan): number {
  return daysBetween(plan.startsOn, plan.endsOn) + 1;
}

/** The same plan, running so many days from its first. */
export function withLength(plan: CampaignPlan, days: number): CampaignPlan {
  return { ...plan, endsOn: addDays(plan.startsOn, days - 1) };
}

/** The same plan with the same length, beginning on another day. */
export function withStart(plan: CampaignPlan, startsOn: Day): CampaignPlan {
  return withLength({ ...plan, startsOn }, lengthOf(plan));
}

/**
 * So much deeper than the first offer: 80 → 70 where a percentage is paid, half as much again where money is taken off. A
 * trial stays what it is: a product has no depth.
 */
function deeper(rule: CouponRule, steps: number): CouponRule {
  switch (rule.kind) {
    case 'percent':
      return { ...rule, pay: Math.max(10, rule.pay - 10 * steps) };
    case 'amountOff':
      return { ...rule, offFen: Math.round(rule.offFen * (1 + steps / 2)) };
    case 'trial':
      return rule;
  }
}

/** What the follow-up gives: the campaign's own gift, so many steps deeper. */
export function laterOfferOf({ offer }: CampaignPlan, steps: number): GiftOffer {
  return {
    ...offer,
    title: `${offer.title} · 加码`,
    ladder: offer.ladder.map((step) => ({ ...step, rule: deeper(step.rule, steps) })),
  };
}

/** How many steps deeper its follow-up is than its offer, as far as one can say. @example laterSteps(plan) // → 1 */
export function laterSteps(plan: CampaignPlan): number {
  const first = plan.offer.ladder[0]?.rule;
  const later = plan.followUpOffer?.ladder[0]?.rule;
  const steps = [0, 1, 2];
  return steps.find((n) => first && JSON.stringify(deeper(first, n)) === JSON.stringify(later)) ?? 1;
}

/** The same with a follow-up in its last `days` days, none when 0, so many steps deeper. */
export function withFollowUp(plan: CampaignPlan, days: number, steps: number): CampaignPlan {
  const rhythm = { ...NO_RHYTHM, ...plan.rhythm };
  return days === 0
    ? { ...plan, rhythm: { ...rhythm, followUp: null }, followUpOffer: null }
    : {
        ...plan,
        rhythm: { ...rhythm, followUp: { begins: 'lastDays', days } },
        followUpOffer: laterOfferOf(plan, steps),
      };
}

export function withNotice(plan: CampaignPlan, noticeDays: number): CampaignPlan {
  return { ...plan, rhythm: { ...NO_RHYTHM, ...plan.rhythm, noticeDays } };
}

const SCRIPTS_PER_TIER = 3;

/** The same with a script taken into a tier's choice, or out of it; the first three are kept. */
export function withScript(plan: CampaignPlan, lifecycle: Lifecycle, scriptId: string): CampaignPlan {
  const tiers = plan.scripts ?? [];
  const before = tiers.find((tier) => tier.lifecycle === lifecycle && tier.value === null)?.scriptIds ?? [];
  const scriptIds = before.includes(scriptId)
    ? before.filter((id) => id !== scriptId)
    : [...before, scriptId].slice(0, SCRIPTS_PER_TIER);
  const others = tiers.filter((tier) => tier.lifecycle !== lifecycle || tier.value !== null);
  return {
    ...plan,
    scripts: scriptIds.length > 0 ? [...others, { lifecycle, value: null, scriptIds }] : others,
  };
}

/** The plan as it is sent: texts trimmed, an empty trial gift is none, the follow-up's gift kept in step with the first. */
export function tidied(plan: CampaignPlan): CampaignPlan {
  const trial = plan.offer.trial?.trim() ?? '';
  const offer = { ...plan.offer, title: plan.offer.title.trim(), trial: trial === '' ? null : trial };
  const trimmed = { ...plan, name: plan.name.trim(), offer };
  return plan.followUpOffer
    ? { ...trimmed, followUpOffer: laterOfferOf(trimmed, laterSteps(plan)) }
    : trimmed;
}

export type PlanStep = 'audience' | 'offer' | 'scripts' | 'rhythm';

/** What is still missing in one step, as a sentence; '' = nothing. */
export function missingIn(plan: CampaignPlan, step: PlanStep): string {
  if (step === 'audience') {
    if (plan.name.trim() === '') return '请先给活动起个名字，导购会在排行榜上看到它。';
    if (plan.audience.lifecycles.length === 0) return '请至少选一个分层。';
    if (plan.audience.values.length === 0) return '请至少选一个价值。';
  }
  if (step === 'offer' && plan.offer.title.trim() === '') return '请写上礼包的名字，顾客会看到它。';
  const followUp = plan.rhythm?.followUp;
  if (step === 'rhythm' && followUp && followUp.days >= lengthOf(plan))
    return '追加跟进要在活动开始之后，请把活动放长，或把跟进改短。';
  return '';
}

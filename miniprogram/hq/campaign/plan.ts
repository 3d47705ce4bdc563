import type { CampaignAudience, CampaignPlan } from '../../contract/campaigns';
import { addDays, daysBetween } from '../../domain/kernel/day';
import type { Day } from '../../domain/kernel/day';
import type { Lifecycle, Value } from '../../domain/membership/types';
import { NO_RHYTHM } from '../../domain/outreach/campaign/rhythm';
import { inStep, laterOfferOf, laterSteps, withinAudience } from './ladders';
import { missingInGift, tidiedGift } from './pack';
import { tidiedRule } from './rules';

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

/** Which scripts a tier's clerks are offered first; of one value, or of any. */
export function scriptsOf(plan: CampaignPlan, lifecycle: Lifecycle, value: Value | null): string[] {
  return plan.scripts?.find((tier) => tier.lifecycle === lifecycle && tier.value === value)?.scriptIds ?? [];
}

/** The same with a script taken into the choice of a tier, or of one value in it, or out of it; the first three are kept. */
export function withScript(
  plan: CampaignPlan,
  lifecycle: Lifecycle,
  scriptId: string,
  value: Value | null = null,
): CampaignPlan {
  const before = scriptsOf(plan, lifecycle, value);
  const scriptIds = before.includes(scriptId)
    ? before.filter((id) => id !== scriptId)
    : [...before, scriptId].slice(0, SCRIPTS_PER_TIER);
  const others = (plan.scripts ?? []).filter((tier) => tier.lifecycle !== lifecycle || tier.value !== value);
  return {
    ...plan,
    scripts: scriptIds.length > 0 ? [...others, { lifecycle, value, scriptIds }] : others,
  };
}

/** The plan as it is sent: texts trimmed, an empty trial gift is none, the follow-up's gift kept in step with the first. */
export function tidied(plan: CampaignPlan): CampaignPlan {
  const ladders = Object.entries(plan.ladders ?? {}).map(
    ([value, ladder]) => [value, ladder.map((step) => ({ ...step, rule: tidiedRule(step.rule) }))] as const,
  );
  const tidy: CampaignPlan = {
    ...plan,
    name: plan.name.trim(),
    offer: tidiedGift(plan.offer),
    ...(ladders.length > 0 ? { ladders: Object.fromEntries(ladders) } : {}),
  };
  return inStep(withinAudience(tidy), laterSteps(plan));
}

export type PlanStep = 'audience' | 'offer' | 'scripts' | 'rhythm';

/** What is still missing in one step, as a sentence; '' = nothing. */
export function missingIn(plan: CampaignPlan, step: PlanStep): string {
  if (step === 'audience') {
    if (plan.name.trim() === '') return '请先给活动起个名字，导购会在排行榜上看到它。';
    if (plan.audience.lifecycles.length === 0) return '请至少选一个分层。';
    if (plan.audience.values.length === 0) return '请至少选一个价值。';
  }
  if (step === 'offer') return missingInGift(plan);
  const followUp = plan.rhythm?.followUp;
  if (step === 'rhythm' && followUp && followUp.days >= lengthOf(plan))
    return '追加跟进要在活动开始之后，请把活动放长，或把跟进改短。';
  return '';
}

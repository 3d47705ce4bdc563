import type { CampaignPlan } from '../../contract/campaigns';
import { addDays, daysBetween } from '../../domain/kernel/day';
import type { Lifecycle, Value } from '../../domain/membership/types';

/** Who can be called back; warmer members are not the business of a recall. */
export const RECALLABLE: readonly Lifecycle[] = ['drowsy', 'dormant', 'lost'];

/** Adds or removes one of a set, in the set's own order. @example toggled(['a'], 'b', ['b', 'a']) // → ['b', 'a'] */
export function toggled<T>(chosen: readonly T[], one: T, order: readonly T[]): T[] {
  const after = chosen.includes(one) ? chosen.filter((each) => each !== one) : [...chosen, one];
  return order.filter((each) => after.includes(each));
}

export function withAudience(
  plan: CampaignPlan,
  change: { lifecycles?: Lifecycle[]; values?: Value[] },
): CampaignPlan {
  return { ...plan, audience: { ...plan.audience, ...change } };
}

/** How many days it runs, first and last included. @example lengthOf(plan) // → 14 */
export function lengthOf(plan: CampaignPlan): number {
  return daysBetween(plan.startsOn, plan.endsOn) + 1;
}

/** The same plan, running so many days from its first. */
export function withLength(plan: CampaignPlan, days: number): CampaignPlan {
  return { ...plan, endsOn: addDays(plan.startsOn, days - 1) };
}

/** The plan as it is sent: texts trimmed, an empty trial gift is none. */
export function tidied(plan: CampaignPlan): CampaignPlan {
  const trial = plan.offer.trial?.trim() ?? '';
  return {
    ...plan,
    name: plan.name.trim(),
    offer: { ...plan.offer, title: plan.offer.title.trim(), trial: trial === '' ? null : trial },
  };
}

export type PlanStep = 'audience' | 'offer' | 'rhythm';

/** What is still missing in one step, as a sentence; '' = nothing. */
export function missingIn(plan: CampaignPlan, step: PlanStep): string {
  if (step === 'audience') {
    if (plan.name.trim() === '') return '请先给活动起个名字，导购会在排行榜上看到它。';
    if (plan.audience.lifecycles.length === 0) return '请至少选一个分层。';
    if (plan.audience.values.length === 0) return '请至少选一个价值。';
  }
  if (step === 'offer' && plan.offer.title.trim() === '') return '请写上礼包的名字，顾客会看到它。';
  return '';
}

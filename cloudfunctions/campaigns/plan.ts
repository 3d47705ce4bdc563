import * as z from 'zod';
import type { CampaignAudience, CampaignPlan } from '../../miniprogram/contract/campaigns';
import type { Failure } from '../../miniprogram/contract/failures';
import { daysBetween } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { DISTANCES } from '../../miniprogram/domain/outreach/campaign/audience';
import { depthOf } from '../../miniprogram/domain/offers/coupon';
import { rhythmFault } from '../../miniprogram/domain/outreach/campaign/rhythm';
import { LIFECYCLES, VALUES } from '../../miniprogram/domain/membership/types';
import { aDay, anId, someText } from '../common/entry/asks';
import { aGiftOffer, aRule } from '../common/entry/offerAsk';

const LONGEST_DAYS = 180;

const aBudget = z.number().int().min(100, '预算至少 1 元').max(100_000_000_000, '预算太大');

const aLadder = z
  .array(z.strictObject({ stage: z.enum(['awake', 'drowsy', 'dormant', 'lost']), rule: aRule }))
  .min(1, '至少要有一档优惠')
  .max(4);

export const anAudience: z.ZodType<CampaignAudience> = z.strictObject({
  lifecycles: z.array(z.enum(LIFECYCLES)).min(1, '至少选一类会员').max(LIFECYCLES.length),
  values: z.array(z.enum(VALUES)).min(1, '至少选一档价值').max(VALUES.length),
  branchIds: z.array(anId).min(1, '至少选一家门店').max(1000).nullable(),
  tags: z
    .strictObject({
      categories: z.array(someText(40).min(1)).max(20, '最多 20 个品类').optional(),
      promotion: z.boolean().optional(),
      distances: z.array(z.enum(DISTANCES)).max(DISTANCES.length).optional(),
    })
    .optional(),
});

const aRhythm = z.strictObject({
  noticeDays: z.number().int().min(0).max(14, '最多提前 14 天预告'),
  followUp: z
    .strictObject({ begins: z.enum(['onDay', 'lastDays']), days: z.number().int().min(1).max(180) })
    .nullable(),
});

/** A plan as it may come from a phone. What depends on the day is looked at by `planFault`. */
export const aPlan: z.ZodType<CampaignPlan> = z.strictObject({
  name: someText(40).min(1, '请给活动起个名字'),
  audience: anAudience,
  offer: aGiftOffer,
  ladders: z.partialRecord(z.enum(VALUES), aLadder).optional(),
  startsOn: aDay,
  endsOn: aDay,
  holdout: z.number().min(0).max(0.5, '对照组最多一半'),
  dailyCapacity: z.number().int().min(1, '每天至少 1 位').max(500, '每天最多 500 位'),
  rhythm: aRhythm.optional(),
  followUpOffer: aGiftOffer.nullable().optional(),
  waves: z
    .strictObject({ perDay: z.number().int().min(1, '每天至少 1 位').max(1_000_000) })
    .nullable()
    .optional(),
  restDays: z.number().int().min(0).max(730, '最多间隔两年').nullable().optional(),
  scripts: z
    .array(
      z.strictObject({
        lifecycle: z.enum(LIFECYCLES),
        value: z.enum(VALUES).nullable(),
        scriptIds: z.array(anId).min(1).max(5, '每层最多 5 条'),
      }),
    )
    .max(24)
    .optional(),
  budgetFen: aBudget.nullable().optional(),
  branchBudgetsFen: z.record(anId, aBudget).optional(),
});

/** Does some stage get less in the follow-up than at first? Unlike kinds of rules are HQ's to judge. */
function shallowStage({ offer, ladders, followUpOffer }: CampaignPlan): boolean {
  const firsts = [offer.ladder, ...Object.values(ladders ?? {})].flat();
  return (followUpOffer?.ladder ?? []).some((step) =>
    firsts.some(
      (first) =>
        first.stage === step.stage &&
        first.rule.kind === step.rule.kind &&
        depthOf(step.rule) < depthOf(first.rule),
    ),
  );
}

/**
 * What is wrong with the plan's days and rounds; null when nothing is. A campaign begins today or later and ends after
 * that.
 */
export function planFault(plan: CampaignPlan, today: Day): Failure | null {
  const { startsOn, endsOn, rhythm, followUpOffer } = plan;
  const wrong = (field: string, detail: string): Failure => ({
    code: 'bad-ask',
    field: `plan.${field}`,
    detail,
  });
  if (startsOn < today) return wrong('startsOn', '开始日期不能早于今天');
  if (endsOn <= startsOn) return wrong('endsOn', '结束日期要在开始日期之后');
  if (daysBetween(startsOn, endsOn) > LONGEST_DAYS) return wrong('endsOn', `活动最长 ${LONGEST_DAYS} 天`);
  const unfit = rhythmFault(plan);
  if (unfit) return wrong('rhythm', unfit);
  if (rhythm?.followUp && !followUpOffer) return wrong('followUpOffer', '请写上追加跟进给什么优惠');
  if (rhythm?.followUp && shallowStage(plan)) return wrong('followUpOffer', '追加的优惠不能比第一次的少');
  return null;
}

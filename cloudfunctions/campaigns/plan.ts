import * as z from 'zod';
import type { CampaignPlan } from '../../miniprogram/contract/campaigns';
import type { Failure } from '../../miniprogram/contract/failures';
import { daysBetween } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { LIFECYCLES, VALUES } from '../../miniprogram/domain/membership/types';
import { aDay, anId, someFen, someText } from '../common/entry/asks';

const LONGEST_DAYS = 180;

const aRule = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('percent'),
    // 1折 to 9.9折: nothing free by mistake, and no coupon that takes nothing off.
    pay: z.number().int().min(10, '最低 1 折').max(99, '最高 9.9 折'),
    minFen: someFen,
    capFen: someFen.min(1).nullable(),
  }),
  z.strictObject({ kind: z.literal('amountOff'), offFen: someFen.min(1), minFen: someFen }),
]);

/** A plan as it may come from a phone. What depends on the day is looked at by `planFault`. */
export const aPlan: z.ZodType<CampaignPlan> = z.strictObject({
  name: someText(40).min(1, '请给活动起个名字'),
  audience: z.strictObject({
    lifecycles: z.array(z.enum(LIFECYCLES)).min(1, '至少选一类会员').max(LIFECYCLES.length),
    values: z.array(z.enum(VALUES)).min(1, '至少选一档价值').max(VALUES.length),
    branchIds: z.array(anId).min(1, '至少选一家门店').max(1000).nullable(),
  }),
  offer: z.strictObject({
    title: someText(40).min(1, '请给礼包起个名字'),
    ladder: z
      .array(z.strictObject({ stage: z.enum(['awake', 'drowsy', 'dormant', 'lost']), rule: aRule }))
      .min(1, '至少要有一档优惠')
      .max(4),
    validHours: z
      .number()
      .int()
      .min(1, '至少 1 小时')
      .max(24 * 90, '最多 90 天'),
    trial: someText(60).min(1).nullable(),
  }),
  startsOn: aDay,
  endsOn: aDay,
  holdout: z.number().min(0).max(0.5, '对照组最多一半'),
  dailyCapacity: z.number().int().min(1, '每天至少 1 位').max(500, '每天最多 500 位'),
});

/** What is wrong with the plan's days; null when nothing is. A campaign begins today or later and ends after that. */
export function planFault({ startsOn, endsOn }: CampaignPlan, today: Day): Failure | null {
  const wrong = (field: string, detail: string): Failure => ({
    code: 'bad-ask',
    field: `plan.${field}`,
    detail,
  });
  if (startsOn < today) return wrong('startsOn', '开始日期不能早于今天');
  if (endsOn <= startsOn) return wrong('endsOn', '结束日期要在开始日期之后');
  if (daysBetween(startsOn, endsOn) > LONGEST_DAYS) return wrong('endsOn', `活动最长 ${LONGEST_DAYS} 天`);
  return null;
}

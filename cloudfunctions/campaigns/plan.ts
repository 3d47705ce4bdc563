import * as z from 'zod';
import type { CampaignPlan } from '../../miniprogram/contract/campaigns';
import type { Failure } from '../../miniprogram/contract/failures';
import { daysBetween } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { LIFECYCLES, VALUES } from '../../miniprogram/domain/membership/types';
import { aDay, anId, someText } from '../common/entry/asks';
import { aGiftOffer } from '../common/entry/offerAsk';

const LONGEST_DAYS = 180;

/** A plan as it may come from a phone. What depends on the day is looked at by `planFault`. */
export const aPlan: z.ZodType<CampaignPlan> = z.strictObject({
  name: someText(40).min(1, '请给活动起个名字'),
  audience: z.strictObject({
    lifecycles: z.array(z.enum(LIFECYCLES)).min(1, '至少选一类会员').max(LIFECYCLES.length),
    values: z.array(z.enum(VALUES)).min(1, '至少选一档价值').max(VALUES.length),
    branchIds: z.array(anId).min(1, '至少选一家门店').max(1000).nullable(),
  }),
  offer: aGiftOffer,
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

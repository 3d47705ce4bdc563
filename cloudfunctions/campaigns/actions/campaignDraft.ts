import type { CampaignPlan } from '../../../miniprogram/contract/campaigns';
import { addDays } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { done } from '../../../miniprogram/domain/kernel/result';
import { RETAIL_LADDER } from '../../../miniprogram/domain/offers/ladder';
import type { Action } from '../../common/entry/action';
import { nothing } from '../../common/entry/asks';

/** The first and the last day count: a campaign of 14 days that begins on the 1st ends on the 14th. */
const DAYS = 14;

/** A plan that a chain can launch as it is. @example draftOn(day('2025-03-05')).name // → '3月回归周' */
export function draftOn(today: Day): CampaignPlan {
  return {
    name: `${Number(today.slice(5, 7))}月回归周`,
    audience: { lifecycles: ['dormant', 'lost'], values: ['high', 'mid', 'low'], branchIds: null },
    offer: { title: '回归礼包', ladder: RETAIL_LADDER, validHours: 48, trial: '新品体验装一份' },
    startsOn: today,
    endsOn: addDays(today, DAYS - 1),
    holdout: 0.1,
    dailyCapacity: 20,
  };
}

export const campaignDraft: Action<Record<string, never>, CampaignPlan> = {
  who: ['hq'],
  writes: false,
  ask: nothing,
  run: ({ today }) => Promise.resolve(done(draftOn(today))),
};

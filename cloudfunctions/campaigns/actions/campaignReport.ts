import * as z from 'zod';
import type { CampaignReport, CampaignsContract } from '../../../miniprogram/contract/campaigns';
import { sumCounts } from '../../../miniprogram/domain/credit/board';
import { newcombe } from '../../../miniprogram/domain/credit/statistics/proportion';
import { WAKE_DEFINITION } from '../../../miniprogram/domain/credit/wake';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Action } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { campaignById, countCampaigns } from '../../common/store/campaigns';
import type { CampaignCounts } from '../../common/store/campaigns';
import type { CampaignDoc } from '../../common/store/documents';

type Report = CampaignsContract['campaign.report'];

/** What became of a campaign: the funnel, and wakes against the holdout. */
export function reportOf(
  { _id, plan, status }: CampaignDoc,
  counts: CampaignCounts | undefined,
): CampaignReport {
  const sums = sumCounts(counts ? [counts] : []);
  const heldOut = { members: counts?.heldOut ?? 0, woken: counts?.heldOutWoken ?? 0 };
  return {
    campaignId: _id,
    name: plan.name,
    status,
    startsOn: plan.startsOn,
    endsOn: plan.endsOn,
    counts: sums,
    followedUp: counts?.followedUp ?? 0,
    heldOut,
    lift: newcombe({ hits: sums.woken, of: sums.assigned }, { hits: heldOut.woken, of: heldOut.members }),
    definition: WAKE_DEFINITION.sentence,
  };
}

/** The report of a campaign, counted from its tasks. Two calls. */
export const campaignReport: Action<Report['ask'], Report['reply']> = {
  who: ['hq'],
  writes: false,
  ask: z.strictObject({ campaignId: anId }),
  async run(_acting, { campaignId }) {
    const [campaign, counted] = await Promise.all([campaignById(campaignId), countCampaigns([campaignId])]);
    if (!campaign) return refuse({ code: 'not-found', detail: '这个活动' });
    return done(reportOf(campaign, counted.get(campaignId)));
  },
};

import type { CampaignsContract } from '../../../miniprogram/contract/campaigns';
import { sumCounts } from '../../../miniprogram/domain/credit/board';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Action } from '../../common/entry/action';
import { nothing } from '../../common/entry/asks';
import { launchProgress } from '../../common/flows/launch';
import { countCampaigns, newestCampaigns } from '../../common/store/campaigns';

const SHOWN = 20;

/** The newest campaigns with how far each has come. Two calls. */
export const campaignList: Action<Record<string, never>, CampaignsContract['campaign.list']['reply']> = {
  who: ['hq'],
  writes: false,
  ask: nothing,
  async run() {
    const campaigns = await newestCampaigns(SHOWN);
    const counts = await countCampaigns(campaigns.map((campaign) => campaign._id));
    return done({
      campaigns: campaigns.map((campaign) => {
        const counted = counts.get(campaign._id);
        return {
          campaignId: campaign._id,
          name: campaign.plan.name,
          status: campaign.status,
          revision: campaign.revision ?? 0,
          startsOn: campaign.plan.startsOn,
          endsOn: campaign.plan.endsOn,
          counts: sumCounts(counted ? [counted] : []),
          heldOut: counted?.heldOut ?? 0,
          launch: launchProgress(campaign),
        };
      }),
    });
  },
};

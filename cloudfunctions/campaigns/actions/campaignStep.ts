import * as z from 'zod';
import type { CampaignsContract } from '../../../miniprogram/contract/campaigns';
import type { JobProgress } from '../../../miniprogram/contract/members';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Action } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { continueLaunch } from '../../common/flows/launch';
import { stopAfter } from '../../common/flows/stopwatch';
import { campaignById } from '../../common/store/campaigns';

const SECONDS_A_CALL = 4;

/** Works on a launch for a few seconds. Needs no key: doing it again is what it is for. */
export const campaignStep: Action<CampaignsContract['campaign.step']['ask'], JobProgress> = {
  who: ['hq'],
  writes: false,
  ask: z.strictObject({ campaignId: anId }),
  async run(acting, { campaignId }) {
    const campaign = await campaignById(campaignId);
    if (!campaign) return refuse({ code: 'not-found', detail: '这个活动' });
    return done(await continueLaunch(campaign, acting, stopAfter(SECONDS_A_CALL)));
  },
};

import * as z from 'zod';
import type { CampaignsContract } from '../../../miniprogram/contract/campaigns';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { actsIn, LAUNCHED, mayApprove } from '../../../miniprogram/domain/outreach/campaign/life';
import { followUpDay, launchDay } from '../../../miniprogram/domain/outreach/campaign/rhythm';
import type { Action } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { campaignById, countCampaigns } from '../../common/store/campaigns';
import { staffNamed } from '../../common/store/remembered';
import { countHq } from '../../common/store/staff';
import { launchProgress } from '../../common/flows/launch';
import { reportOf } from './campaignReport';

type Get = CampaignsContract['campaign.get'];

/** One campaign with its plan, what can be done with it, and what was. Three calls at the same time, and names kept warm. */
export const campaignGet: Action<Get['ask'], Get['reply']> = {
  who: ['hq'],
  writes: false,
  ask: z.strictObject({ campaignId: anId }),
  async run({ scope, now, today }, { campaignId }) {
    const [campaign, hqAccounts, counted] = await Promise.all([
      campaignById(campaignId),
      countHq(),
      countCampaigns([campaignId]),
    ]);
    if (!campaign) return refuse({ code: 'not-found', detail: '这个活动' });
    const { plan, status, revision = 0, submittedBy = null, history = [] } = campaign;
    const acts = actsIn(status);
    const waitsForAnother =
      acts.includes('approve') && !mayApprove({ hqAccounts, submittedBy, by: scope.staff?._id ?? '' }).ok;
    const names = await staffNamed(
      history.map((one) => one.by),
      now,
    );
    return done({
      campaignId,
      revision,
      status,
      plan,
      acts: waitsForAnother ? acts.filter((act) => act !== 'approve') : acts,
      waitsForAnother,
      launchOn: launchDay(plan),
      followUpOn: followUpDay(plan),
      history: history.map(({ act, at, by, note }) => ({ act, at, byName: names.get(by)?.name ?? '', note })),
      today,
      launch: launchProgress(campaign),
      report: LAUNCHED.includes(status) ? reportOf(campaign, counted.get(campaignId)) : null,
    });
  },
};

import * as z from 'zod';
import type { AssignmentPreview, CampaignsContract } from '../../../miniprogram/contract/campaigns';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Action } from '../../common/entry/action';
import { aPlan, planFault } from '../plan';
import { foresee } from '../previewing';
import { previewShown } from '../shown';

/** Who would get what from whom, before anything is written. */
export const campaignPreview: Action<CampaignsContract['campaign.preview']['ask'], AssignmentPreview> = {
  who: ['hq'],
  writes: false,
  ask: z.strictObject({ plan: aPlan }),
  async run(acting, { plan }) {
    const fault = planFault(plan, acting.today);
    if (fault) return refuse(fault);
    return done(previewShown(plan, await foresee(plan, acting)));
  },
};

import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { CampaignsContract } from '../../../miniprogram/contract/campaigns';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Action } from '../../common/entry/action';
import { FIRST_CURSOR } from '../../common/flows/launch';
import { campaignById } from '../../common/store/campaigns';
import { table } from '../../common/store/table';
import { aPlan, planFault } from '../plan';
import { foresee } from '../previewing';

type Launch = CampaignsContract['campaign.launch'];

/** The campaign a person's act makes: the same act names the same campaign, however often it arrives. */
function campaignIdOf(openid: string, requestKey: string): string {
  return `c${createHash('sha256').update(`${openid}\n${requestKey}`).digest('hex').slice(0, 20)}`;
}

/** Writes the campaign that was previewed, if the preview still holds; its tasks follow in `campaign.step`. */
export const campaignLaunch: Action<Launch['ask'], Launch['reply']> = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({ plan: aPlan, fingerprint: z.string().regex(/^[0-9a-f]{1,64}$/) }),
  async run(acting, { plan, fingerprint }) {
    const { scope, requestKey, now, today } = acting;
    const campaignId = campaignIdOf(scope.openid, requestKey);
    if (await campaignById(campaignId)) return done({ campaignId });
    const fault = planFault(plan, today);
    if (fault) return refuse(fault);
    const foreseen = await foresee(plan, acting);
    if (foreseen.fingerprint !== fingerprint) return refuse({ code: 'preview-stale' });
    if (foreseen.entrants.length === 0) return refuse({ code: 'campaign-empty' });
    // Taken already means the same act arrived twice at once: it is the same campaign.
    await table('campaigns').addNew({
      _id: campaignId,
      plan,
      status: 'launching',
      requestKey,
      createdBy: scope.staff?._id ?? '',
      createdAt: now,
      launch: {
        cursor: FIRST_CURSOR,
        done: 0,
        total: foreseen.entrants.length,
        loads: foreseen.loadsBefore,
        leaseUntil: 0,
      },
    });
    return done({ campaignId });
  },
};

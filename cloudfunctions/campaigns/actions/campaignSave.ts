import * as z from 'zod';
import type { CampaignsContract } from '../../../miniprogram/contract/campaigns';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { nextState } from '../../../miniprogram/domain/outreach/campaign/life';
import type { Acting, Action } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { NOT_LAUNCHED } from '../../common/flows/launch';
import { actNamed, writeAct } from '../../common/store/campaignActs';
import { campaignById } from '../../common/store/campaigns';
import type { CampaignDoc } from '../../common/store/documents';
import { table } from '../../common/store/table';
import { actOf, campaignIdOf } from '../naming';
import { aPlan } from '../plan';

type Save = CampaignsContract['campaign.save'];

const FIRST_REVISION = 1;

/** A campaign as it begins: a draft. */
export function newCampaign(acting: Acting, plan: CampaignDoc['plan']): CampaignDoc {
  return {
    _id: campaignIdOf(acting),
    plan,
    status: 'draft',
    revision: FIRST_REVISION,
    history: [{ ...actOf(acting, 'save'), status: 'draft', revision: FIRST_REVISION }],
    requestKey: acting.requestKey,
    createdBy: acting.scope.staff?._id ?? '',
    createdAt: acting.now,
    launch: NOT_LAUNCHED,
  };
}

/**
 * Keeps a draft: a new one, or changes to the one that was read. Its days are looked at when it is submitted: what is
 * half thought out can be kept. One call for a new one, two for another.
 */
export const campaignSave: Action<Save['ask'], Save['reply']> = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({
    campaignId: anId.nullable(),
    basedOn: z.number().int().min(0),
    plan: aPlan,
  }),
  async run(acting, { campaignId, basedOn, plan }) {
    if (campaignId === null) {
      const draft = newCampaign(acting, plan);
      // Taken already means that this very act has arrived before.
      await table('campaigns').addNew(draft);
      return done({ campaignId: draft._id, revision: FIRST_REVISION });
    }
    const read = await campaignById(campaignId);
    if (!read) return refuse({ code: 'not-found', detail: '这个活动' });
    const before = actNamed(read, acting.requestKey);
    if (before) return done({ campaignId, revision: before.revision });
    const next = nextState(read, 'save');
    if (!next.ok) return next;
    if ((read.revision ?? 0) !== basedOn) return refuse({ code: 'campaign-stale' });
    const written = await writeAct(read, actOf(acting, 'save'), { status: next.value, plan });
    return written
      ? done({ campaignId, revision: written.revision ?? 0 })
      : refuse({ code: 'campaign-stale' });
  },
};

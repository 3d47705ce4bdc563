import * as z from 'zod';
import type { CampaignsContract } from '../../../miniprogram/contract/campaigns';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { asksTags } from '../../../miniprogram/domain/outreach/campaign/audience';
import type { Action } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { countCells } from '../../common/flows/audience';
import { openBranches, someCategories } from '../../common/store/audience';
import { campaignById } from '../../common/store/campaigns';
import { draftOn } from './campaignDraft';

type Open = CampaignsContract['campaign.open'];

/**
 * Everything the builder begins with: the plan (a fresh draft where no campaign is named), what its audience can be
 * narrowed by, and how many members it has now. A kept campaign takes one call more, for its plan says whom to count.
 */
export const campaignOpen: Action<Open['ask'], Open['reply']> = {
  who: ['hq'],
  writes: false,
  ask: z.strictObject({ campaignId: anId.nullable() }),
  async run({ today }, { campaignId }) {
    const fresh = draftOn(today);
    const isNew = campaignId === null;
    const [campaign, categories, branches, ofFresh] = await Promise.all([
      isNew ? null : campaignById(campaignId),
      someCategories(),
      openBranches(),
      isNew ? countCells(fresh.audience) : null,
    ]);
    if (!isNew && !campaign) return refuse({ code: 'not-found', detail: '这个活动' });
    const plan = campaign?.plan ?? fresh;
    return done({
      today,
      plan,
      revision: campaign?.revision ?? 0,
      categories,
      branches: branches.map(({ _id, name }) => ({ branchId: _id, name })),
      members: ofFresh ?? (await countCells(plan.audience)),
      isAtMost: asksTags(plan.audience.tags),
    });
  },
};

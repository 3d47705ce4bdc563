import * as z from 'zod';
import type { CampaignsContract } from '../../../miniprogram/contract/campaigns';
import { done } from '../../../miniprogram/domain/kernel/result';
import { asksTags } from '../../../miniprogram/domain/outreach/campaign/audience';
import type { Action } from '../../common/entry/action';
import { countCells } from '../../common/flows/audience';
import { anAudience } from '../plan';

type Count = CampaignsContract['audience.count'];

/**
 * How many members an audience has, while it is being put together: one count by index for each field of the matrix, at
 * the same time. Tags are not in any index, so with them the number is an upper bound and says so; the preview tells the
 * exact one. Opt-outs and members who are busy or rest are left out there as well.
 */
export const audienceCount: Action<Count['ask'], Count['reply']> = {
  who: ['hq'],
  writes: false,
  ask: z.strictObject({ audience: anAudience }),
  async run(_acting, { audience }) {
    return done({ members: await countCells(audience), isAtMost: asksTags(audience.tags) });
  },
};

import * as z from 'zod';
import type { BoardsContract } from '../../../miniprogram/contract/boards';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { reportOver } from '../../common/flows/boards/report';
import { campaignKey, readReport } from '../../common/store/boards';
import { branchOnBoard } from '../../common/store/cells';
import { branchesNamed, campaignNow } from '../../common/store/remembered';
import { chooseCampaign } from '../campaigns';
import { freshly } from '../freshly';
import { BOSSES, mayExport } from '../who';

/**
 * 活动报告: what a campaign came to, and what of it is its doing; for the chain, or for one branch. Running and closed
 * campaigns alike. The chain's report is made when its board is ranked: two calls beside the scope, whatever its size.
 */
export const reportCampaign: Actions<BoardsContract>['report.campaign'] = {
  who: BOSSES,
  writes: false,
  ask: z.strictObject({ campaignId: anId.optional(), branchId: anId.optional() }),
  async run({ scope, now, today }, ask) {
    const branchId = scope.role === 'hq' ? (ask.branchId ?? null) : (ask.branchId ?? scope.branchId);
    if (scope.role !== 'hq' && (branchId === null || !scope.branchIds.includes(branchId)))
      return refuse({ code: 'other-branch' });
    const { chosen, campaigns } = await chooseCampaign(ask.campaignId, now);
    if (ask.campaignId !== undefined && !chosen) return refuse({ code: 'not-found', detail: '这个活动' });
    if (!chosen) return done({ campaigns, report: null });
    const key = campaignKey(chosen._id);
    const mayTake = mayExport(scope) ? { mayExport: true } : {};

    if (branchId === null) {
      const { report } = await freshly(
        { now, today },
        () => readReport(key),
        ({ head }) => head,
      );
      return done({ campaigns, report, ...mayTake });
    }
    const [found, campaign, branches] = await Promise.all([
      freshly(
        { now, today },
        () => branchOnBoard(branchId, { key, campaignId: chosen._id }),
        ({ head }) => head,
      ),
      campaignNow(chosen._id, now),
      branchesNamed([branchId], now),
    ]);
    if (!campaign) return done({ campaigns, report: null });
    const at = { now: found.head?.rankedAt ?? now, today };
    const report = await reportOver(campaign, found.cells, at, branches, branchId);
    return done({ campaigns, report, ...mayTake });
  },
};

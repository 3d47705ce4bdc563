import * as z from 'zod';
import type { BoardLine, BoardsContract } from '../../../miniprogram/contract/boards';
import { boardCsv } from '../../../miniprogram/domain/credit/csv';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { note } from '../../common/store/audit';
import { allPages } from '../../common/store/boards';
import { aBoard, meantBy } from '../asks';
import { chooseCampaign } from '../campaigns';
import { BOSSES, mayExport } from '../who';

/**
 * 导出: a whole board as CSV, every row of it, for whoever has the right. It holds units and numbers, no member. Who took it
 * away is written down first; asked again with the same key it is the same act. A manager gets her own branch's row only.
 */
export const exportBoard: Actions<BoardsContract>['board.export'] = {
  who: BOSSES,
  writes: true,
  ask: z.strictObject({ ...aBoard, by: z.enum(['branch', 'clerk', 'region']).optional() }),
  async run({ scope, now, today, requestKey }, { by = 'branch', ...ask }) {
    if (!mayExport(scope)) return refuse({ code: 'export-not-allowed' });
    if (scope.role !== 'hq' && by !== 'branch') return refuse({ code: 'out-of-scope' });
    const { chosen } = await chooseCampaign(ask.campaignId, now);
    const { key, period } = meantBy(ask, chosen, today);
    if (key === null || (ask.campaignId !== undefined && !chosen))
      return refuse({ code: 'not-found', detail: '这个活动' });
    const pages = await allPages(key, by);
    const rows: BoardLine[] = pages
      .flatMap((page) => page.rows)
      .filter(({ id }) => scope.role === 'hq' || scope.branchIds.includes(id));
    const staffId = scope.staff?._id ?? '';
    await note({
      _id: `export:${staffId}:${requestKey}`,
      at: now,
      what: 'export',
      staffId,
      memberId: null,
      detail: `榜单 ${period.words}（${by}），${rows.length} 行`,
    });
    return done({ fileName: `${period.words}-${today}.csv`, csv: boardCsv(rows), rows: rows.length });
  },
};

import * as z from 'zod';
import type { BoardsContract } from '../../../miniprogram/contract/boards';
import type { Actions } from '../../common/entry/action';
import { STAFF } from '../../common/entry/scope';
import { branchesNamed } from '../../common/store/remembered';
import { aBoard } from '../asks';
import { pagedBoard } from '../paged';

/** 门店榜, 区域榜: everybody on the staff may see how the branches and regions compare; her own is pinned. */
export const rankBranches: Actions<BoardsContract>['board.branches'] = {
  who: STAFF,
  writes: false,
  ask: z.strictObject({ ...aBoard, by: z.enum(['branch', 'region']).optional() }),
  async run(acting, { by = 'branch', ...ask }) {
    const { scope, now } = acting;
    const { branchId } = scope;
    if (branchId === null) return pagedBoard(acting, ask, by, null);
    const branch = async () => (await branchesNamed([branchId], now)).get(branchId);
    if (by === 'branch') {
      return pagedBoard(acting, ask, by, {
        id: branchId,
        name: async () => (await branch())?.name ?? branchId,
      });
    }
    const region = (await branch())?.region ?? '';
    return pagedBoard(
      acting,
      ask,
      by,
      region === '' ? null : { id: region, name: () => Promise.resolve(region) },
    );
  },
};

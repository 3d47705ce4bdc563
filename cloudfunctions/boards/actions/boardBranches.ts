import * as z from 'zod';
import type { BoardsContract } from '../../../miniprogram/contract/boards';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { STAFF } from '../../common/entry/scope';
import { branchesNamed } from '../../common/store/remembered';
import { boardOf } from '../board';

/** 门店榜: everybody on the staff may see how the branches compare; her own is marked. */
export const rankBranches: Actions<BoardsContract>['board.branches'] = {
  who: STAFF,
  writes: false,
  ask: z.strictObject({ campaignId: anId.optional() }),
  run({ scope, now, today }, { campaignId }) {
    return boardOf({
      campaignId: campaignId ?? null,
      by: 'branchId',
      branchId: null,
      ownId: scope.branchId,
      today,
      now,
      namesOf: (ids) => branchesNamed(ids, now),
    });
  },
};

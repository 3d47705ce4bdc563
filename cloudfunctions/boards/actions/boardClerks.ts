import * as z from 'zod';
import type { BoardsContract } from '../../../miniprogram/contract/boards';
import { refuse } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { STAFF } from '../../common/entry/scope';
import { staffNamed } from '../../common/store/remembered';
import { boardOf } from '../board';

/** 导购榜: a branch's clerks for that branch; HQ sees any branch, or all clerks of the chain. */
export const rankClerks: Actions<BoardsContract>['board.clerks'] = {
  who: STAFF,
  writes: false,
  ask: z.strictObject({ campaignId: anId.optional(), branchId: anId.optional() }),
  async run({ scope, now, today }, { campaignId, branchId }) {
    if (scope.role !== 'hq' && branchId !== undefined && branchId !== scope.branchId) {
      return refuse({ code: 'out-of-scope' });
    }
    return boardOf({
      campaignId: campaignId ?? null,
      by: 'clerkId',
      branchId: scope.role === 'hq' ? (branchId ?? null) : scope.branchId,
      ownId: scope.role === 'clerk' ? scope.staff._id : null,
      today,
      now,
      namesOf: (ids) => staffNamed(ids, now),
    });
  },
};

import * as z from 'zod';
import type { OperationsContract } from '../../../miniprogram/contract/operations';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { someFen } from '../../common/entry/asks';
import { chainToChange } from '../../common/store/chain';
import { table } from '../../common/store/table';

/** What headquarters wants to spend in a month; the last word counts. Two calls beside the caller's scope. */
export const budget: Actions<OperationsContract>['operations.budget'] = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({ monthFen: someFen.nullable() }),
  async run({ scope, now }, { monthFen }) {
    await chainToChange();
    const said = monthFen === null ? null : { monthFen, savedAt: now, savedBy: scope.staff?._id ?? '' };
    await table('chain').changeIf({ _id: 'chain' }, { budget: said });
    return done({ monthFen });
  },
};

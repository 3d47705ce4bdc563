import * as z from 'zod';
import type { SetUpContract } from '../../../miniprogram/contract/setup';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { chainToChange } from '../../common/store/chain';
import { table } from '../../common/store/table';

/** What customers read at the head of every page; the last word counts. Two calls beside the caller's scope. */
export const chainName: Actions<SetUpContract>['chain.name'] = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({
    name: z.string().trim().min(1, '先填名字').max(20, '名字最多 20 个字'),
  }),
  async run(_, { name }) {
    await chainToChange();
    await table('chain').changeIf({ _id: 'chain' }, { name });
    return done({ name });
  },
};

import type { SetUpContract } from '../../../miniprogram/contract/setup';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { nothing } from '../../common/entry/asks';
import { chainToChange, isBeingSetUp } from '../../common/store/chain';
import { table } from '../../common/store/table';

/** Nobody is led to the first steps any more; whoever ends it first is remembered. Two calls beside the caller's scope. */
export const setUpEnd: Actions<SetUpContract>['setup.end'] = {
  who: ['hq'],
  writes: true,
  ask: nothing,
  async run({ now }) {
    if (isBeingSetUp(await chainToChange()))
      await table('chain').changeIf({ _id: 'chain', 'setUp.endedAt': null }, { 'setUp.endedAt': now });
    return done({ isOpen: false });
  },
};

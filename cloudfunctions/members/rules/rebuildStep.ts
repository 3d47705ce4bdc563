import type { RulesContract } from '../../../miniprogram/contract/rules';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Action } from '../../common/entry/action';
import { nothing } from '../../common/entry/asks';
import { rebuildProgress, workPass } from '../../common/flows/rebuild';
import { stopAfter } from '../../common/flows/stopwatch';
import { chainSettings } from '../../common/store/chain';

type Ask = RulesContract['rebuild.step']['ask'];
type Reply = RulesContract['rebuild.step']['reply'];

const SECONDS_A_CALL = 8;

/** A stretch of the pass over all members. Needs no key: doing it again is what it is for. */
export const rebuildStep: Action<Ask, Reply> = {
  who: ['hq'],
  writes: false,
  ask: nothing,
  async run({ now, today }) {
    await workPass({ now, today }, stopAfter(SECONDS_A_CALL));
    return done(await rebuildProgress(await chainSettings()));
  },
};

import type { JobProgress } from '../../../miniprogram/contract/members';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Action } from '../../common/entry/action';
import { nothing } from '../../common/entry/asks';
import { settle } from '../../common/flows/settle';
import { stopAfter } from '../../common/flows/stopwatch';

const SECONDS_A_CALL = 8;

/** Places the members whose rows came in, a stretch a call. Needs no key: doing it again is what it is for. */
export const importSettle: Action<Record<string, never>, JobProgress> = {
  who: ['hq'],
  writes: false,
  ask: nothing,
  async run({ now, today }) {
    return done(await settle({ now, today }, stopAfter(SECONDS_A_CALL)));
  },
};

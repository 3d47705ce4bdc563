import * as z from 'zod';
import type { HistoryContract, Replayed } from '../../../miniprogram/contract/history';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { standOn } from '../../../miniprogram/domain/membership/history/diff';
import type { Action } from '../../common/entry/action';
import { aDay, anId } from '../../common/entry/asks';
import { pastFault } from './days';
import { knownOf, replayedOf } from './known';
import { reachedMember } from './reach';

/** Where a member stood in the evening of a past day. Six calls beside the caller's scope, seven for a clerk. */
export const memberReplay: Action<HistoryContract['member.replay']['ask'], Replayed> = {
  who: ['hq', 'manager', 'clerk'],
  writes: false,
  ask: z.strictObject({ memberId: anId, on: aDay }),
  async run({ scope, now, today }, { memberId, on }) {
    const fault = pastFault('on', on, today);
    if (fault) return refuse(fault);
    const reached = await reachedMember(scope, memberId);
    if (!reached.ok) return reached;
    const { history, versions, cuts } = await knownOf(reached.value, now);
    return done(replayedOf(standOn(history, versions, cuts, on)));
  },
};

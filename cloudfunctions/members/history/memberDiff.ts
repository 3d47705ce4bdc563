import * as z from 'zod';
import type { HistoryContract } from '../../../miniprogram/contract/history';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { diffOf, standOn } from '../../../miniprogram/domain/membership/history/diff';
import type { Action } from '../../common/entry/action';
import { aDay, anId } from '../../common/entry/asks';
import { spanFault } from './days';
import { knownOf, replayedOf } from './known';
import { reachedMember } from './reach';

type Contract = HistoryContract['member.diff'];

/** Two evenings of a member and what lay between them. Six calls beside the caller's scope, seven for a clerk. */
export const memberDiff: Action<Contract['ask'], Contract['reply']> = {
  who: ['hq', 'manager', 'clerk'],
  writes: false,
  ask: z.strictObject({ memberId: anId, from: aDay, to: aDay }),
  async run({ scope, now, today }, { memberId, from, to }) {
    const fault = spanFault(from, to, today);
    if (fault) return refuse(fault);
    const reached = await reachedMember(scope, memberId);
    if (!reached.ok) return reached;
    const { history, versions, cuts } = await knownOf(reached.value, now);
    const stand = (on: Day) => standOn(history, versions, cuts, on);
    const { because, ...sides } = diffOf(history, stand(from), stand(to));
    return done({ from: replayedOf(sides.from), to: replayedOf(sides.to), because });
  },
};

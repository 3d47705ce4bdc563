import * as z from 'zod';
import type { OperationsContract } from '../../../miniprogram/contract/operations';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { optedOut } from '../../common/store/optOuts';

const PAGE = 50;

/** Who wants no more advertising, or nothing at all, and how we know it. One call. */
export const optOutList: Actions<OperationsContract>['optOut.list'] = {
  who: ['hq'],
  writes: false,
  ask: z.strictObject({ source: z.enum(['member', 'clerk', 'import']), after: anId.nullable() }),
  async run(_, { source, after }) {
    const members = await optedOut(source, after ?? '', PAGE);
    return done({
      members: members.map(({ _id: memberId, name, phoneTail, optOut }) => ({
        memberId,
        name,
        phoneTail,
        scope: optOut?.scope ?? ('all' as const),
        at: optOut?.at ?? 0,
      })),
      next: members.length === PAGE ? (members.at(-1)?._id ?? null) : null,
    });
  },
};

import { isEqual } from 'lodash-es';
import * as z from 'zod';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { OutreachContract } from '../../../miniprogram/contract/outreach';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { OptOutScope } from '../../../miniprogram/domain/outreach/types';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { stricterConsent } from '../../common/people/united';
import { consentIs } from '../../common/people/uniting';
import { countAgain } from '../../common/store/cells';
import { endCareByOptOut } from '../../common/store/careTasks';
import { againWhenRaced } from '../../common/store/raced';
import { endHerCycle } from '../../common/store/cycles';
import { table } from '../../common/store/table';
import { taskWithMember } from '../../common/store/tasks';
import { optOutScopeOf } from '../contact';
import { reaches } from '../reach';

/**
 * The customer told her clerk not to write any more, or not to advertise. It lives on the person and can only add: what
 * she has said herself is never loosened, and a repetition changes nothing. It may be said of a finished task too. Four
 * database calls, five when she has had a care task, which ends.
 */
export const recordOptOut: Actions<OutreachContract>['optOut.record'] = {
  who: ['clerk', 'manager', 'hq'],
  writes: true,
  ask: z.strictObject({ taskId: anId, scope: z.enum(['promo', 'all']) }),
  async run(acting, ask) {
    type Said = Result<{ scope: OptOutScope }, Failure>;
    const said = await againWhenRaced(async (): Promise<Said | null> => {
      const found = await taskWithMember(ask.taskId);
      if (!found) return refuse({ code: 'not-found', detail: '这条任务' });
      const { task, member } = found;
      if (!reaches(acting.scope, task)) return refuse({ code: 'out-of-scope' });
      const told = {
        at: acting.now,
        source: 'clerk' as const,
        ...(ask.scope === 'promo' ? { scope: ask.scope } : {}),
      };
      const optOut = stricterConsent(member.optOut, told);
      const scope = optOutScopeOf({ optOut }) ?? 'all';
      const isSaid = isEqual(optOut, member.optOut);
      const standing = { _id: member._id, ...consentIs(member.optOut) };
      if (!isSaid && !(await table('members').changeIf(standing, { optOut }))) return null;
      // Said again it is asked for again, so a try that was cut off before it is set right.
      await countAgain([member._id]);
      await endCareByOptOut(member, scope, acting.now);
      // Who wants no advertising may still be cared for; who wants nothing leaves the campaign.
      if (scope === 'all') await endHerCycle(member._id, member.campaignId, acting.today);
      return done({ scope });
    });
    return said ?? refuse({ code: 'busy' });
  },
};

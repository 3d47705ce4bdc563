import * as z from 'zod';
import type { OutreachContract } from '../../../miniprogram/contract/outreach';
import type { Failure } from '../../../miniprogram/contract/failures';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import { OCCASIONS } from '../../../miniprogram/domain/outreach/care/occasions';
import type { Channel, Purpose } from '../../../miniprogram/domain/outreach/types';
import type { Acting, Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { mayKeepPhones, openPhone } from '../../common/people/phones';
import { note } from '../../common/store/audit';
import type { MemberDoc } from '../../common/store/documents';
import type { TaskAndMember } from '../../common/store/tasks';
import { passGate } from '../gate';

/** Her whole number, written to the audit before anybody sees it; null when nobody has told us one. */
async function phoneFor(acting: Acting, taskId: string, member: MemberDoc): Promise<string | null> {
  if (!member.phone || !mayKeepPhones()) return null;
  const phone = openPhone(member.phone);
  // The act names the row, so asking again for the same call is one showing.
  await note({
    _id: `${taskId}:${acting.requestKey}`,
    at: acting.now,
    what: 'phoneShown',
    staffId: acting.scope.staff?._id ?? null,
    memberId: member._id,
    detail: `${taskId} 打电话，尾号${member.phoneTail}`,
  });
  return phone;
}

/** What a call or a card is for. A care task has no card to share, for there is nothing to claim. */
function purposeOf({ task }: TaskAndMember, channel: Channel): Result<Purpose, Failure> {
  if (!task.care) return done('promo');
  return channel === 'shareCard'
    ? refuse({ code: 'care-no-gift' })
    : done(OCCASIONS[task.care.occasion].purpose);
}

/**
 * Before a call or a shared card: the same gate and the same hold as for copying. A call is answered with the whole
 * number; without a number on file, with null. Three database calls, four with the audit of a number shown.
 */
export const beginTouch: Actions<OutreachContract>['touch.begin'] = {
  who: ['clerk', 'manager', 'hq'],
  writes: true,
  // Words are held by copying them: nobody gets a hold for a text that the linter has not read.
  ask: z.strictObject({ taskId: anId, channel: z.enum(['call', 'shareCard']) }),
  async run(acting, { taskId, channel }) {
    const approach = {
      taskId,
      channel,
      purposeOf: async (found: TaskAndMember) => purposeOf(found, channel),
    };
    const passed = await passGate(acting, approach, async ({ member }) => done(member));
    if (!passed.ok) return passed;
    const { handed: member, heldUntil } = passed.value;
    const phone = channel === 'call' ? await phoneFor(acting, taskId, member) : null;
    return done({ heldUntil, phone });
  },
};

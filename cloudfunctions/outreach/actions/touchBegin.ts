import * as z from 'zod';
import type { OutreachContract } from '../../../miniprogram/contract/outreach';
import type { Failure } from '../../../miniprogram/contract/failures';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import { OCCASIONS } from '../../../miniprogram/domain/outreach/care/occasions';
import { CHANNEL_WORDS, CLERK_CHANNELS } from '../../../miniprogram/domain/outreach/types';
import type { ClerkChannel, Purpose } from '../../../miniprogram/domain/outreach/types';
import type { Acting, Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { mayKeepPhones, openPhone } from '../../common/people/phones';
import { note } from '../../common/store/audit';
import type { MemberDoc } from '../../common/store/documents';
import type { TaskAndMember } from '../../common/store/tasks';
import { passGate } from '../gate';
import { hasWay, smsFor } from '../smsWords';

/** Who dials or types an SMS needs the whole number. */
const NUMBER_FOR: Readonly<Partial<Record<ClerkChannel, string>>> = { call: '打电话', sms: '发短信' };

/** Her whole number, written to the audit before anybody sees it; null when nobody has told us one. */
async function phoneFor(
  acting: Acting,
  taskId: string,
  member: MemberDoc,
  purpose: string,
): Promise<string | null> {
  if (!member.phone || !mayKeepPhones()) return null;
  const phone = openPhone(member.phone);
  // The act names the row, so asking again for the same call is one showing.
  await note({
    _id: `${taskId}:${acting.requestKey}`,
    at: acting.now,
    what: 'phoneShown',
    staffId: acting.scope.staff?._id ?? null,
    memberId: member._id,
    detail: `${taskId} ${purpose}，尾号${member.phoneTail}`,
  });
  return phone;
}

/** What a call or a card is for. A care task has no card to share, for there is nothing to claim. */
function purposeOf({ task }: TaskAndMember, channel: ClerkChannel): Result<Purpose, Failure> {
  if (!task.care) return done('promo');
  return channel === 'shareCard' || channel === 'wecom'
    ? refuse({ code: 'care-no-gift' })
    : done(OCCASIONS[task.care.occasion].purpose);
}

/**
 * Before a call, a shared card, an SMS or a WeCom message: the same gate and the same hold as for copying. A call and an SMS are
 * answered with the whole number; without a number on file, with null. Three database calls, four with the audit of a
 * number shown; names for the SMS are kept warm for a minute.
 */
export const beginTouch: Actions<OutreachContract>['touch.begin'] = {
  who: ['clerk', 'manager', 'hq'],
  writes: true,
  // Words are held by copying them: nobody gets a hold for a text that the linter has not read.
  ask: z.strictObject({ taskId: anId, channel: z.enum(CLERK_CHANNELS).exclude(['copy']) }),
  async run(acting, { taskId, channel }) {
    if (!hasWay(channel)) return refuse({ code: 'channel-unset', detail: CHANNEL_WORDS[channel] });
    const approach = {
      taskId,
      channel,
      purposeOf: async (found: TaskAndMember) => purposeOf(found, channel),
    };
    const passed = await passGate(acting, approach, async ({ task, member }) => {
      const text = channel === 'sms' ? await smsFor(task, acting.now) : null;
      if (channel === 'sms' && text === null) return refuse({ code: 'sms-too-long' });
      return done({ member, text });
    });
    if (!passed.ok) return passed;
    const { handed, heldUntil } = passed.value;
    const purpose = NUMBER_FOR[channel];
    const phone = purpose ? await phoneFor(acting, taskId, handed.member, purpose) : null;
    const { text } = handed;
    return done({ heldUntil, phone, ...(text === null ? {} : { text }) });
  },
};

import * as z from 'zod';
import type { OutreachContract } from '../../../miniprogram/contract/outreach';
import type { Failure } from '../../../miniprogram/contract/failures';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Acting, Actions } from '../../common/entry/action';
import { aDay, anId, someText } from '../../common/entry/asks';
import { leaveCampaign } from '../../common/store/cycles';
import type { TaskDoc } from '../../common/store/documents';
import { actOnTask } from '../acts';
import { cardOf } from '../card';
import { dayAhead, dueAfterFollowUp } from '../nextDay';

type Ask = OutreachContract['followUp.record']['ask'];

/** Nobody will reach her this way again: the task ends. */
const ENDS: readonly Ask['outcome'][] = ['lostForGood', 'wrongPerson'];

function changeFor({ now, today, requestKey }: Acting, task: TaskDoc, ask: Ask): Partial<TaskDoc> {
  const { outcome, lapseReason, note, nextContactOn } = ask;
  const followUp = { outcome, lapseReason, note: note.trim(), nextContactOn, at: now, requestKey };
  return ENDS.includes(outcome)
    ? { followUp, status: 'closed' }
    : { followUp, dueOn: dueAfterFollowUp(nextContactOn, task.claimBy, today) };
}

/** What came of the contact, and when to come back to it, in one form. */
export const recordFollowUp: Actions<OutreachContract>['followUp.record'] = {
  who: ['clerk', 'manager', 'hq'],
  writes: true,
  ask: z.strictObject({
    taskId: anId,
    outcome: z.enum(['willCome', 'noReply', 'notNow', 'lostForGood', 'wrongPerson']),
    lapseReason: z.enum(['needChanged', 'badExperience', 'competitor', 'moved', 'price', 'other']).nullable(),
    note: someText(500),
    nextContactOn: aDay.nullable(),
  }),
  async run(acting, ask) {
    const task = await actOnTask(acting, ask.taskId, (read) => {
      const wrongDay: Failure | null =
        ask.nextContactOn && dayAhead('nextContactOn', ask.nextContactOn, acting.today);
      return wrongDay ? refuse(wrongDay) : done(changeFor(acting, read, ask));
    });
    if (!task.ok) return task;
    // The clerk ended it: the member is free for another campaign.
    if (task.value.status === 'closed' && task.value.campaignId)
      await leaveCampaign(task.value.memberId, task.value.campaignId, acting.today);
    return done({ card: cardOf(task.value, acting) });
  },
};

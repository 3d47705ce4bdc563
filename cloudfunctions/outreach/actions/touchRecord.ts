import * as z from 'zod';
import type { OutreachContract } from '../../../miniprogram/contract/outreach';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { STARTER_SCRIPTS } from '../../../miniprogram/domain/outreach/scripts/starter';
import type { Acting, Actions } from '../../common/entry/action';
import { anId, someText } from '../../common/entry/asks';
import { reaches } from '../reach';
import type { MemberDoc, TaskDoc, TouchDoc } from '../../common/store/documents';
import { againWhenRaced } from '../../common/store/raced';
import { table } from '../../common/store/table';
import { taskWithMember } from '../../common/store/tasks';
import { ledgerOf, rememberTouch } from '../../common/store/touches';
import { cardOf } from '../card';
import { contactRefusal } from '../contact';

type Ask = OutreachContract['touch.record']['ask'];

function touchOf({ scope, now, requestKey }: Acting, task: TaskDoc, ask: Ask): TouchDoc {
  const script = STARTER_SCRIPTS.find(({ id }) => id === ask.scriptId);
  return {
    _id: `${task._id}:${requestKey}`,
    taskId: task._id,
    memberId: task.memberId,
    clerkId: scope.staff?._id ?? '',
    clerkName: scope.staff?.name ?? '',
    branchId: scope.branchId ?? task.branchId,
    channel: ask.channel,
    purpose: script?.purpose ?? 'promo',
    scriptId: script?.id ?? null,
    scenario: script?.scenario ?? null,
    text: ask.text,
    at: now,
  };
}

/** What the touch makes of the task; null when it has made that of it already. */
function contacted(task: TaskDoc, at: number): Partial<TaskDoc> | null {
  const isNewest = (task.member.lastTouchedAt ?? 0) < at;
  const change: Partial<TaskDoc> = {
    ...(task.contactedAt === null ? { contactedAt: at } : {}),
    ...(task.status === 'open' ? { status: 'contacted' as const } : {}),
    ...(isNewest ? { member: { ...task.member, lastTouchedAt: at } } : {}),
  };
  return Object.keys(change).length > 0 ? change : null;
}

/** Brings the task up to the touch. @returns the task as it stands then, or null after three lost races */
function markContacted(read: TaskDoc, at: number): Promise<TaskDoc | null> {
  let known: TaskDoc | null = read;
  return againWhenRaced(async () => {
    const task: TaskDoc | null = known ?? (await table('tasks').find(read._id));
    known = null;
    if (!task) return null;
    const change = contacted(task, at);
    if (!change) return task;
    const { member: changedMember, ...rest } = change;
    const written = await table('tasks').changeIf(
      {
        _id: task._id,
        status: task.status,
        contactedAt: task.contactedAt,
        'member.lastTouchedAt': task.member.lastTouchedAt,
      },
      changedMember ? { ...rest, 'member.lastTouchedAt': at } : rest,
    );
    return written ? { ...task, ...change } : null;
  });
}

const withTouch = (member: MemberDoc, touch: TouchDoc) =>
  ledgerOf(member, [touch]).filter(({ at }) => at <= touch.at);

/**
 * The clerk says she reached her. It is written down even when the policy would refuse now, because it happened; the
 * answer says when the next contact is allowed. The ledger row comes first and under the act's own key, so a
 * repetition finds it, finishes whatever a lost connection cut off, and answers the same.
 */
export const recordTouch: Actions<OutreachContract>['touch.record'] = {
  who: ['clerk', 'manager', 'hq'],
  writes: true,
  ask: z.strictObject({
    taskId: anId,
    channel: z.enum(['copy', 'shareCard', 'call']),
    scriptId: anId.nullable(),
    text: someText(1000).nullable(),
  }),
  async run(acting, ask) {
    const found = await taskWithMember(ask.taskId);
    if (!found) return refuse({ code: 'not-found', detail: '这条任务' });
    const { task, member } = found;
    if (!reaches(acting.scope, task)) return refuse({ code: 'out-of-scope' });

    const told = touchOf(acting, task, ask);
    const isNew = await table('touches').addNew(told);
    const touch = isNew ? told : await table('touches').find(told._id);
    if (!touch) return refuse({ code: 'busy' });

    if (!member.touches.some(({ id }) => id === touch._id)) {
      await rememberTouch(member._id, {
        id: touch._id,
        at: touch.at,
        purpose: touch.purpose,
        answered: false,
      });
    }
    const stands = await markContacted(task, touch.at);
    if (!stands) return refuse({ code: 'busy' });

    const refusal = contactRefusal(member, withTouch(member, touch), 'promo', touch.at);
    return done({
      card: cardOf(stands, { now: acting.now, today: acting.today }),
      nextAllowedAt: refusal?.nextAllowedAt ?? null,
    });
  },
};

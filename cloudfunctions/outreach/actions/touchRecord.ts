import * as z from 'zod';
import type { OutreachContract } from '../../../miniprogram/contract/outreach';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { rulesOf } from '../../../miniprogram/domain/membership/presets';
import { OCCASIONS } from '../../../miniprogram/domain/outreach/care/occasions';
import { renderScript } from '../../../miniprogram/domain/outreach/scripts/render';
import { CLERK_CHANNELS } from '../../../miniprogram/domain/outreach/types';
import { fits, variantFor } from '../../../miniprogram/domain/outreach/scripts/smallTest';
import type { Script } from '../../../miniprogram/domain/outreach/types';
import type { Acting, Actions } from '../../common/entry/action';
import { anId, someText } from '../../common/entry/asks';
import { reaches } from '../reach';
import type { MemberDoc, TaskDoc, TouchDoc } from '../../common/store/documents';
import { chainNow } from '../../common/store/remembered';
import { scriptAsOf, scriptLibrary } from '../../common/store/scripts';
import { runningTests } from '../../common/store/scriptTests';
import { table } from '../../common/store/table';
import { taskWithMember } from '../../common/store/tasks';
import type { TaskAndMember } from '../../common/store/tasks';
import { ledgerOf, rememberTouch } from '../../common/store/touches';
import { cardOf } from '../card';
import { contactRefusal } from '../contact';
import { reasonsOf } from '../knowledge';
import { markContacted, UNDO_MS } from '../stated';
import { blanksOf, voiceOf } from '../words';

type Ask = OutreachContract['touch.record']['ask'];

/** The script the words were made of, as it is offered, or as it was before it was taken out. */
async function scriptOf(task: TaskDoc, scriptId: string | null, now: Ms): Promise<Script | null> {
  if (scriptId === null) return null;
  const offered = (await scriptLibrary(task.branchId, now)).find(({ id }) => id === scriptId);
  return offered ?? scriptAsOf(scriptId, now);
}

/** Did the clerk change the words before she sent them? */
async function isEdited(
  { now, today }: Acting,
  { task, member }: TaskAndMember,
  script: Script | null,
  text: string | null,
): Promise<boolean> {
  if (!script || text === null) return false;
  const [voice, chain] = await Promise.all([voiceOf(task, now), chainNow(now)]);
  const reasons = reasonsOf(member, chain?.rules ?? rulesOf('retail', 1), today);
  return renderScript(script.text, blanksOf(task, voice, reasons, { now, today })).text !== text;
}

/** The small test that gave her this script: she could have got either, and this one is hers. */
async function testOf(script: Script, task: TaskDoc, now: Ms): Promise<string | null> {
  const test = (await runningTests(now)).find(({ scriptIds }) => scriptIds.includes(script.id));
  if (!test || variantFor(test, task.memberId) !== script.id) return null;
  const both = (await scriptLibrary(task.branchId, now)).filter(
    (one) => test.scriptIds.includes(one.id) && fits(one, task.lifecycle, task.value),
  );
  return both.length === 2 ? test.id : null;
}

async function touchOf(acting: Acting, found: TaskAndMember, ask: Ask): Promise<TouchDoc> {
  const { scope, now, requestKey } = acting;
  const { task } = found;
  const script = await scriptOf(task, ask.scriptId, now);
  const edited = await isEdited(acting, found, script, ask.text);
  const test = script && (await testOf(script, task, now));
  return {
    _id: `${task._id}:${requestKey}`,
    taskId: task._id,
    memberId: task.memberId,
    clerkId: scope.staff?._id ?? '',
    clerkName: scope.staff?.name ?? '',
    branchId: scope.branchId ?? task.branchId,
    channel: ask.channel,
    purpose: script?.purpose ?? (task.care ? OCCASIONS[task.care.occasion].purpose : 'promo'),
    scriptId: script?.id ?? null,
    scenario: script?.scenario ?? null,
    text: ask.text,
    ...(edited ? { edited } : {}),
    ...(test === null ? {} : { test }),
    at: now,
  };
}

const withTouch = (member: MemberDoc, touch: TouchDoc) =>
  ledgerOf(member, [touch]).filter(({ at }) => at <= touch.at);

/** Remembers the touch at her, in place of the hold it came from. One call, none when it is remembered. */
async function remember(member: MemberDoc, touch: TouchDoc, held: string | null): Promise<void> {
  const { _id: id, at, purpose, clerkId } = touch;
  if (member.touches.some((each) => each.id === id)) return;
  const heldAs = held === null ? {} : { heldAs: `${touch.taskId}:${held}` };
  await rememberTouch(member._id, { id, at, purpose, answered: false, ...heldAs }, clerkId);
}

/**
 * The clerk says she reached her. It is written down even when the policy would refuse now and when the hold has run out,
 * because it happened; the answer says when the next contact is allowed. The ledger row comes first and under the act's own
 * key, so a repetition finds it, finishes whatever a lost connection cut off, and answers the same; a repetition of what
 * was taken back meanwhile changes nothing. Five database calls.
 */
export const recordTouch: Actions<OutreachContract>['touch.record'] = {
  who: ['clerk', 'manager', 'hq'],
  writes: true,
  ask: z.strictObject({
    taskId: anId,
    channel: z.enum(CLERK_CHANNELS),
    scriptId: anId.nullable(),
    text: someText(1000).nullable(),
    held: anId.nullable().optional(),
  }),
  async run(acting, ask) {
    const found = await taskWithMember(ask.taskId);
    if (!found) return refuse({ code: 'not-found', detail: '这条任务' });
    const { task, member } = found;
    if (!reaches(acting.scope, task)) return refuse({ code: 'out-of-scope' });

    const told = await touchOf(acting, found, ask);
    const isNew = await table('touches').addNew(told);
    const touch = isNew ? told : await table('touches').find(told._id);
    if (!touch) return refuse({ code: 'busy' });
    const isUndone = touch.undoneAt !== undefined;

    if (!isUndone) await remember(member, touch, ask.held ?? null);
    const stands = isUndone ? task : await markContacted(task, touch.at);
    if (!stands) return refuse({ code: 'busy' });

    const refusal = contactRefusal(member, withTouch(member, touch), 'promo', touch.at);
    return done({
      card: cardOf(stands, { now: acting.now, today: acting.today }),
      nextAllowedAt: refusal?.nextAllowedAt ?? null,
      undoUntil: touch.at + UNDO_MS,
    });
  },
};

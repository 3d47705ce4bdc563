import * as z from 'zod';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { OutreachContract } from '../../../miniprogram/contract/outreach';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import { PIN_REASON_WORDS, pinFault } from '../../../miniprogram/domain/outreach/pin';
import type { PinReason } from '../../../miniprogram/domain/outreach/pin';
import type { Acting, Actions } from '../../common/entry/action';
import { anId, someText } from '../../common/entry/asks';
import type { TaskDoc } from '../../common/store/documents';
import { actOnTask } from '../acts';
import { cardOf } from '../card';

type Ask = OutreachContract['task.pin']['ask'];

function changeFor({ scope, now }: Acting, task: TaskDoc, ask: Ask): Result<Partial<TaskDoc>, Failure> {
  const { way, reason, note } = ask;
  if (way === null) return done({ pin: null });
  if (reason === null) return refuse({ code: 'pin-unfit', detail: '请选一个原因' });
  const fault = way === 'down' && task.urged ? '店长催办的顾客不能往后放' : pinFault({ way, reason, note });
  if (fault) return refuse({ code: 'pin-unfit', detail: fault });
  const { _id: staffId, name: byName } = scope.staff ?? { _id: '', name: '' };
  return done({ pin: { way, reason, note: note.trim(), byName, staffId, at: now } });
}

/**
 * The clerk overrules the order with a reason (手动调整): for today, or until the customer was contacted. The newest word
 * counts; it stays in the task with who and when. Two database calls.
 */
export const pinTask: Actions<OutreachContract>['task.pin'] = {
  who: ['clerk', 'manager', 'hq'],
  writes: true,
  ask: z.strictObject({
    taskId: anId,
    way: z.enum(['up', 'down']).nullable(),
    reason: z.enum(Object.keys(PIN_REASON_WORDS) as [PinReason, ...PinReason[]]).nullable(),
    note: someText(60),
  }),
  async run(acting, ask) {
    const task = await actOnTask(acting, ask.taskId, (read) => changeFor(acting, read, ask));
    return task.ok ? done({ card: cardOf(task.value, acting) }) : task;
  },
};

import * as z from 'zod';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { OutreachContract } from '../../../miniprogram/contract/outreach';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { Acting, Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import type { TaskDoc, TouchDoc } from '../../common/store/documents';
import { againWhenRaced } from '../../common/store/raced';
import { table } from '../../common/store/table';
import { taskWithAll } from '../../common/store/tasks';
import { forgetTouch } from '../../common/store/touches';
import { cardOf } from '../card';
import { reaches } from '../reach';
import { setBack, UNDO_MS } from '../stated';

/** Why it cannot be taken back; null when it can, or has been. */
function objection(touch: TouchDoc, { scope, now }: Acting): Failure | null {
  if (touch.clerkId !== scope.staff?._id)
    return { code: 'undo-refused', detail: '这是同事记下的联系，请她自己撤回' };
  if (touch.undoneAt === undefined && now - touch.at > UNDO_MS)
    return { code: 'undo-refused', detail: '已经过了一分钟，记录会保留；要更正，请写在跟进结果的备注里' };
  return null;
}

async function undo(
  acting: Acting,
  taskId: string,
  touchId: string,
): Promise<Result<TaskDoc, Failure> | null> {
  const found = await taskWithAll(taskId);
  if (!found) return refuse({ code: 'not-found', detail: '这条任务' });
  const { task, member, touches } = found;
  if (!reaches(acting.scope, task)) return refuse({ code: 'out-of-scope' });
  const touch = touches.find(({ _id }) => _id === touchId);
  if (!touch) return refuse({ code: 'not-found', detail: '这条联系记录' });
  const objected = objection(touch, acting);
  if (objected) return refuse(objected);

  const undoneAt: Ms = touch.undoneAt ?? acting.now;
  if (touch.undoneAt === undefined) await table('touches').changeIf({ _id: touchId }, { undoneAt });
  if (member.touches.some(({ id }) => id === touchId)) await forgetTouch(member._id, touchId);
  const rows = touches.map((row) => (row === touch ? { ...row, undoneAt } : row));
  const stands = await setBack(task, member, rows);
  return stands && done(stands);
}

/**
 * It was not sent after all (撤回): whoever said so may take it back within a minute. The ledger keeps the row and marks
 * it; the member and the task are set back to the touches that stand. The row is marked first, so a repetition, also a
 * late one, finishes what was cut off and answers the same. Five database calls.
 */
export const undoTouch: Actions<OutreachContract>['touch.undo'] = {
  who: ['clerk', 'manager', 'hq'],
  writes: true,
  ask: z.strictObject({ taskId: anId, touch: anId }),
  async run(acting, { taskId, touch }) {
    const undone = await againWhenRaced(() => undo(acting, taskId, `${taskId}:${touch}`));
    if (!undone) return refuse({ code: 'busy' });
    return undone.ok ? done({ card: cardOf(undone.value, acting) }) : undone;
  },
};

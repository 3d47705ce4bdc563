import type { Failure } from '../../miniprogram/contract/failures';
import { done, refuse } from '../../miniprogram/domain/kernel/result';
import type { Result } from '../../miniprogram/domain/kernel/result';
import type { Acting } from '../common/entry/action';
import { reaches } from './reach';
import type { TaskDoc } from '../common/store/documents';
import { againWhenRaced } from '../common/store/raced';
import { command, table } from '../common/store/table';
import { isOver } from './contact';

/** So many acts of one task are told from repetitions; nobody retries older ones. */
const KEPT_KEYS = 12;

/**
 * One act of a clerk on one of her tasks: read, decide, write if it still stands as read.
 *
 * The act's key is kept in the task by the same write, so repeating the act finds the key and changes nothing, also
 * when the first answer was lost on the way.
 *
 * @param decide what the act changes, or why it may not be
 * @returns the task after the act
 */
export async function actOnTask(
  acting: Acting,
  taskId: string,
  decide: (task: TaskDoc) => Result<Partial<TaskDoc>, Failure>,
): Promise<Result<TaskDoc, Failure>> {
  const { scope, requestKey } = acting;
  const result = await againWhenRaced(async (): Promise<Result<TaskDoc, Failure> | null> => {
    const task = await table('tasks').find(taskId);
    if (!task) return refuse({ code: 'not-found', detail: '这条任务' });
    if (!reaches(scope, task)) return refuse({ code: 'out-of-scope' });
    if (task.acts?.includes(requestKey)) return done(task);
    if (isOver(task)) return refuse({ code: 'task-closed' });
    const decided = decide(task);
    if (!decided.ok) return decided;
    const written = await table('tasks').changeIf(
      {
        _id: taskId,
        status: task.status,
        dueOn: task.dueOn,
        'followUp.requestKey': task.followUp?.requestKey ?? null,
        acts: command().neq(requestKey),
      },
      { ...decided.value, acts: command().push({ each: [requestKey], slice: -KEPT_KEYS }) },
    );
    return written ? done({ ...task, ...decided.value }) : null;
  });
  return result ?? refuse({ code: 'busy' });
}

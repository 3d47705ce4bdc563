import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { TaskDoc, TouchDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';

/** What became of a task whose first message was this script. */
export interface ScriptOutcome {
  taskId: string;
  at: Ms;
  woken: boolean;
}

type Joined = Pick<TouchDoc, '_id' | 'taskId' | 'at'> & { tasks: TaskDoc[]; siblings: TouchDoc[] };

/**
 * Tasks whose first standing touch said this script, since an instant, with what came of them. A task counts once, for the
 * script it was begun with. One aggregation for each 1000 touches.
 */
export async function scriptOutcomes(scriptId: string, since: Ms): Promise<ScriptOutcome[]> {
  const _ = command();
  const found: ScriptOutcome[] = [];
  for (let after: { at: Ms; id: string } | null = null; ;) {
    const behind: unknown[] = [{ scriptId, undoneAt: _.exists(false), at: _.gte(after?.at ?? since) }];
    if (after) behind.push(_.or([{ at: _.gt(after.at) }, { at: after.at, _id: _.gt(after.id) }]));
    const rows: Joined[] = await table('touches').aggregate<Joined>((from) =>
      from
        .match(_.and(behind as object[]))
        .sort({ at: 1, _id: 1 })
        .limit(PAGE_LIMIT)
        .lookup({ from: 'tasks', localField: 'taskId', foreignField: '_id', as: 'tasks' })
        .lookup({ from: 'touches', localField: 'taskId', foreignField: 'taskId', as: 'siblings' }),
    );
    for (const row of rows) {
      const task = row.tasks[0];
      const isFirst = !row.siblings.some(
        (other) =>
          other.undoneAt === undefined && (other.at < row.at || (other.at === row.at && other._id < row._id)),
      );
      if (!task || task.kind === 'care' || task.arm !== 'treated' || !isFirst) continue;
      found.push({
        taskId: row.taskId,
        at: row.at,
        woken: task.wokenAt !== null,
      });
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_LIMIT) return found;
    after = { at: last.at, id: last._id };
  }
}

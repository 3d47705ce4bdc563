import type { Ms } from '../../miniprogram/domain/kernel/day';
import type { MemberDoc, TaskDoc, TouchDoc } from '../common/store/documents';
import { againWhenRaced } from '../common/store/raced';
import { table } from '../common/store/table';

/** So long a clerk may take back that she sent it. */
export const UNDO_MS = 60_000;

/** What a touch makes of the task; null when it has made that of it already. */
function contacted(task: TaskDoc, at: Ms): Partial<TaskDoc> | null {
  const isNewest = (task.member.lastTouchedAt ?? 0) < at;
  const change: Partial<TaskDoc> = {
    ...(task.contactedAt === null ? { contactedAt: at } : {}),
    ...(task.status === 'open' ? { status: 'contacted' as const } : {}),
    // What was urged has been done.
    ...(task.urged ? { urged: false } : {}),
    ...(isNewest ? { member: { ...task.member, lastTouchedAt: at } } : {}),
  };
  return Object.keys(change).length > 0 ? change : null;
}

/** Changes what the task says of its touches, if it still says what was read. One call. */
function rewrite(task: TaskDoc, change: Partial<TaskDoc>): Promise<boolean> {
  const { member, ...rest } = change;
  return table('tasks').changeIf(
    {
      _id: task._id,
      status: task.status,
      contactedAt: task.contactedAt,
      'member.lastTouchedAt': task.member.lastTouchedAt,
    },
    member ? { ...rest, 'member.lastTouchedAt': member.lastTouchedAt } : rest,
  );
}

/** Brings the task up to the touch. One call. @returns the task as it stands then, or null after three lost races */
export function markContacted(read: TaskDoc, at: Ms): Promise<TaskDoc | null> {
  let known: TaskDoc | null = read;
  return againWhenRaced(async () => {
    const task: TaskDoc | null = known ?? (await table('tasks').find(read._id));
    known = null;
    if (!task) return null;
    const change = contacted(task, at);
    if (!change) return task;
    return (await rewrite(task, change)) ? { ...task, ...change } : null;
  });
}

/**
 * What the task says of its touches when these are all that stand: set back after one was taken back. A task that ended
 * stays ended.
 *
 * @param rows the ledger of the member, all of them
 */
function withTouches(task: TaskDoc, member: Pick<MemberDoc, 'touches'>, rows: readonly TouchDoc[]): TaskDoc {
  const undone = new Set(rows.filter((row) => row.undoneAt !== undefined).map((row) => row._id));
  const standing = [
    ...member.touches.map(({ id, at }) => ({ id, at })),
    ...rows.map(({ _id, at }) => ({ id: _id, at })),
  ].filter(({ id }) => !undone.has(id));
  const ofTask = rows.filter((row) => row.taskId === task._id && !undone.has(row._id)).map(({ at }) => at);
  const latest = Math.max(...standing.map(({ at }) => at));
  return {
    ...task,
    contactedAt: ofTask.length > 0 ? Math.min(...ofTask) : null,
    status: task.status === 'contacted' && ofTask.length === 0 ? 'open' : task.status,
    member: { ...task.member, lastTouchedAt: standing.length > 0 ? latest : null },
  };
}

/** Sets the task back to the touches that stand. One call. @returns null when somebody wrote it meanwhile */
export async function setBack(
  task: TaskDoc,
  member: Pick<MemberDoc, 'touches'>,
  rows: readonly TouchDoc[],
): Promise<TaskDoc | null> {
  const stands = withTouches(task, member, rows);
  const { contactedAt, status } = stands;
  const isSo =
    contactedAt === task.contactedAt &&
    status === task.status &&
    stands.member.lastTouchedAt === task.member.lastTouchedAt;
  if (isSo) return task;
  return (await rewrite(task, { contactedAt, status, member: stands.member })) ? stands : null;
}

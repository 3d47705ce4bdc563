import { startOf } from '../../../miniprogram/domain/kernel/day';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import type { TaskDoc } from './documents';
import { command, table, PAGE_LIMIT } from './table';
import type { Condition } from './table';
import { DONE_WITH, stillRunning, WORKED_ON } from './tasks';

/** Where the manager's list goes on: behind this task. */
export interface DuePlace {
  dueOn: Day;
  taskId: string;
}
export type BranchTab = 'overdue' | 'open' | 'unassigned' | 'done';

/** One page of a branch's tasks: running ones earliest due first, finished ones latest due first. One call. */
export async function branchPage(
  branchId: string,
  tab: BranchTab,
  clerkId: string | null,
  after: DuePlace | null,
  limit: number,
  { today, now }: { today: Day; now: Ms },
): Promise<TaskDoc[]> {
  const _ = command();
  const isDone = tab === 'done';
  const whose = { overdue: null, open: _.neq(null), unassigned: _.eq(null), done: null }[tab] ?? undefined;
  const conditions: unknown[] = [
    { branchId, arm: 'treated', status: _.in(isDone ? [...DONE_WITH] : [...WORKED_ON]) },
    ...(tab === 'overdue' ? [{ dueOn: _.lt(today) }] : []),
    ...(clerkId !== null && tab !== 'unassigned' ? [{ clerkId }] : whose ? [{ clerkId: whose }] : []),
    ...(isDone ? [] : [stillRunning(today, now)]),
  ];
  if (after) {
    const behind = (value: string) => (isDone ? _.lt(value) : _.gt(value));
    const { dueOn, taskId } = after;
    conditions.push(_.or([{ dueOn: behind(dueOn) }, { dueOn: _.eq(dueOn), _id: behind(taskId) }]));
  }
  const direction = isDone ? 'desc' : 'asc';
  return table('tasks').page({
    where: _.and(conditions as object[]) as unknown as Condition<TaskDoc>,
    orderBy: [
      ['dueOn', direction],
      ['_id', direction],
    ],
    limit,
  });
}

/** What lies with one clerk of a branch; `clerkId` null = with nobody. */
export interface BranchCount {
  clerkId: string | null;
  open: number;
  overdue: number;
  contacted: number;
  due: number;
  /** whose place a clerk changed today */
  overruled: number;
}

/**
 * The running tasks of a branch, counted by clerk. Whoever was contacted counts in both sides of the execution rate, also
 * after the follow-up moved her day or closed the task; who came by herself or opted out before it asks nothing of the
 * clerk and counts in neither. One call.
 */
export async function countBranch(branchId: string, today: Day, now: Ms): Promise<BranchCount[]> {
  const _ = command();
  const $ = _.aggregate;
  const worked = $.in(['$status', [...WORKED_ON]]);
  const tally = (condition: unknown) => $.sum($.cond({ if: condition, then: 1, else: 0 }));
  const contacted = $.gt(['$contactedAt', 0]);
  const rows = await table('tasks').aggregate<Omit<BranchCount, 'clerkId'> & { _id: string | null }>((from) =>
    from
      .match(
        _.and([
          { branchId, arm: 'treated', status: _.in([...WORKED_ON, ...DONE_WITH]) },
          stillRunning(today, now),
        ]),
      )
      .group({
        _id: '$clerkId',
        open: tally(worked),
        overdue: tally($.and([worked, $.lt(['$dueOn', today])])),
        contacted: tally(contacted),
        due: tally($.or([contacted, $.and([worked, $.lte(['$dueOn', today])])])),
        overruled: tally($.gte(['$pin.at', startOf(today)])),
      })
      .limit(PAGE_LIMIT),
  );
  return rows.map(({ _id, ...counts }) => ({ clerkId: _id, ...counts }));
}

/** Tasks a manager acts on, by id: those of her branch; any for HQ (`branchId` null). One call, at most 1000 ids. */
export function branchTasksById(ids: readonly string[], branchId: string | null): Promise<TaskDoc[]> {
  return table('tasks').page({
    where: { _id: command().in([...ids]), arm: 'treated', ...(branchId === null ? {} : { branchId }) },
    orderBy: [['_id', 'asc']],
    limit: PAGE_LIMIT,
  });
}

/** So many acts of one task are told from repetitions. */
const KEPT_KEYS = 12;
const actNamed = (requestKey: string): unknown => command().push({ each: [requestKey], slice: -KEPT_KEYS });

/** Marks those of these tasks that somebody works on and that were not urged (催办) today. One call. */
export async function urgeTasks(
  ids: readonly string[],
  branchId: string | null,
  { today, now, requestKey }: { today: Day; now: Ms; requestKey: string },
): Promise<void> {
  const _ = command();
  await table('tasks').changeAll(
    _.and([
      {
        _id: _.in([...ids]),
        arm: 'treated',
        clerkId: _.neq(null),
        status: _.in([...WORKED_ON]),
        urgedOn: _.neq(today),
        ...(branchId === null ? {} : { branchId }),
      },
      stillRunning(today, now),
    ]) as unknown as Condition<TaskDoc>,
    { urged: true, urgedOn: today, acts: actNamed(requestKey) },
  );
}

/**
 * Gives tasks to a clerk, those that still lie with the one they were read with and are still worked on. One call.
 *
 * @param requestKey names the act in the task; null = the move itself is remembered elsewhere
 */
export async function giveTasks(
  ids: readonly string[],
  from: string | null,
  to: string | null,
  assignReason: string,
  requestKey: string | null,
): Promise<void> {
  const _ = command();
  await table('tasks').changeAll(
    { _id: _.in([...ids]), clerkId: from, status: _.in([...WORKED_ON]) },
    { clerkId: to, assignReason, ...(requestKey === null ? {} : { acts: actNamed(requestKey) }) },
  );
}

/** A clerk's running tasks that somebody has to do for her. */
export interface OnHer {
  /** only untouched ones that fall due until the end of this day; null = all that are worked on */
  openUntil: Day | null;
  today: Day;
  now: Ms;
}
function onHer(clerkId: string, { openUntil, today, now }: OnHer): Condition<TaskDoc> {
  const _ = command();
  const which =
    openUntil === null
      ? { clerkId, status: _.in([...WORKED_ON]) }
      : { clerkId, status: 'open', dueOn: _.lte(openUntil) };
  return _.and([which, stillRunning(today, now)]) as unknown as Condition<TaskDoc>;
}
/** One call. */
export function countOnHer(clerkId: string, ask: OnHer): Promise<number> {
  return table('tasks').count(onHer(clerkId, ask));
}
/** The earliest due of them, with what decides who gets them. One call. */
export function tasksOnHer(clerkId: string, ask: OnHer, limit: number): Promise<TaskDoc[]> {
  return table('tasks').page({
    where: onHer(clerkId, ask),
    orderBy: [
      ['dueOn', 'asc'],
      ['_id', 'asc'],
    ],
    limit,
    fields: ['memberId', 'branchId', 'dueOn'],
  });
}

/** How many running tasks lie with each of these clerks. One call. */
export async function runningLoads(
  clerkIds: readonly string[],
  today: Day,
  now: Ms,
): Promise<Record<string, number>> {
  const _ = command();
  const rows = await table('tasks').aggregate<{ _id: string; tasks: number }>((from) =>
    from
      .match(
        _.and([{ clerkId: _.in([...clerkIds]), status: _.in([...WORKED_ON]) }, stillRunning(today, now)]),
      )
      .group({ _id: '$clerkId', tasks: _.aggregate.sum(1) })
      .limit(PAGE_LIMIT),
  );
  return Object.fromEntries(rows.map(({ _id, tasks }) => [_id, tasks]));
}

/** How many tasks of these branches an act has moved. One call over their running tasks. */
export function countMovedBy(branchIds: readonly string[], requestKey: string): Promise<number> {
  const _ = command();
  return table('tasks').count({
    branchId: _.in([...branchIds]),
    status: _.in([...WORKED_ON]),
    acts: requestKey,
  });
}

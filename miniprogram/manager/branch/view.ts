import { exactCount } from '../../components/stat-tile/count';
import type { BranchContract, BranchTask, ClerkLoad } from '../../contract/branch';
import { rateOf, rateText } from '../../domain/credit/board';
import { spokenDay } from '../../domain/kernel/day';
import type { Day } from '../../domain/kernel/day';

export type Reply = BranchContract['branch.tasks']['reply'];
export type Tab = BranchContract['branch.tasks']['ask']['tab'];

export interface HeadShown {
  branchName: string;
  overdue: string;
  isLate: boolean;
  execution: string;
  fraction: string;
  tabs: { id: Tab; word: string; count: string; isLate: boolean }[];
}

/** The branch in three numbers. @example headShown(reply).fraction // → '已联系 12/20' */
export function headShown({ branchName, counts, clerks }: Reply, picked = ''): HeadShown {
  // While one clerk is looked at, the tabs count what they show: hers.
  const hers = clerks.find((one) => one.clerkId === picked) ?? counts;
  const contacted = clerks.reduce((sum, one) => sum + one.execution.contacted, 0);
  const due = clerks.reduce((sum, one) => sum + one.execution.due, 0);
  const late = counts.overdue > 0;
  return {
    branchName,
    overdue: exactCount(counts.overdue),
    isLate: late,
    execution: rateText(rateOf(contacted, due)),
    fraction: `已联系 ${exactCount(contacted)}/${exactCount(due)}`,
    tabs: [
      { id: 'overdue', word: '逾期', count: exactCount(hers.overdue), isLate: hers.overdue > 0 },
      { id: 'open', word: '进行中', count: exactCount(hers.open), isLate: false },
      {
        id: 'unassigned',
        word: '未分配',
        count: exactCount(counts.unassigned),
        isLate: counts.unassigned > 0,
      },
      { id: 'done', word: '已完成', count: '', isLate: false },
    ],
  };
}

export interface ClerkShown {
  clerkId: string;
  name: string;
  on: boolean;
  /** 0 to 100, the fullest hands being 100; the overdue part of it */
  bar: number;
  lateBar: number;
  counts: string;
  execution: string;
  mark: string;
  /** may be given work now */
  fit: boolean;
  /** hers to manage: on leave, handing over */
  atWork: boolean;
  isAway: boolean;
  spoken: string;
}

/** The clerks with their loads side by side. `picked`: whose tasks are looked at. */
export function clerksShown(clerks: readonly ClerkLoad[], picked: string): ClerkShown[] {
  const most = clerks.reduce((top, one) => Math.max(top, one.open), 1);
  return clerks.map((one) => {
    const counts = one.overdue ? `在手 ${one.open} · 逾期 ${one.overdue}` : `在手 ${one.open}`;
    const { contacted, due } = one.execution;
    const mark = one.awayUntil
      ? `请假到${spokenDay(one.awayUntil).replace(/^\d+年/, '')}`
      : one.atWork
        ? ''
        : '已不在店 · 待交接';
    return {
      clerkId: one.clerkId,
      name: one.name,
      on: one.clerkId === picked,
      bar: Math.round((100 * one.open) / most),
      lateBar: Math.round((100 * one.overdue) / most),
      counts,
      execution: `${due ? `执行率 ${contacted}/${due}` : '还没有到期的'}${one.overruled ? ` · 今天手动调了${one.overruled}位` : ''}`,
      mark,
      fit: one.atWork && one.awayUntil === null,
      atWork: one.atWork,
      isAway: one.awayUntil !== null,
      spoken: `${one.name}，${counts}${mark ? `，${mark}` : ''}，查看她的任务`,
    };
  });
}

export interface RowShown {
  taskId: string;
  name: string;
  tail: string;
  lifecycle: string;
  value: string;
  clerk: string;
  due: string;
  isLate: boolean;
  state: string;
  urged: boolean;
  why: string;
  on: boolean;
  /** a finished one can only be looked at */
  isRunning: boolean;
}

const STATES: Partial<Record<BranchTask['status'], string>> = {
  contacted: '已联系',
  woken: '已唤醒',
  closed: '已结束',
};

/** One line of the list. @example rowShown(task, today, false).due // → '逾期 3 天' */
export function rowShown(task: BranchTask, today: Day, on: boolean): RowShown {
  const isRunning = task.status === 'open' || task.status === 'contacted';
  const due = task.dueOn === today ? '今天到期' : `${spokenDay(task.dueOn).replace(/^\d+年/, '')}到期`;
  return {
    taskId: task.taskId,
    name: task.name,
    tail: task.phoneTail,
    lifecycle: task.lifecycle,
    value: task.value,
    clerk: task.clerkId === null ? '还没有导购' : task.clerkName,
    due: task.overdueDays ? `逾期 ${task.overdueDays} 天` : isRunning ? due : '',
    isLate: task.overdueDays > 0,
    state: STATES[task.status] ?? '',
    urged: task.urged && isRunning,
    why: task.whyNow,
    on,
    isRunning,
  };
}

/** What an empty tab says. */
export const EMPTY: Record<Tab, string> = {
  overdue: '没有逾期的任务，大家都跟上了。',
  open: '现在没有进行中的任务。总部下发活动后，任务会出现在这里。',
  unassigned: '每个任务都有人负责。',
  done: '还没有完成的任务。顾客回来后会出现在这里。',
};

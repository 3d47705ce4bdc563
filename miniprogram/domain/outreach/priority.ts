import { daysBetween } from '../kernel/day';
import type { Day } from '../kernel/day';
import type { Lifecycle } from '../membership/types';
import type { Priority, PriorityFact, TaskStatus, TaskTab } from './types';

interface PriorityRow {
  when: (fact: PriorityFact, today: Day) => boolean;
  points: number;
  reason: (fact: PriorityFact, today: Day) => string;
}

const isAt =
  (lifecycle: Lifecycle): PriorityRow['when'] =>
  (fact) =>
    fact.lifecycle === lifecycle;

/**
 * What lifts a task on the clerk's list, strongest first. The upper rows are doubled so that each outweighs all below
 * it together: urging wins over everything, and coldness only decides between equals. The colder a member, the less
 * a message can do, so colder means less.
 */
const ROWS: readonly PriorityRow[] = [
  { when: (f) => f.urged, points: 640, reason: () => '店长催办' },
  { when: (f) => f.claimedUnused, points: 320, reason: () => '礼包领了还没用' },
  {
    when: (f, today) => f.dueOn < today,
    points: 160,
    reason: (f, today) => `逾期${daysBetween(f.dueOn, today)}天`,
  },
  { when: (f) => f.value === 'high', points: 80, reason: () => '高价值' },
  { when: (f) => f.value === 'mid', points: 40, reason: () => '中价值' },
  { when: (f) => f.openedUnclaimed, points: 20, reason: () => '看过礼包还没领' },
  { when: isAt('orderUnpaid'), points: 15, reason: () => '有一单还没付款' },
  { when: isAt('visitedNoOrder'), points: 12, reason: () => '来过还没买' },
  { when: isAt('oneOrderOnly'), points: 10, reason: () => '只买过一次' },
  { when: isAt('drowsy'), points: 8, reason: () => '刚开始变冷，容易请回来' },
  { when: isAt('dormant'), points: 4, reason: () => '已经沉睡' },
  { when: isAt('lost'), points: 2, reason: () => '流失已久' },
];

/**
 * Where a task stands on the clerk's list, and why. Reasons come strongest first.
 *
 * @example priorityOf({ urged: true, value: 'high', … }, today) // → { score: 728, reasons: ['店长催办', '高价值', '刚开始变冷，容易请回来'] }
 */
export function priorityOf(fact: PriorityFact, today: Day): Priority {
  if (fact.redeemed) return { score: 0, reasons: ['礼包已经用了，等收银系统回传订单'] };
  const rows = ROWS.filter((row) => row.when(fact, today));
  return {
    score: rows.reduce((sum, row) => sum + row.points, 0),
    reasons: rows.map((row) => row.reason(fact, today)),
  };
}

/**
 * The tab a task lies under. A task keeps its tab while it is open or contacted, by the day it falls due; woken,
 * closed and held-out ones are done with.
 *
 * @example tabOf({ status: 'open', dueOn: day('2025-03-04') }, day('2025-03-05')) // → 'overdue'
 */
export function tabOf(task: { status: TaskStatus; dueOn: Day }, today: Day): TaskTab {
  if (task.status !== 'open' && task.status !== 'contacted') return 'done';
  if (task.dueOn === today) return 'today';
  return task.dueOn < today ? 'overdue' : 'upcoming';
}

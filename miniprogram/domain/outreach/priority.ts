import { daysBetween, spokenDay } from '../kernel/day';
import type { Day } from '../kernel/day';
import type { Lifecycle } from '../membership/types';
import type { Priority, PriorityFact, TaskStatus, TaskTab } from './types';

interface PriorityRow {
  when: (fact: PriorityFact, today: Day) => boolean;
  points: number;
  reason: (fact: PriorityFact, today: Day) => string;
  /** what would bring the row about, said of a task it does not lift yet; missing = nothing a day can bring */
  would?: (fact: PriorityFact, today: Day) => string | null;
}

const isAt =
  (lifecycle: Lifecycle): PriorityRow['when'] =>
  (fact) =>
    fact.lifecycle === lifecycle;

/**
 * What lifts a task on the clerk's list, strongest first. The upper rows are doubled so that each outweighs all below
 * it together: urging wins over everything, then the clerk's own word, and coldness only decides between equals. The
 * colder a member, the less a message can do, so colder means less.
 */
const ROWS: readonly PriorityRow[] = [
  { when: (f) => f.urged, points: 1280, reason: () => '店长催办', would: () => '店长催办，会排到最前' },
  {
    when: (f) => f.pinned === 'up',
    points: 640,
    reason: (f) => `你排到前面：${f.pinnedFor ?? ''}`,
    would: () => '你可以自己往前排，写明原因，当天有效',
  },
  {
    when: (f) => f.claimedUnused,
    points: 320,
    reason: () => '礼包领了还没用',
    would: () => '她领了礼包，会往前很多',
  },
  {
    when: (f, today) => f.dueOn < today,
    points: 160,
    reason: (f, today) => `逾期${daysBetween(f.dueOn, today)}天`,
    would: (f, today) =>
      f.dueOn === today ? '今天没联系上，明天起算逾期，会往前' : `过了${spokenDay(f.dueOn)}还没联系，会往前`,
  },
  { when: (f) => f.value === 'high', points: 80, reason: () => '高价值' },
  { when: (f) => f.value === 'mid', points: 40, reason: () => '中价值' },
  {
    when: (f) => f.openedUnclaimed,
    points: 20,
    reason: () => '看过礼包还没领',
    // Who has claimed has long opened it.
    would: (f) => (f.claimedUnused ? null : '她打开礼包看看，会往前一点'),
  },
  { when: isAt('orderUnpaid'), points: 15, reason: () => '有一单还没付款' },
  { when: isAt('visitedNoOrder'), points: 12, reason: () => '来过还没买' },
  { when: isAt('oneOrderOnly'), points: 10, reason: () => '只买过一次' },
  { when: isAt('drowsy'), points: 8, reason: () => '刚开始变冷，容易请回来' },
  { when: isAt('dormant'), points: 4, reason: () => '已经沉睡' },
  { when: isAt('lost'), points: 2, reason: () => '流失已久' },
];

/** The clerk put her behind the others. Urging is the manager's word and stands above it. */
const isPutBack = (fact: PriorityFact): boolean => fact.pinned === 'down' && !fact.urged;

/**
 * Where a task stands on the clerk's list, and why. Reasons come strongest first.
 *
 * @example priorityOf({ urged: true, value: 'high', … }, today) // → { score: 1368, reasons: ['店长催办', '高价值', '刚开始变冷，容易请回来'] }
 */
export function priorityOf(fact: PriorityFact, today: Day): Priority {
  if (fact.redeemed) return { score: 0, reasons: ['礼包已经用了，等收银系统回传订单'] };
  const rows = ROWS.filter((row) => row.when(fact, today));
  const reasons = rows.map((row) => row.reason(fact, today));
  if (isPutBack(fact)) return { score: 1, reasons: [`你放到后面：${fact.pinnedFor ?? ''}`, ...reasons] };
  return { score: rows.reduce((sum, row) => sum + row.points, 0), reasons };
}

/**
 * What would change the place of a task, strongest first: the rows that do not lift it yet, and what ends it. Empty for
 * one on which nothing is left to do.
 *
 * @example whatWouldMove({ urged: true, claimedUnused: false, dueOn: today, … }, today)
 * // → ['你可以自己往前排，写明原因，当天有效', '她领了礼包，会往前很多', '今天没联系上，明天起算逾期，会往前', …]
 */
export function whatWouldMove(fact: PriorityFact, today: Day): string[] {
  if (fact.redeemed) return [];
  const isPinned = fact.pinned !== undefined && fact.pinned !== null;
  const up = ROWS.filter((row) => row.would && !row.when(fact, today))
    .filter((row) => !(isPinned && row.points === 640))
    .map((row) => row.would?.(fact, today) ?? null)
    .filter((sentence) => sentence !== null);
  const own = isPinned ? ['联系过，或过了今天，你的调整就不再算，照规则排'] : [];
  return [...own, ...up, '联系并记下跟进，换到下次联系那天；她回来消费，这条就完成'];
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

import type { Day } from '../kernel/day';
import type { ClerkLoads, TaskStatus } from './types';

/** A clerk who can take over work. */
export interface Colleague {
  clerkId: string;
  /** every branch she works in */
  branchIds: readonly string[];
}

/** Something that changes hands: a task, or a member. */
export interface Handed {
  id: string;
  /** where a colleague has to work to take it; null = nobody can be told */
  branchId: string | null;
  /** who takes it if she works there, whatever she has in hand already */
  prefers?: string | null;
}

export interface HandMove {
  id: string;
  /** null = nobody works there: the branch manager settles it */
  clerkId: string | null;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Shares work out among colleagues: to whom it belongs by preference, else to the one with least in hand in that branch;
 * of equals to the one whose id comes first. Things are taken by id, so the same things, colleagues and loads always give
 * the same answer. `loads` is not changed.
 *
 * @example shareOut([{ id: 't1', branchId: 'B1' }], [anna, bea], { anna: 4, bea: 3 }) // → [{ id: 't1', clerkId: 'bea' }]
 */
export function shareOut(
  things: readonly Handed[],
  colleagues: readonly Colleague[],
  loads: ClerkLoads,
): HandMove[] {
  const running = { ...loads };
  const inHand = ({ clerkId }: Colleague): number => running[clerkId] ?? 0;
  const ordered = [...colleagues].sort((a, b) => byText(a.clerkId, b.clerkId));
  return [...things]
    .sort((a, b) => byText(a.id, b.id))
    .map(({ id, branchId, prefers }) => {
      const there = ordered.filter((one) => branchId !== null && one.branchIds.includes(branchId));
      const taker =
        there.find((one) => one.clerkId === prefers) ??
        there.reduce<Colleague | null>(
          (least, one) => (least === null || inHand(one) < inHand(least) ? one : least),
          null,
        );
      if (taker) running[taker.clerkId] = inHand(taker) + 1;
      return { id, clerkId: taker?.clerkId ?? null };
    });
}

/** Whether somebody who is away until the end of `until` is away on that day. @example isAway(null, today) // → false */
export function isAway(until: Day | null | undefined, on: Day): boolean {
  return until !== null && until !== undefined && until >= on;
}

/** A task that is to go to another clerk, as far as that decides. */
export interface RegroupFact {
  status: TaskStatus;
  branchId: string | null;
  clerkId: string | null;
}

/**
 * Why a task cannot go to a colleague (改派), in words for the manager; null when it can. Only what is still being worked
 * on moves, and only within the branch it belongs to.
 *
 * @example regroupFault({ status: 'woken', branchId: 'B1', clerkId: 'c1' }, bea) // → '这条任务已经结束'
 */
export function regroupFault(task: RegroupFact, to: Colleague): string | null {
  if (task.status !== 'open' && task.status !== 'contacted') return '这条任务已经结束';
  if (task.clerkId === to.clerkId) return '本来就在她名下';
  if (task.branchId === null || !to.branchIds.includes(task.branchId)) return '她不在这条任务所属的门店';
  return null;
}

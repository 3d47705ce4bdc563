import type { ClerkLoad } from '../../../miniprogram/contract/branch';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { isAway } from '../../../miniprogram/domain/outreach/regroup';
import type { StaffDoc } from '../../common/store/documents';
import type { BranchCount } from '../../common/store/branchTasks';

/** How one clerk of the branch stands. `atWork`: she works in this branch today. */
export function loadOf(
  clerk: Pick<StaffDoc, '_id' | 'name' | 'awayUntil'>,
  count: BranchCount | undefined,
  today: Day,
  atWork: boolean,
): ClerkLoad {
  const until = clerk.awayUntil ?? null;
  return {
    clerkId: clerk._id,
    name: clerk.name,
    open: count?.open ?? 0,
    overdue: count?.overdue ?? 0,
    overruled: count?.overruled ?? 0,
    execution: { contacted: count?.contacted ?? 0, due: count?.due ?? 0 },
    awayUntil: isAway(until, today) ? until : null,
    atWork,
  };
}

/**
 * The clerks of a branch, most overdue first, then by name. Behind those at work stand those who have left and still hold
 * tasks of the branch, so that nothing lies where nobody looks.
 */
export function loadsOf(
  clerks: readonly StaffDoc[],
  counts: readonly BranchCount[],
  others: ReadonlyMap<string, StaffDoc>,
  today: Day,
): ClerkLoad[] {
  const byId = new Map(counts.map((count) => [count.clerkId, count]));
  const here = new Set(clerks.map((clerk) => clerk._id));
  const gone = counts.flatMap(({ clerkId, open }): ClerkLoad[] => {
    if (clerkId === null || here.has(clerkId) || open === 0) return [];
    const known = others.get(clerkId) ?? { _id: clerkId, name: clerkId };
    return [loadOf(known, byId.get(clerkId), today, false)];
  });
  return [...clerks.map((clerk) => loadOf(clerk, byId.get(clerk._id), today, true)), ...gone].sort(
    (a, b) =>
      Number(b.atWork) - Number(a.atWork) ||
      b.overdue - a.overdue ||
      (a.clerkId < b.clerkId ? -1 : a.clerkId > b.clerkId ? 1 : 0),
  );
}

import { stableHash } from '../kernel/stableHash';
import { dueDay, totalLoad } from './clerkDays';
import type { AssignableClerk, Assignment, AssignmentCandidate, AssignmentRule, ClerkLoads } from './types';

export type NamedClerk = AssignableClerk & { name: string; branchName: string };

interface Choice {
  clerk: NamedClerk;
  rule: AssignmentRule;
  reason: string;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function groupBy(
  clerks: readonly NamedClerk[],
  keyOf: (clerk: NamedClerk) => string,
): Map<string, NamedClerk[]> {
  const groups = new Map<string, NamedClerk[]>();
  for (const clerk of [...clerks].sort(
    (a, b) => byText(a.clerkId, b.clerkId) || byText(a.branchId, b.branchId),
  )) {
    const group = groups.get(keyOf(clerk));
    if (group) group.push(clerk);
    else groups.set(keyOf(clerk), [clerk]);
  }
  return groups;
}

/** The least loaded of a branch; of equals the one whose id comes first. */
function leastLoaded(clerks: readonly NamedClerk[] | undefined, loads: ClerkLoads): NamedClerk | null {
  let least: NamedClerk | null = null;
  for (const clerk of clerks ?? [])
    if (least === null || totalLoad(loads, clerk.clerkId) < totalLoad(loads, least.clerkId)) least = clerk;
  return least;
}

/**
 * Gives members to clerks (下发), each with a printed reason:
 * her own clerk (专属导购) → the clerk who served her last, if she still works in that branch → the least loaded clerk
 * of the branch that served her last → of her home branch → nobody, for the branch manager to settle.
 *
 * Deterministic: members are taken by id, equal clerks by id. Nothing but `loads` is carried from member to member, so
 * candidates may come in id-ordered pages, each call getting the loads the one before returned, with the same answers.
 * Days: see `clerkDays.ts`. `loads` is not changed; the answer holds the new ones.
 *
 * @param dailyCapacity contacts a clerk makes in one working day, a whole number of at least 1
 * @throws RangeError on any other capacity
 */
export function assignTasks(
  candidates: readonly AssignmentCandidate[],
  clerks: readonly NamedClerk[],
  loads: ClerkLoads,
  dailyCapacity: number,
): { assignments: Assignment[]; loads: ClerkLoads } {
  if (!Number.isInteger(dailyCapacity) || dailyCapacity < 1)
    throw new RangeError(`dailyCapacity must be a whole number of at least 1, not ${dailyCapacity}`);
  const byId = groupBy(clerks, (clerk) => clerk.clerkId);
  const byBranch = groupBy(clerks, (clerk) => clerk.branchId);
  const running: ClerkLoads = { ...loads };

  const choose = (member: AssignmentCandidate): Choice | null => {
    const { ownerClerkId, lastClerkId, lastBranchId, homeBranchId } = member;
    const owned = ownerClerkId === null ? undefined : byId.get(ownerClerkId);
    // An owner who works in two branches meets her customer where that customer last bought.
    const owner =
      owned?.find((one) => one.branchId === lastBranchId) ??
      owned?.find((one) => one.branchId === homeBranchId) ??
      owned?.[0];
    if (owner) return { clerk: owner, rule: 'owner', reason: `${owner.name}是这位会员的专属导购` };

    const served = lastClerkId === null ? undefined : byId.get(lastClerkId);
    const server = lastBranchId === null ? served?.[0] : served?.find((one) => one.branchId === lastBranchId);
    if (server)
      return {
        clerk: server,
        rule: 'lastServed',
        reason: `上次由${server.name}接待，现在仍在${server.branchName}`,
      };

    for (const [branchId, what] of [
      [lastBranchId, '上次消费的门店'],
      [homeBranchId, '所属门店'],
    ] as const) {
      const clerk = branchId === null ? null : leastLoaded(byBranch.get(branchId), running);
      if (clerk === null) continue;
      const open = totalLoad(running, clerk.clerkId);
      const reason = `${what}${clerk.branchName}里${clerk.name}手上的任务最少（${open}个）`;
      return { clerk, rule: 'leastLoaded', reason };
    }
    return null;
  };

  const assignments = [...candidates]
    .sort((a, b) => byText(a.memberId, b.memberId))
    .map((member): Assignment => {
      const choice = choose(member);
      if (choice === null)
        return {
          memberId: member.memberId,
          clerkId: null,
          branchId: member.lastBranchId ?? member.homeBranchId,
          rule: 'nobody',
          reason: '上次消费的门店和所属门店都没有在岗导购，请店长安排',
          dueInDays: 0,
        };
      const { clerk, rule, reason } = choice;
      const dueInDays = dueDay(running, clerk.clerkId, member.value === 'high', dailyCapacity);
      return {
        memberId: member.memberId,
        clerkId: clerk.clerkId,
        branchId: clerk.branchId,
        rule,
        reason,
        dueInDays,
      };
    });
  return { assignments, loads: running };
}

/**
 * A short text that tells whether two sets of facts are the same, whatever order they come in; 16 hex digits. A preview
 * keeps it, and the commit refuses when it has changed meanwhile.
 *
 * @example fingerprintOf(['a', 'b']) === fingerprintOf(['b', 'a']) // → true
 */
export function fingerprintOf(parts: readonly string[]): string {
  // Lengths in front, so that ['ab', 'c'] and ['a', 'bc'] differ.
  const whole = [...parts]
    .sort(byText)
    .map((part) => `${part.length}:${part}`)
    .join('\u0000');
  const half = (salt: string): string => stableHash(`${salt}\u0000${whole}`).toString(16).padStart(8, '0');
  return half('fingerprint-1') + half('fingerprint-2');
}

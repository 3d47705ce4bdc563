import { stableHash } from '../kernel/stableHash';
import { dueDay, totalLoad } from './clerkDays';
import type { AssignableClerk, Assignment, AssignmentCandidate, AssignmentRule, ClerkLoads } from './types';

export type NamedClerk = AssignableClerk & { name: string; branchName: string };

/** Where a member belongs: to one clerk by name, or to whoever of a branch has least in hand. */
export interface Route {
  branchId: string;
  rule: AssignmentRule;
  /** null = the least loaded of the branch */
  clerk: NamedClerk | null;
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

/** The clerks of a chain made ready for many questions. */
export interface ClerkBook {
  byId: ReadonlyMap<string, readonly NamedClerk[]>;
  byBranch: ReadonlyMap<string, readonly NamedClerk[]>;
}

export function clerkBook(clerks: readonly NamedClerk[]): ClerkBook {
  return {
    byId: groupBy(clerks, (clerk) => clerk.clerkId),
    byBranch: groupBy(clerks, (clerk) => clerk.branchId),
  };
}

/** The least loaded of a branch; of equals the one whose id comes first. */
function leastLoaded(clerks: readonly NamedClerk[] | undefined, loads: ClerkLoads): NamedClerk | null {
  let least: NamedClerk | null = null;
  for (const clerk of clerks ?? [])
    if (least === null || totalLoad(loads, clerk.clerkId) < totalLoad(loads, least.clerkId)) least = clerk;
  return least;
}

/**
 * Where a member belongs, whatever anybody has in hand: her own clerk (专属导购) → the clerk who served her last, if she
 * still works in that branch → the branch that served her last → her home branch; null = nobody can take her.
 */
export function routeOf(member: AssignmentCandidate, { byId, byBranch }: ClerkBook): Route | null {
  const { ownerClerkId, lastClerkId, lastBranchId, homeBranchId } = member;
  const owned = ownerClerkId === null ? undefined : byId.get(ownerClerkId);
  // An owner who works in two branches meets her customer where that customer last bought.
  const owner =
    owned?.find((one) => one.branchId === lastBranchId) ??
    owned?.find((one) => one.branchId === homeBranchId) ??
    owned?.[0];
  if (owner)
    return {
      branchId: owner.branchId,
      clerk: owner,
      rule: 'owner',
      reason: `${owner.name}是这位会员的专属导购`,
    };

  const served = lastClerkId === null ? undefined : byId.get(lastClerkId);
  const server = lastBranchId === null ? served?.[0] : served?.find((one) => one.branchId === lastBranchId);
  if (server)
    return {
      branchId: server.branchId,
      clerk: server,
      rule: 'lastServed',
      reason: `上次由${server.name}接待，现在仍在${server.branchName}`,
    };

  for (const [branchId, what] of [
    [lastBranchId, '上次消费的门店'],
    [homeBranchId, '所属门店'],
  ] as const) {
    const [there] = (branchId === null ? undefined : byBranch.get(branchId)) ?? [];
    if (branchId !== null && there)
      return { branchId, clerk: null, rule: 'leastLoaded', reason: `${what}${there.branchName}里` };
  }
  return null;
}

/**
 * Gives one member who has somewhere to belong to her clerk (下发), with a printed reason, and counts it in `loads`. Of equal
 * clerks the one whose id comes first, and nothing but `loads` is carried from member to member: so members taken by id get the
 * same clerks in one go and in pages. Days: see `clerkDays.ts`.
 *
 * @param wave the first day she may fall due on, counted from the start
 */
export function giveTo(
  member: AssignmentCandidate,
  route: Route,
  book: ClerkBook,
  loads: ClerkLoads,
  dailyCapacity: number,
  wave = 0,
): Assignment {
  const { branchId, rule } = route;
  const clerk = route.clerk ?? leastLoaded(book.byBranch.get(branchId), loads);
  if (clerk === null) throw new Error(`a route to a branch without clerks: ${branchId}`);
  const reason =
    route.clerk === null
      ? `${route.reason}${clerk.name}手上的任务最少（${totalLoad(loads, clerk.clerkId)}个）`
      : route.reason;
  const dueInDays = dueDay(loads, clerk.clerkId, member.value === 'high', dailyCapacity, wave);
  return { memberId: member.memberId, clerkId: clerk.clerkId, branchId, rule, reason, dueInDays };
}

/** @throws RangeError on any capacity that is not a whole number of at least 1 */
export function checkCapacity(dailyCapacity: number): void {
  if (!Number.isInteger(dailyCapacity) || dailyCapacity < 1)
    throw new RangeError(`dailyCapacity must be a whole number of at least 1, not ${dailyCapacity}`);
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

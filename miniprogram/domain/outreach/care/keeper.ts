import { stableHash } from '../../kernel/stableHash';

/** A clerk who is at work on the day. */
export interface CareClerk {
  clerkId: string;
  name: string;
  /** her main one first */
  branchIds: readonly string[];
}

/** Whose a member is, as far as that decides who cares for her. */
export interface CaredFor {
  memberId: string;
  ownerClerkId: string | null;
  lastClerkId: string | null;
  homeBranchId: string | null;
}

export interface Keeper {
  clerkId: string;
  branchId: string;
  /** printed on the task */
  reason: string;
}

/**
 * Who cares for a member: her own clerk, else the one who served her last, else somebody of her home branch, always the
 * same one for the same member and staff. Null when nobody of them is at work.
 *
 * @param isCommon for what is everybody's only a clerk who knows her will do
 */
export function keeperOf(
  her: CaredFor,
  clerks: ReadonlyMap<string, CareClerk>,
  isCommon: boolean,
): Keeper | null {
  const owner = clerks.get(her.ownerClerkId ?? '');
  const server = clerks.get(her.lastClerkId ?? '');
  const known = owner ?? (isCommon && her.ownerClerkId !== null ? undefined : server);
  if (known) {
    const home = known.branchIds.find((id) => id === her.homeBranchId) ?? known.branchIds[0] ?? '';
    const reason = owner ? `专属导购${known.name}` : `上次由${known.name}接待`;
    return { clerkId: known.clerkId, branchId: home, reason };
  }
  const { homeBranchId } = her;
  if (isCommon || homeBranchId === null) return null;
  const there = [...clerks.values()]
    .filter(({ branchIds }) => branchIds.includes(homeBranchId))
    .sort((a, b) => (a.clerkId < b.clerkId ? -1 : 1));
  const one = there[stableHash(`care\u0000${her.memberId}`) % Math.max(1, there.length)];
  return one ? { clerkId: one.clerkId, branchId: homeBranchId, reason: `常去门店，由${one.name}问候` } : null;
}

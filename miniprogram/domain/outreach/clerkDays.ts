import type { ClerkLoads } from './types';

/** Under this key `ClerkLoads` remembers how many of a clerk's tasks took places kept for high-value members. */
const keptKey = (clerkId: string): string => `${clerkId}:high`;

/** All open tasks of a clerk. */
export function totalLoad(loads: ClerkLoads, clerkId: string): number {
  return loads[clerkId] ?? 0;
}

/**
 * Gives the next task of a clerk its working day and counts it in `loads`.
 *
 * High-value members first, within a daily capacity that is never exceeded, while members arrive in pages and a day
 * once printed cannot be taken back: so a quarter of each day (at least one place, none when the day has only one) is
 * kept for high value. High-value tasks take the earliest free place of either kind, all others the common ones. Tasks
 * that were open before stand in the common places and are worked off first.
 *
 * @example capacity 4 → three common places a day and one kept: the tenth ordinary task falls on day 3, a first
 * high-value one still on day 0
 */
export function dueDay(loads: ClerkLoads, clerkId: string, isHigh: boolean, dailyCapacity: number): number {
  const keptPerDay = dailyCapacity === 1 ? 0 : Math.max(1, Math.floor(dailyCapacity / 4));
  const kept = loads[keptKey(clerkId)] ?? 0;
  const common = totalLoad(loads, clerkId) - kept;
  const commonDay = Math.floor(common / (dailyCapacity - keptPerDay));
  const keptDay = keptPerDay === 0 ? Infinity : Math.floor(kept / keptPerDay);
  const takesKept = isHigh && keptDay <= commonDay;
  loads[clerkId] = totalLoad(loads, clerkId) + 1;
  if (takesKept) loads[keptKey(clerkId)] = kept + 1;
  return takesKept ? keptDay : commonDay;
}

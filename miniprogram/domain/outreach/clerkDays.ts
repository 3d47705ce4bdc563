import type { ClerkLoads } from './types';

/** Under this key `ClerkLoads` remembers how many of a clerk's tasks took places kept for high-value members. */
const keptKey = (clerkId: string): string => `${clerkId}:high`;
/** And under this one how many common places were left empty because members came in waves. */
const skippedKey = (clerkId: string): string => `${clerkId}:skipped`;

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
 * @param notBefore the first day it may fall on, for members who come in waves (批次); waves come in order
 * @example capacity 4 → three common places a day and one kept: the tenth ordinary task falls on day 3, a first
 * high-value one still on day 0
 */
export function dueDay(
  loads: ClerkLoads,
  clerkId: string,
  isHigh: boolean,
  dailyCapacity: number,
  notBefore = 0,
): number {
  const keptPerDay = dailyCapacity === 1 ? 0 : Math.max(1, Math.floor(dailyCapacity / 4));
  const commonPerDay = dailyCapacity - keptPerDay;
  const kept = loads[keptKey(clerkId)] ?? 0;
  const place = totalLoad(loads, clerkId) - kept + (loads[skippedKey(clerkId)] ?? 0);
  const wavePlace = Math.max(place, notBefore * commonPerDay);
  const commonDay = Math.floor(wavePlace / commonPerDay);
  const keptDay = keptPerDay === 0 ? Infinity : Math.floor(kept / keptPerDay);
  const takesKept = isHigh && keptDay >= notBefore && keptDay <= commonDay;
  loads[clerkId] = totalLoad(loads, clerkId) + 1;
  if (takesKept) loads[keptKey(clerkId)] = kept + 1;
  else if (wavePlace > place)
    loads[skippedKey(clerkId)] = (loads[skippedKey(clerkId)] ?? 0) + wavePlace - place;
  return takesKept ? keptDay : commonDay;
}

/**
 * The day a wave (批次) falls on, counted from the start: so many ordinary members a day, the first `perDay` on day 0.
 *
 * @example waveOf(500, 500) // → 1
 */
export function waveOf(nth: number, perDay: number | null): number {
  return perDay === null ? 0 : Math.floor(nth / perDay);
}

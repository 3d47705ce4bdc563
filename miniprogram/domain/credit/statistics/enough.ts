import type { Share } from './proportion';

/** Below so many members a side nothing is said at all. */
export const LEAST_MEMBERS = 30;
/** And so many hits and misses must be expected on each side. */
const LEAST_EXPECTED = 5;

/**
 * The minimum-sample rule: are two sides large enough for their difference to be read? At least 30 members each, and at
 * least 5 hits and 5 misses to be expected on each side if both were alike.
 * Cochran, "Some methods for strengthening the common χ² tests", Biometrics 10 (1954): expected counts of at least 5.
 *
 * @returns null when they are; else how many more members the smaller side needs, at the common rate
 * @example sampleLacking({ hits: 20, of: 200 }, { hits: 5, of: 40 }) // → { members: 8 }, for 5 expected hits at 10.4 % need 48
 */
export function sampleLacking(first: Share, second: Share): { members: number | null } | null {
  const smaller = Math.min(first.of, second.of);
  const of = first.of + second.of;
  const common = of > 0 ? (first.hits + second.hits) / of : 0;
  const rarer = Math.min(common, 1 - common);
  if (smaller >= LEAST_MEMBERS && smaller * rarer >= LEAST_EXPECTED) return null;
  if (rarer <= 0) return { members: smaller >= LEAST_MEMBERS ? null : LEAST_MEMBERS - smaller };
  return { members: Math.max(LEAST_MEMBERS, Math.ceil(LEAST_EXPECTED / rarer)) - smaller };
}

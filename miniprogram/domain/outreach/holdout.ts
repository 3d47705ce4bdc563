import { stableShare } from '../kernel/stableHash';
import type { Lifecycle, Value } from '../membership/types';

/** How many members of each stratum a launch has met so far. It is kept with the launch's cursor. */
export type Strata = Record<string, number>;

/** 分层 × 门店: arms are compared within it. */
export function stratumOf(member: { lifecycle: Lifecycle; value: Value }, branchId: string): string {
  return `${member.lifecycle}|${member.value}|${branchId}`;
}

/**
 * Is the `nth` member of a stratum (counted from 0) held out (对照组), without task and without offer?
 *
 * Permuted blocks: a stratum is cut into blocks of one held-out member each (ten members at a share of 0.1), and a stable
 * hash of campaign, stratum and block names the place in it. So among any first n members of a stratum n × share are held
 * out, give or take less than one; every place has the same chance, also in a stratum smaller than a block; and asking
 * again gives the same answer. Members are counted in the order of their ids, so neither the size of the pages they
 * come in nor a launch that was cut off changes anybody's arm.
 *
 * Block randomisation: Pocock, Clinical Trials: A Practical Approach (1983), chapter 5.
 *
 * @param share 0 = nobody, 0.1 = one in ten, 1 = everybody
 * @example isHeldOut('c1', 'dormant|low|B1', 0, 0) // → false
 */
export function isHeldOut(salt: string, stratum: string, nth: number, share: number): boolean {
  if (share <= 0) return false;
  if (share >= 1) return true;
  const block = Math.floor(nth * share + 1e-9);
  const first = Math.ceil(block / share - 1e-9);
  const behind = Math.ceil((block + 1) / share - 1e-9);
  const place = Math.floor(stableShare(`holdout:${salt}|${stratum}`, String(block)) * (behind - first));
  return nth === first + place;
}

/** The arm of the next member of a stratum, counted in `strata`. */
export function nextArm(strata: Strata, salt: string, stratum: string, share: number): 'treated' | 'heldOut' {
  const nth = strata[stratum] ?? 0;
  strata[stratum] = nth + 1;
  return isHeldOut(salt, stratum, nth, share) ? 'heldOut' : 'treated';
}

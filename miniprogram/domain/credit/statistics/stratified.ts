import { Z95 } from './normal';
import type { Estimate, Share } from './proportion';

/** One tier × branch: those who were contacted and those who were held out. */
export interface Stratum {
  treated: Share;
  heldOut: Share;
}

/**
 * Difference of proportions over strata, treated minus held out: the Mantel–Haenszel risk difference. Each stratum weighs
 * by what its two sides can tell together, so a branch without a holdout neither helps nor spoils.
 *
 * Variance: Sato, "On the variance estimator for the Mantel–Haenszel risk difference", Biometrics 45 (1989); it holds
 * for few large strata and for many small ones.
 *
 * @returns null when no stratum has both sides
 * @example liftOf([{ treated: { hits: 56, of: 70 }, heldOut: { hits: 48, of: 80 } }])?.value // → 0.2
 */
export function liftOf(strata: readonly Stratum[], z = Z95): Estimate | null {
  let [weights, differences, p, q] = [0, 0, 0, 0];
  for (const { treated, heldOut } of strata) {
    const all = treated.of + heldOut.of;
    if (treated.of <= 0 || heldOut.of <= 0) continue;
    weights += (treated.of * heldOut.of) / all;
    differences += (treated.hits * heldOut.of - heldOut.hits * treated.of) / all;
    p +=
      (treated.of ** 2 * heldOut.hits -
        heldOut.of ** 2 * treated.hits +
        (treated.of * heldOut.of * (heldOut.of - treated.of)) / 2) /
      all ** 2;
    q +=
      (treated.hits * (heldOut.of - heldOut.hits) + heldOut.hits * (treated.of - treated.hits)) / (2 * all);
  }
  if (weights === 0) return null;
  const value = differences / weights;
  // With hits of nobody at all the formula gives 0 or, by rounding, a little less: then one hit is assumed.
  const variance = Math.max(value * p + q, 0.5) / weights ** 2;
  const half = z * Math.sqrt(variance);
  return { value, low: Math.max(-1, value - half), high: Math.min(1, value + half) };
}

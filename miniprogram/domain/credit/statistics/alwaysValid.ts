import type { Estimate, Share } from './proportion';

/** The look at which the interval is narrowest against a fixed one: so many members on each side. */
const TUNED_FOR = 1000;

/**
 * Difference of two proportions, first minus second, with an interval that may be read every day and acted on at any: over
 * the whole life of the test it misses the truth at most 5 times of 100.
 *
 * A normal-mixture confidence sequence: Howard, Ramdas, McAuliffe & Sekhon, "Time-uniform, nonparametric, nonasymptotic
 * confidence sequences", Annals of Statistics 49 (2021), eq. 14, with the estimated variance as its intrinsic time (its
 * asymptotic form: Waudby-Smith et al., "Time-uniform central limit theory", 2021). Wider than a fixed interval, which is
 * the price of looking whenever one likes.
 *
 * @returns null when either side counted nobody
 * @example alwaysValid({ hits: 60, of: 1000 }, { hits: 40, of: 1000 }) // → { value: 0.02, low: -0.0098, high: 0.0498 }
 */
export function alwaysValid(first: Share, second: Share, alpha = 0.05): Estimate | null {
  if (first.of <= 0 || second.of <= 0) return null;
  // One hit and one miss are added to each side, so that a side without hits does not look certain.
  const smoothed = ({ hits, of }: Share): number => (hits + 1) / (of + 2);
  const variance = (share: Share): number => (smoothed(share) * (1 - smoothed(share))) / share.of;
  const value = first.hits / first.of - second.hits / second.of;
  const v = variance(first) + variance(second);
  // In units of information (1 / variance), mixed around the information that `TUNED_FOR` members a side would give.
  const information = 1 / v;
  const members = (2 * first.of * second.of) / (first.of + second.of);
  const rho =
    ((information / members) * TUNED_FOR) / (2 * Math.log(1 / alpha) + Math.log(2 * Math.log(1 / alpha) + 1));
  const boundary = Math.sqrt((information + rho) * Math.log((information + rho) / (rho * alpha * alpha)));
  const half = boundary / information;
  return { value, low: Math.max(-1, value - half), high: Math.min(1, value + half) };
}

import { Z95 } from './normal';

/** So many of so many. */
export interface Share {
  /** 0 ≤ hits ≤ of */
  hits: number;
  of: number;
}

export interface Interval {
  low: number;
  high: number;
}

/** An estimate with the range in which the truth lies 95 times of 100. */
export interface Estimate extends Interval {
  value: number;
}

/**
 * 95 % interval of a proportion that stays honest for small numbers and near 0 and 1.
 * Wilson, "Probable inference", JASA 22 (1927).
 *
 * @returns null when nobody was counted
 * @example wilson({ hits: 1, of: 10 }) // → { value: 0.1, low: 0.0179, high: 0.4042 }
 */
export function wilson({ hits, of }: Share, z = Z95): Estimate | null {
  if (of <= 0) return null;
  const p = hits / of;
  const zz = (z * z) / of;
  const middle = p + zz / 2;
  const half = z * Math.sqrt((p * (1 - p)) / of + zz / (4 * of));
  return {
    value: p,
    low: hits === 0 ? 0 : Math.max(0, (middle - half) / (1 + zz)),
    high: hits === of ? 1 : Math.min(1, (middle + half) / (1 + zz)),
  };
}

/**
 * Difference of two proportions, first minus second, with the score interval made of their two Wilson intervals.
 * Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17
 * (1998), method 10.
 *
 * @returns null when either side counted nobody
 * @example newcombe({ hits: 56, of: 70 }, { hits: 48, of: 80 }) // → { value: 0.2, low: 0.0524, high: 0.3339 }
 */
export function newcombe(first: Share, second: Share, z = Z95): Estimate | null {
  const [a, b] = [wilson(first, z), wilson(second, z)];
  if (!a || !b) return null;
  const value = a.value - b.value;
  return {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
  };
}

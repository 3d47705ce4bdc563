import { Z95 } from './normal';

/** What one branch or clerk did, and what her members' tiers let expect. */
export interface Unit {
  /** wakes */
  hits: number;
  /** members she was given */
  of: number;
  /** wakes that the tier mix predicts, > 0 where `of` > 0 */
  expected: number;
}

/** A unit's wakes against what was expected of it, pulled towards the ordinary as far as its numbers are small. */
export interface FairScore {
  /** 1 = as expected, 1.2 = a fifth more; after shrinking */
  score: number;
  low: number;
  high: number;
  /** before shrinking; null without an expectation */
  raw: number | null;
}

/** How true scores are spread over all units: a gamma around 1, and its strength is that of `shape` wakes. */
export interface Prior {
  shape: number;
  rate: number;
}

/** Spread of the true scores never counts as less: people differ by a tenth though few numbers cannot show it yet. */
const LEAST_SPREAD = 0.01;

/**
 * The spread of true scores, estimated from all units together by moments: what the raw ratios vary beyond what chance
 * alone makes of units this large.
 */
export function priorOf(units: readonly Unit[]): Prior {
  const counted = units.filter(({ expected }) => expected > 0);
  const expected = counted.reduce((sum, unit) => sum + unit.expected, 0);
  const mean = expected > 0 ? counted.reduce((sum, unit) => sum + unit.hits, 0) / expected : 1;
  const excess = counted.reduce((sum, { hits, expected: e }) => sum + (hits / e - mean) ** 2 * e, 0);
  const spare =
    expected - counted.reduce((sum, { expected: e }) => sum + e * e, 0) / Math.max(expected, 1e-9);
  const spread = Math.max(LEAST_SPREAD, spare > 0 ? (excess - (counted.length - 1) * mean) / spare : 0);
  const centre = mean > 0 ? mean : 1;
  return { shape: (centre * centre) / spread, rate: centre / spread };
}

/**
 * One unit's score under a spread that is known. The interval is the posterior's, by the Wilson–Hilferty approximation of
 * the gamma.
 *
 * @example fairScore({ shape: 10, rate: 10 }, { hits: 0, of: 0, expected: 0 }).score // → 1
 */
export function fairScore({ shape, rate }: Prior, unit: Unit, z = Z95): FairScore {
  const [a, b] = [shape + (unit.expected > 0 ? unit.hits : 0), rate + Math.max(0, unit.expected)];
  const quantile = (side: number): number =>
    (a / b) * Math.max(0, 1 - 1 / (9 * a) + (side * z) / (3 * Math.sqrt(a))) ** 3;
  return {
    score: a / b,
    low: quantile(-1),
    high: quantile(1),
    raw: unit.expected > 0 ? unit.hits / unit.expected : null,
  };
}

/**
 * Fair scores by empirical Bayes: wakes are Poisson around `expected × true score`, true scores are gamma around 1, and
 * the spread of the gamma is estimated from all units together by moments.
 * Clayton & Kaldor, "Empirical Bayes estimates of age-standardized relative risks for use in disease mapping",
 * Biometrics 43 (1987).
 *
 * A branch with two members and two wakes does not lead, one with two and none does not end the table: both stay near 1.
 *
 * @example fairScores([{ hits: 20, of: 200, expected: 20 }])[0]?.score // → 1
 */
export function fairScores(units: readonly Unit[], z = Z95): FairScore[] {
  const prior = priorOf(units);
  return units.map((unit) => fairScore(prior, unit, z));
}

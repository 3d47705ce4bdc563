/** z of a two-sided 95 % interval. */
export const Z95 = 1.959963984540054;

/** Rational approximation of erfc for x ≥ 0, relative error below 1.2e-7: Numerical Recipes, 3rd ed., 6.2.2. */
function erfcOfPositive(x: number): number {
  const t = 2 / (2 + x);
  const ty = 4 * t - 2;
  let [d, dd] = [0, 0];
  for (let j = COEFFICIENTS.length - 1; j > 0; j--) {
    const before = d;
    d = ty * d - dd + (COEFFICIENTS[j] ?? 0);
    dd = before;
  }
  return t * Math.exp(-x * x + 0.5 * ((COEFFICIENTS[0] ?? 0) + ty * d) - dd);
}

/** Chebyshev coefficients of the same section. */
const COEFFICIENTS = [
  -1.3026537197817094, 6.4196979235649026e-1, 1.9476473204185836e-2, -9.561514786808631e-3,
  -9.46595344482036e-4, 3.66839497852761e-4, 4.2523324806907e-5, -2.0278578112534e-5, -1.624290004647e-6,
  1.30365583558e-6, 1.5626441722e-8, -8.5238095915e-8, 6.529054439e-9, 5.059343495e-9, -9.91364156e-10,
  -2.27365122e-10, 9.6467911e-11, 2.394038e-12, -6.886027e-12, 8.94487e-13, 3.13092e-13, -1.12708e-13,
  3.81e-16, 7.106e-15,
];

/**
 * Probability that a standard normal variable is at most z.
 *
 * @example normalCdf(1.959963984540054) // → 0.975
 */
export function normalCdf(z: number): number {
  const x = z / Math.SQRT2;
  return x >= 0 ? 1 - 0.5 * erfcOfPositive(x) : 0.5 * erfcOfPositive(-x);
}

/**
 * The z below which a standard normal variable lies with probability p, 0 < p < 1. Found by halving: eighty steps are
 * exact to the last digit and need no second table of constants.
 *
 * @throws RangeError outside (0, 1)
 * @example normalQuantile(0.8) // → 0.8416…
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a probability between 0 and 1, not ${p}`);
  let [low, high] = [-40, 40];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Places by size, equal values sharing their middle place. */
function ranks(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2);
}

/**
 * Rank correlation: Spearman, "The proof and measurement of association between two things", American Journal of Psychology 15
 * (1904), as Pearson's of the places.
 *
 * @example rankCorrelation([1, 2, 3], [10, 20, 30]) // → 1
 */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [ra, rb] = [ranks(a), ranks(b)];
  const mean = (a.length - 1) / 2;
  const product = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, at) => sum + (value - mean) * ((y[at] ?? 0) - mean), 0);
  return product(ra, rb) / Math.sqrt(product(ra, ra) * product(rb, rb));
}

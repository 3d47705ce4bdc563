/** A row of numbers is kept as so many equal steps: 21 numbers tell any place in it to one in forty. */
export const STEPS = 20;

/**
 * The numbers at 0 %, 5 %, … 100 % of a row, smallest first: what is kept of many members so that one can be placed
 * among them without reading the others. Empty for an empty row.
 *
 * @param values any order; not changed
 * @example quantilesOf([3, 1, 2]).length // → 21, from 1 to 3
 */
export function quantilesOf(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return [];
  return Array.from(
    { length: STEPS + 1 },
    (_, i) => sorted[Math.round((i / STEPS) * (sorted.length - 1))] ?? 0,
  );
}

/** Up to which step the row lies below a value (`strictly`), or at most at it; between two steps it goes evenly. */
function stepsUpTo(quantiles: readonly number[], value: number, strictly: boolean): number {
  const isUnder = (q: number): boolean => (strictly ? q < value : q <= value);
  const first = quantiles.findIndex((q) => !isUnder(q));
  if (first === 0) return 0;
  if (first === -1) return quantiles.length - 1;
  const [below, above] = [quantiles[first - 1] ?? 0, quantiles[first] ?? 0];
  // A step that is the value itself ends the stretch; only a value between two steps lies part of the way.
  return above === below || above === value ? first : first - 1 + (value - below) / (above - below);
}

/**
 * What share of the members a value stands above, those who have the same counted half (mid-rank): 0 = below all,
 * 1 = above all, 0.5 = everybody the same. Never falls when the value grows.
 *
 * @param quantiles as `quantilesOf` gave them; not empty
 * @example shareBelow(quantilesOf([1, 2, 3, 4, 5]), 3) // → 0.5
 */
export function shareBelow(quantiles: readonly number[], value: number): number {
  const last = quantiles.length - 1;
  if (last < 1) return 0.5;
  return (stepsUpTo(quantiles, value, true) + stepsUpTo(quantiles, value, false)) / (2 * last);
}

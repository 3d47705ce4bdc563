/** One figure, as it is printed: one JSON object a line. */
export interface Measurement {
  bench: string;
  case: string;
  value: number;
  unit: string;
  /** value over what was measured beside it in the same run */
  ratio?: number;
  /** what that was */
  against?: string;
  /** what the figure (or the ratio, where there is one) should be, e.g. `ratio ≤ 0.35` */
  goal?: string;
}

/** A bench yields its figures as it gets them, and tells its progress in words. */
export type Bench = (root: string, say: (line: string) => void) => AsyncIterable<Measurement>;

/** The middle value; of an even number the mean of the two in the middle. @example median([3, 1, 2]) // → 2 */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('no values to take the median of');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [below, above] = [sorted[middle - 1] ?? 0, sorted[middle] ?? 0];
  return sorted.length % 2 === 1 ? above : (below + above) / 2;
}

/** @example rounded(1.23456) // → 1.235 */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

import type { Lifecycle, Value } from './types';

/** How many members stand in each field of lifecycle × value; fields nobody stands in are absent. */
export type Matrix = Partial<Record<Lifecycle, Partial<Record<Value, number>>>>;

/**
 * Counts members by lifecycle × value, one reading from front to back, so a whole chain can stream through it.
 *
 * @example matrixOf([{ lifecycle: 'lost', value: 'low' }]) // → { lost: { low: 1 } }
 */
export function matrixOf(placed: Iterable<{ lifecycle: Lifecycle; value: Value }>): Matrix {
  const matrix: Matrix = {};
  for (const { lifecycle, value } of placed) {
    const row = (matrix[lifecycle] ??= {});
    row[value] = (row[value] ?? 0) + 1;
  }
  return matrix;
}

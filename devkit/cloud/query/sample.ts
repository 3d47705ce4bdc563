import type { Iterator } from 'mingo/lazy';
import { requestFailed } from '../failures';
import { isPlainObject, type Doc } from '../store/values';

/**
 * `$sample`: so many rows by chance, none twice (mingo draws with repetition), or all when there are
 * fewer. Only the drawn rows are kept while the others pass.
 *
 * @param roll numbers from 0 to below 1
 */
export function sample(rows: Iterator, spec: unknown, roll: () => number = Math.random): Doc[] {
  const size = isPlainObject(spec) ? spec.size : undefined;
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1)
    throw requestFailed('size argument to $sample must be a positive integer');
  const drawn: Doc[] = [];
  let passed = 0;
  rows.each((row: Doc) => {
    passed++;
    // Each of the rows so far stays with the same chance, at a place by chance.
    const place = Math.floor(roll() * passed);
    if (drawn.length < size) {
      drawn.push(drawn[place] ?? row);
      if (place < drawn.length - 1) drawn[place] = row;
    } else if (place < size) drawn[place] = row;
  });
  return drawn;
}

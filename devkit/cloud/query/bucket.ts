import type { Iterator } from 'mingo/lazy';
import type { Options } from 'mingo/types';
import { requestFailed } from '../failures';
import { compareValues, isPlainObject, typeRank, type Doc } from '../store/values';
import { accumulate, canStream, compileExpression } from './group';

/**
 * `$bucket`: each row into the bucket whose lower boundary it has reached. mingo puts a row that
 * lies on a boundary one bucket too low, and lists empty buckets.
 */
export function* bucket(rows: Iterator, spec: Doc, options: Options): Generator<Doc> {
  const { boundaries, groupBy, output = { count: { $sum: 1 } } } = spec;
  const bounds = checkBoundaries(boundaries);
  if (!isPlainObject(output) || !canStream({ _id: null, ...output })) {
    throw requestFailed("The $bucket 'output' must use accumulators such as $sum, $avg, $push");
  }
  const valueOf = compileExpression(groupBy, options);
  const idOf = (row: Doc) => {
    const value = valueOf(row);
    const above = bounds.findIndex((bound) => compareValues(value, bound) < 0);
    if (above > 0) return bounds[above - 1];
    if ('default' in spec) return spec.default;
    throw requestFailed(
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
  yield* [...accumulate(rows, idOf, output, options)].sort((a, b) => compareValues(a._id, b._id));
}

function checkBoundaries(boundaries: unknown): unknown[] {
  if (!Array.isArray(boundaries) || boundaries.length < 2) {
    throw requestFailed("The $bucket 'boundaries' field must be an array of at least 2 values");
  }
  for (let i = 1; i < boundaries.length; i++) {
    const [low, high] = [boundaries[i - 1] as unknown, boundaries[i] as unknown];
    if (typeRank(low) !== typeRank(high) || compareValues(low, high) >= 0) {
      throw requestFailed(
        "The 'boundaries' option to $bucket must be sorted in ascending order, of one type",
      );
    }
  }
  return boundaries;
}

import { requestFailed } from '../failures';
import { compareValues, copyValue, isPlainObject } from '../store/values';
import type { UpdateOperator } from './apply';

/** The name MongoDB gives a value's type in its complaints. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  return typeof value === 'number' ? 'double' : typeof value;
}

/** `$inc` and `$mul`: a missing field counts as 0, anything but a number is refused. */
const arithmetic =
  (combine: (now: number, by: number) => number): UpdateOperator =>
  (place, by, { operator, path, id }) => {
    if (typeof by !== 'number') {
      throw requestFailed(
        `Cannot ${operator.slice(1)} with non-numeric argument: {${path}: ${JSON.stringify(by)}}`,
      );
    }
    const value = place.get();
    if (value !== undefined && typeof value !== 'number') {
      throw requestFailed(
        `Cannot apply ${operator} to a value of non-numeric type. {_id: ${JSON.stringify(id)}} has the field '${path.split('.').at(-1)}' of non-numeric type ${typeName(value)}`,
      );
    }
    // Whole numbers have one zero on the service: 0 × -1 is 0.
    place.set(combine(value ?? 0, by) + 0);
  };

const keeping =
  (replaces: (order: number) => boolean): UpdateOperator =>
  (place, candidate) => {
    const value = place.get();
    if (value === undefined || replaces(compareValues(candidate, value))) place.set(copyValue(candidate));
  };

const set: UpdateOperator = (place, value) => place.set(copyValue(value));

export const FIELD_OPERATORS: Record<string, UpdateOperator> = {
  $set: set,
  $setOnInsert: set,
  $unset: (place) => place.remove(),
  $rename: (place) => place.remove(),
  $inc: arithmetic((now, by) => now + by),
  $mul: arithmetic((now, by) => now * by),
  $min: keeping((order) => order < 0),
  $max: keeping((order) => order > 0),
  $currentDate: (place, _argument, { now }) => place.set(new Date(now)),
  $bit: (place, argument, { path }) => {
    const value = place.get() ?? 0;
    if (!isPlainObject(argument) || !Number.isInteger(value)) {
      throw requestFailed(`Cannot apply $bit to a value of non-integral type: ${path}`);
    }
    let result = value as number;
    for (const [name, operand] of Object.entries(argument)) {
      if (name === 'and') result &= Number(operand);
      else if (name === 'or') result |= Number(operand);
      else if (name === 'xor') result ^= Number(operand);
      else throw requestFailed(`The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`);
    }
    place.set(result);
  },
};

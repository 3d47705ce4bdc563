import { requestFailed } from '../failures';
import { compileCondition, compileQuery } from '../query/matching';
import { readSort, sortComparator } from '../store/sorting';
import { compareValues, copyValue, isPlainObject, isRegExp, type Doc } from '../store/values';
import type { UpdateContext, UpdateOperator } from './apply';
import { typeName } from './fields';
import type { Place } from './place';

/** The array at a place; `undefined` when the field is missing, a refusal when it is anything else. */
function arrayAt(place: Place, { path, id }: UpdateContext): unknown[] | undefined {
  const value = place.get();
  if (value === undefined || Array.isArray(value)) return value;
  throw requestFailed(
    `The field '${path}' must be an array but is of type ${typeName(value)} in document {_id: ${JSON.stringify(id)}}`,
  );
}

const MODIFIERS = new Set(['$each', '$position', '$slice', '$sort']);

interface Additions {
  each: unknown[];
  position?: number;
  slice?: number;
  sort?: unknown;
}

/** What to add: a value, or `$each` with its modifiers. */
function additions(argument: unknown, operator: string): Additions {
  if (!isPlainObject(argument) || !Object.keys(argument).some((key) => MODIFIERS.has(key)))
    return { each: [argument] };
  const unknown = Object.keys(argument).find((key) => !MODIFIERS.has(key));
  if (unknown) throw requestFailed(`Unrecognized clause in ${operator}: ${unknown}`);
  const { $each, $position, $slice, $sort } = argument;
  if (!Array.isArray($each)) {
    throw requestFailed(
      `The argument to $each in ${operator} must be an array but it was of type ${typeName($each)}`,
    );
  }
  return {
    each: $each,
    position: whole($position, '$position'),
    slice: whole($slice, '$slice'),
    sort: $sort,
  };
}

function whole(value: unknown, name: string): number | undefined {
  if (value === undefined || Number.isInteger(value)) return value as number | undefined;
  throw requestFailed(
    `The value for ${name} must be an integer value but was given ${JSON.stringify(value)}`,
  );
}

const $push: UpdateOperator = (place, argument, context) => {
  const array = arrayAt(place, context) ?? [];
  const { each, position, slice, sort } = additions(argument, '$push');
  array.splice(position ?? array.length, 0, ...each.map(copyValue));
  if (sort !== undefined) array.sort(elementOrder(sort));
  place.set(slice === undefined ? array : slice < 0 ? array.slice(slice) : array.slice(0, slice));
};

function elementOrder(sort: unknown): (a: unknown, b: unknown) => number {
  if (sort === 1 || sort === -1) return (a, b) => compareValues(a, b) * sort;
  const byFields = sortComparator(readSort(sort));
  return (a, b) => byFields(isPlainObject(a) ? a : {}, isPlainObject(b) ? b : {});
}

const $addToSet: UpdateOperator = (place, argument, context) => {
  const array = arrayAt(place, context) ?? [];
  for (const value of additions(argument, '$addToSet').each) {
    if (!array.some((element) => compareValues(element, value) === 0)) array.push(copyValue(value));
  }
  place.set(array);
};

const $pop: UpdateOperator = (place, end, context) => {
  if (end !== 1 && end !== -1) throw requestFailed(`$pop expects 1 or -1, found: ${JSON.stringify(end)}`);
  const array = arrayAt(place, context);
  if (array) place.set(end === 1 ? array.slice(0, -1) : array.slice(1));
};

/** A condition on elements: operators apply to the element, an object is a query on it, a value must equal it. */
function elementCondition(argument: unknown): (element: unknown) => boolean {
  const operators = isPlainObject(argument) && Object.keys(argument).some((key) => key.startsWith('$'));
  if (operators || isRegExp(argument)) {
    const test = compileCondition(argument);
    return (element) => test([element]);
  }
  if (isPlainObject(argument)) {
    const matches = compileQuery(argument);
    return (element) => isPlainObject(element) && matches(element as Doc);
  }
  return (element) => compareValues(element, argument) === 0;
}

const $pull: UpdateOperator = (place, argument, context) => {
  const array = arrayAt(place, context);
  const goes = elementCondition(argument);
  if (array) place.set(array.filter((element) => !goes(element)));
};

const $pullAll: UpdateOperator = (place, argument, context) => {
  if (!Array.isArray(argument)) throw requestFailed('$pullAll requires an array argument');
  const array = arrayAt(place, context);
  if (array)
    place.set(array.filter((element) => !argument.some((value) => compareValues(element, value) === 0)));
};

export const ARRAY_OPERATORS: Record<string, UpdateOperator> = { $push, $addToSet, $pop, $pull, $pullAll };

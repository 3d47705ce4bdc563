import { requestFailed } from '../failures';
import { isPlainObject, type Doc } from '../store/values';

/** Somewhere in a document an operator may read and write. */
export interface Place {
  get(): unknown;
  set(value: unknown): void;
  remove(): void;
}

const INDEX = /^\d+$/;
const FILTERED = /^\$\[.*\]$/;
/** MongoDB refuses to pad an array further than this. */
const MOST_PADDING = 1_500_000;

/**
 * The places a dotted path names. `items.2.n` names an element, `items.$[].n` all of them. With
 * `create`, objects on the way that are missing are made; without it a path to nothing names no place.
 */
export function placesOf(doc: Doc, path: string, create: boolean): Place[] {
  return walk(doc, path.split('.'), 0, create, path);
}

function walk(holder: unknown, steps: string[], depth: number, create: boolean, path: string): Place[] {
  const step = steps[depth] as string;
  const last = depth === steps.length - 1;
  if (Array.isArray(holder)) return walkArray(holder, steps, depth, create, path);
  const object = holder as Doc;
  if (FILTERED.test(step)) throw refusedFilter(step, path, holder);
  if (last) return [placeIn(object, step)];
  if (object[step] === undefined) {
    if (FILTERED.test(steps[depth + 1] as string))
      throw refusedFilter(steps[depth + 1] as string, path, undefined);
    if (!create) return [];
    object[step] = {};
  }
  return walk(
    enter(object[step], step, steps[depth + 1] as string, create, path),
    steps,
    depth + 1,
    create,
    path,
  );
}

function walkArray(array: unknown[], steps: string[], depth: number, create: boolean, path: string): Place[] {
  const step = steps[depth] as string;
  const last = depth === steps.length - 1;
  if (FILTERED.test(step) && step !== '$[]') throw refusedFilter(step, path, array);
  if (step !== '$[]' && !INDEX.test(step)) {
    if (!create) return [];
    throw requestFailed(
      `Cannot create field '${step}' in element {${steps[depth - 1]}: ${JSON.stringify(array)}}`,
    );
  }
  const positions = step === '$[]' ? array.map((_, i) => i) : [Number(step)];
  return positions.flatMap((position) => {
    if (position >= array.length) {
      if (!create) return [];
      if (position - array.length > MOST_PADDING)
        throw requestFailed(`can't backfill more than ${MOST_PADDING} elements`);
      while (array.length < position) array.push(null);
    }
    if (last) return [elementOf(array, position)];
    if (array[position] === undefined) array[position] = {};
    return walk(
      enter(array[position], step, steps[depth + 1] as string, create, path),
      steps,
      depth + 1,
      create,
      path,
    );
  });
}

/** `$[]` needs an array; `$[name]` needs an array filter, which the SDK has no way to send. */
function refusedFilter(step: string, path: string, holder: unknown) {
  if (step !== '$[]') {
    return requestFailed(
      `No array filter found for identifier '${step.slice(2, -1)}' in path '${path}': the SDK sends no arrayFilters, use $[] or the positional $`,
    );
  }
  const array = path.split('.$[]')[0];
  return requestFailed(
    holder === undefined
      ? `The path '${array}' must exist in the document in order to apply array updates.`
      : `Cannot apply array updates to non-array element ${array}: ${JSON.stringify(holder)}`,
  );
}

/** A sub-field can only live in an object or an array. */
function enter(value: unknown, step: string, next: string, create: boolean, path: string): unknown {
  if (isPlainObject(value) || Array.isArray(value)) return value;
  if (FILTERED.test(next)) throw refusedFilter(next, path, value);
  if (!create) return {};
  throw requestFailed(`Cannot create field '${next}' in element {${step}: ${JSON.stringify(value)}}`);
}

const placeIn = (object: Doc, key: string): Place => ({
  get: () => object[key],
  set: (value) => void (object[key] = value),
  remove: () => void delete object[key],
});

const elementOf = (array: unknown[], position: number): Place => ({
  get: () => array[position],
  set: (value) => void (array[position] = value),
  // MongoDB leaves a hole of null, so that the other elements keep their places.
  remove: () => void (array[position] = null),
});

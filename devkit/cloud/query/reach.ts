import { isPlainObject, type Doc } from '../store/values';

const INDEX = /^\d+$/;

/** Marks a path that ends nowhere; it counts as null for `$eq`, and fails `$exists`. */
export const MISSING = Symbol('missing');

/**
 * The ends a dotted path reaches, arrays on the way followed into their objects, the array at the
 * end left whole.
 *
 * @example endsAt({ a: [{ b: 1 }, {}, 7] }, ['a', 'b']); // → [1, MISSING]
 */
export function endsAt(doc: Doc, path: readonly string[]): unknown[] {
  if (path.length === 1) {
    const value = doc[path[0] as string];
    return [value === undefined ? MISSING : value];
  }
  const ends: unknown[] = [];
  follow(doc, path, 0, ends);
  return ends;
}

function follow(value: unknown, path: readonly string[], depth: number, ends: unknown[]): void {
  if (depth === path.length) {
    ends.push(value === undefined ? MISSING : value);
    return;
  }
  const step = path[depth] as string;
  if (Array.isArray(value)) {
    if (INDEX.test(step)) {
      if (Number(step) < value.length) follow(value[Number(step)], path, depth + 1, ends);
    }
    for (const element of value) if (isPlainObject(element)) follow(element, path, depth, ends);
    return;
  }
  if (isPlainObject(value)) follow(value[step], path, depth + 1, ends);
  else ends.push(MISSING);
}

/** Whether any value a condition may look at passes: each end, and each element of an end that is an array. */
export function anyReached(ends: unknown[], passes: (value: unknown) => boolean): boolean {
  for (const end of ends) {
    if (passes(end)) return true;
    if (Array.isArray(end)) for (const element of end) if (passes(element)) return true;
  }
  return false;
}

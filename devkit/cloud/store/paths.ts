import { isPlainObject } from './values';

const INDEX = /^\d+$/;

/**
 * The values a dotted path reaches, every array on the way spread out, as an index sees them.
 * A path that reaches nothing gives `[null]`, because a missing field is indexed as null.
 *
 * @example valuesAt({ a: [{ b: 1 }, { b: [2, 3] }, {}] }, ['a', 'b']); // → [1, 2, 3, null]
 * @example valuesAt({ a: [] }, ['a']); // → [undefined]: an empty array has a place of its own
 */
export function valuesAt(doc: unknown, path: readonly string[]): unknown[] {
  const found: unknown[] = [];
  collect(doc, path, 0, found);
  return found.length > 0 ? found : [null];
}

function collect(value: unknown, path: readonly string[], depth: number, found: unknown[]): void {
  if (depth === path.length) {
    if (!Array.isArray(value)) found.push(value ?? null);
    else if (value.length === 0) found.push(undefined);
    else
      for (const element of value)
        found.push(...(Array.isArray(element) ? [element, ...element] : [element]));
    return;
  }
  const step = path[depth] as string;
  if (Array.isArray(value)) {
    if (INDEX.test(step) && Number(step) < value.length) collect(value[Number(step)], path, depth + 1, found);
    for (const element of value) {
      if (isPlainObject(element)) collect(element, path, depth, found);
      else if (!INDEX.test(step)) found.push(null);
    }
    return;
  }
  if (isPlainObject(value) && value[step] !== undefined) collect(value[step], path, depth + 1, found);
  else found.push(null);
}

/** Whether a dotted path exists in the document (an explicit null exists, a missing field does not). */
export function existsAt(value: unknown, path: readonly string[], depth = 0): boolean {
  if (depth === path.length) return value !== undefined;
  const step = path[depth] as string;
  if (Array.isArray(value) && !INDEX.test(step)) {
    return value.some((element) => existsAt(element, path, depth));
  }
  if (typeof value !== 'object' || value === null) return false;
  return existsAt((value as Record<string, unknown>)[step], path, depth + 1);
}

/** Whether the path goes through or ends in an array, so that one document has several index entries. */
export function meetsArray(doc: unknown, path: readonly string[]): boolean {
  let value = doc;
  for (const step of path) {
    if (Array.isArray(value)) return true;
    if (!isPlainObject(value)) return false;
    value = value[step];
  }
  return Array.isArray(value);
}

import { requestFailed } from '../failures';
import { compileCondition, compileQuery } from '../query/matching';
import { endsAt } from '../query/reach';
import { isPlainObject, type Doc } from '../store/values';

/**
 * An update's path with `$` replaced by the place of the element the query matched, as MongoDB does:
 * the array must stand in the query, and the first element that meets its condition there counts.
 *
 * @example resolvePositional('lines.$.qty', { lines: [{ sku: 'a' }, { sku: 'b' }] }, { 'lines.sku': 'b' }); // → 'lines.1.qty'
 */
export function resolvePositional(path: string, doc: Doc, query: Doc | undefined): string {
  const steps = path.split('.');
  const at = steps.indexOf('$');
  if (at < 0) return path;
  if (steps.includes('$', at + 1))
    throw requestFailed(`Too many positional (i.e. '$') elements found in path '${path}'`);
  const array = endsAt(doc, steps.slice(0, at))[0];
  const position = Array.isArray(array)
    ? matched(query, steps.slice(0, at).join('.'), array, doc)
    : undefined;
  if (position === undefined || at === 0)
    throw requestFailed('The positional operator did not find the match needed from the query.');
  steps[at] = String(position);
  return steps.join('.');
}

/** The first element that meets a condition of the query on this array. */
function matched(query: Doc | undefined, field: string, array: unknown[], doc: Doc): number | undefined {
  for (const [key, condition] of Object.entries(query ?? {})) {
    const position = key.startsWith('$')
      ? matchedInParts(key, condition, field, array, doc)
      : placeOf(key, condition, field, array);
    if (position !== undefined && position >= 0) return position;
  }
  return undefined;
}

/** Of an `$or` the branch counts that the document meets. */
function matchedInParts(
  operator: string,
  parts: unknown,
  field: string,
  array: unknown[],
  doc: Doc,
): number | undefined {
  if ((operator !== '$and' && operator !== '$or') || !Array.isArray(parts)) return undefined;
  for (const part of parts) {
    if (!isPlainObject(part) || (operator === '$or' && !compileQuery(part)(doc))) continue;
    const position = matched(part, field, array, doc);
    if (position !== undefined) return position;
  }
  return undefined;
}

function placeOf(key: string, condition: unknown, field: string, array: unknown[]): number | undefined {
  if (key === field) {
    // `$elemMatch` speaks of the elements of an array, so each is tested as an array of its own.
    const test = compileCondition(condition);
    const each = isPlainObject(condition) && '$elemMatch' in condition;
    return array.findIndex((element) => test([each ? [element] : element]));
  }
  if (!key.startsWith(`${field}.`)) return undefined;
  const path = key.slice(field.length + 1).split('.');
  const test = compileCondition(condition);
  return array.findIndex((element) => isPlainObject(element) && test(endsAt(element, path)));
}

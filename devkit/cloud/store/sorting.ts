import { invalidParam } from '../failures';
import type { SortKeys } from './planner';
import { valuesAt } from './paths';
import { compareValues, isPlainObject, type Doc } from './values';

/** The sort of a request, `{ field: 1 | -1 }` in the order given. */
export function readSort(order: unknown): SortKeys {
  if (order === undefined || order === null) return [];
  if (!isPlainObject(order)) throw invalidParam('order must be an object of field: 1 or -1');
  return Object.entries(order).map(([field, direction]) => {
    if (direction !== 1 && direction !== -1) throw invalidParam(`order of ${field} must be 1 or -1`);
    return [field, direction];
  });
}

/** BSON's order by several fields; in an array the smallest element counts ascending, the greatest descending. */
export function sortComparator(sort: SortKeys): (a: Doc, b: Doc) => number {
  const keys = sort.map(([field, direction]) => ({ path: field.split('.'), direction }));
  return (a, b) => {
    for (const { path, direction } of keys) {
      const order = compareKeys(sortKey(a, path, direction), sortKey(b, path, direction));
      if (order !== 0) return order * direction;
    }
    return 0;
  };
}

function sortKey(doc: Doc, path: string[], direction: 1 | -1): unknown {
  if (path.length === 1) {
    const value = doc[path[0] as string];
    if (!Array.isArray(value)) return value ?? null;
  }
  const values = valuesAt(doc, path);
  return values.reduce((best, value) => (compareKeys(value, best) * direction < 0 ? value : best));
}

/** An empty array (undefined here) comes before null, as in the index. */
function compareKeys(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(b === undefined) - Number(a === undefined);
  return compareValues(a, b);
}

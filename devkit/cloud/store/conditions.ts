import { cutPrefix, encodeValue, type DocId } from './key-order';
import { isPlainObject, typeRank, type Doc } from './values';

interface Bound {
  bytes: Buffer;
  inclusive: boolean;
  /** stands for all texts that begin like it: it was cut */
  isRough?: boolean;
}
export interface Bounds {
  low: Bound;
  high: Bound;
}

/** Tags of types whose comparison operators only meet their own type: number, string, boolean, date. */
const COMPARABLE = new Set([2, 3, 8, 9]);

export type Conditions = Map<string, unknown[]>;

/** Under this name stand operators that no index narrows. */
const TESTED_ONLY = '$tested';

/** Each field's conditions and each `$or`, `$and` taken apart; other operators stay to be tested only. */
export function conditionsOf(query: Doc | undefined): Conditions {
  const found: Conditions = new Map();
  const add = (part: unknown) => {
    if (!isPlainObject(part)) return;
    for (const [field, condition] of Object.entries(part)) {
      if (field === '$and' && Array.isArray(condition)) condition.forEach(add);
      else if (field !== '$comment') {
        const name = field === '$or' || !field.startsWith('$') ? field : TESTED_ONLY;
        found.set(name, [...(found.get(name) ?? []), condition]);
      }
    }
  };
  add(query);
  return found;
}

/** The only values a field may have, when the query says so: a plain value, `$eq` or `$in`. */
export function equalities(conditions: unknown[] | undefined): unknown[] | undefined {
  for (const condition of conditions ?? []) {
    if (isIndexable(condition)) return [condition];
    if (!isPlainObject(condition)) continue;
    if ('$eq' in condition && isIndexable(condition.$eq)) return [condition.$eq];
    const list = condition.$in;
    if (Array.isArray(list) && list.every(isIndexable))
      return [...new Map(list.map((v) => [keyOf(v), v])).values()];
  }
  return undefined;
}

/** Whether `equalities` says all there is to say about the field. */
export function onlyEqual(conditions: unknown[] | undefined): boolean {
  if (conditions?.length !== 1) return false;
  const [condition] = conditions;
  return !isPlainObject(condition) || Object.keys(condition).length === 1;
}

/** Whether `boundsOf` (both bounds) says all there is to say about the field. */
export function onlyBounded(conditions: unknown[] | undefined): boolean {
  const bounds = (conditions ?? []).flatMap((condition) =>
    isPlainObject(condition) ? Object.entries(condition) : [['', condition]],
  ) as [string, unknown][];
  const rank = typeRank(bounds[0]?.[1]);
  return bounds.every(
    ([op, value]) => BOUNDS.has(op) && value !== null && isIndexable(value) && typeRank(value) === rank,
  );
}
const BOUNDS = new Set(['$gt', '$gte', '$lt', '$lte']);

const keyOf = (value: unknown) => encodeValue(value).toString('latin1');
const isIndexable = (value: unknown) =>
  value === null || (COMPARABLE.has(typeRank(value)) && !Number.isNaN(value));
export const isDocId = (value: unknown): value is DocId =>
  typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));

export function demandsPresence(conditions: unknown[] | undefined): boolean {
  return (
    equalities(conditions)?.every((value) => value !== null) === true ||
    boundsOf(conditions, true) !== undefined
  );
}

/** The range a field must lie in; with `oneSided`, one bound only (array elements may meet each bound). */
export function boundsOf(conditions: unknown[] | undefined, oneSided: boolean): Bounds | undefined {
  let low: Bound | undefined;
  let high: Bound | undefined;
  let rank: number | undefined;
  for (const condition of conditions ?? []) {
    if (!isPlainObject(condition)) continue;
    for (const op of ['$gt', '$gte', '$lt', '$lte'] as const) {
      const value = condition[op];
      if (!isIndexable(value) || value === null || (rank !== undefined && typeRank(value) !== rank)) continue;
      if (oneSided && rank !== undefined) continue;
      rank = typeRank(value);
      const bound = boundAt(value, op.endsWith('e'));
      if (op.startsWith('$g')) {
        if (!low || Buffer.compare(bound.bytes, low.bytes) > 0) low = bound;
      } else if (!high || Buffer.compare(bound.bytes, high.bytes) < 0) high = bound;
    }
  }
  if (rank === undefined) return undefined;
  const bracket = { bytes: Buffer.from([rank]), inclusive: true };
  return { low: low ?? bracket, high: high ?? bracket };
}

function boundAt(value: unknown, inclusive: boolean): Bound {
  const cut = cutPrefix(value);
  return cut ? { bytes: cut, inclusive: true, isRough: true } : { bytes: encodeValue(value), inclusive };
}

/** The conditions of two queries that must both hold. */
export function both(a: Conditions, b: Conditions): Conditions {
  const joined = new Map(a);
  for (const [field, list] of b) joined.set(field, [...list, ...(joined.get(field) ?? [])]);
  return joined;
}

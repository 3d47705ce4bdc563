import { isDeepStrictEqual } from 'node:util';

/** A stored document. Values: null, boolean, number, string, Date, RegExp, bytes, arrays, objects. */
export type Doc = Record<string, unknown>;

export function isPlainObject(value: unknown): value is Doc {
  if (typeof value !== 'object' || value === null) return false;
  // Nearly always; asking an object for its tag costs much more.
  if (isOrdinary(value)) return true;
  return !Array.isArray(value) && !isDate(value) && !isRegExp(value) && !isBytes(value);
}

const isOrdinary = (value: object) => Object.getPrototypeOf(value) === Object.prototype;

// By tag, not by instanceof alone: a value may come from another realm (a worker's, a test sandbox's).
const hasTag = (value: unknown, tag: string) =>
  typeof value === 'object' &&
  value !== null &&
  !isOrdinary(value) &&
  Object.prototype.toString.call(value) === tag;
export const isDate = (value: unknown): value is Date =>
  value instanceof Date || hasTag(value, '[object Date]');
export const isRegExp = (value: unknown): value is RegExp =>
  value instanceof RegExp || hasTag(value, '[object RegExp]');
export const isBytes = (value: unknown): value is Uint8Array => ArrayBuffer.isView(value);

/** The place of a value's type in BSON's comparison order; undefined (an empty array) comes first. */
export function typeRank(value: unknown): number {
  if (value === undefined || value === null) return 1;
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return 2;
    case 'string':
      return 3;
    case 'boolean':
      return 8;
  }
  if (Array.isArray(value)) return 5;
  if (isOrdinary(value)) return 4;
  if (isDate(value)) return 9;
  if (isRegExp(value)) return 11;
  return isBytes(value) ? 6 : 4;
}

/**
 * BSON's order of two values: by type first, then by value.
 *
 * @example compareValues(null, 0); // → negative
 * @example compareValues('b', 'a'); // → positive
 */
export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0;
  const rank = typeRank(a);
  const byType = rank - typeRank(b);
  if (byType !== 0) return byType;
  switch (rank) {
    case 1:
      return 0;
    case 2:
      return compareNumbers(a as number, b as number);
    case 3:
      return compareStrings(a as string, b as string);
    case 4:
      return compareObjects(a as Doc, b as Doc);
    case 5:
      return compareArrays(a as unknown[], b as unknown[]);
    case 6:
      return Buffer.compare(a as Uint8Array, b as Uint8Array);
    case 8:
      return Number(a) - Number(b);
    case 9:
      return compareNumbers((a as Date).getTime(), (b as Date).getTime());
    default:
      return compareStrings(String(a), String(b));
  }
}

/** NaN equals itself and precedes every other number, as in BSON. */
function compareNumbers(a: number, b: number): number {
  if (a === b) return 0;
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
  if (Number.isNaN(b)) return 1;
  return a < b ? -1 : 1;
}

/** By UTF-8 bytes, the order of MongoDB and of our index keys; only surrogates differ from `<`. */
function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return liftSurrogate(x) - liftSurrogate(y);
  }
  return a.length - b.length;
}
const liftSurrogate = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

function compareArrays(a: unknown[], b: unknown[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareObjects(a: Doc, b: Doc): number {
  const x = Object.entries(a);
  const y = Object.entries(b);
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const [keyA, valueA] = x[i] as [string, unknown];
    const [keyB, valueB] = y[i] as [string, unknown];
    const order = typeRank(valueA) - typeRank(valueB) || compareStrings(keyA, keyB);
    if (order !== 0) return order;
    const byValue = compareValues(valueA, valueB);
    if (byValue !== 0) return byValue;
  }
  return x.length - y.length;
}

/** Equality as an update sees it: an update that changes nothing counts as not updated. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  if (typeRank(a) !== typeRank(b)) return false;
  return isPlainObject(a) || Array.isArray(a)
    ? compareValues(a, b) === 0
    : isDeepStrictEqual(a, b) || compareValues(a, b) === 0;
}

/** A deep copy; dates are copied, regular expressions and bytes are never changed in place. */
export function copyValue<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyValue) as T;
  if (isDate(value)) return new Date(value.getTime()) as T;
  if (!isPlainObject(value)) return value;
  const copy: Doc = {};
  for (const key in value) copy[key] = copyValue((value as Doc)[key]);
  return copy as T;
}

import { evalExpr } from 'mingo/core';
import type { Iterator } from 'mingo/lazy';
import type { Options } from 'mingo/types';
import { requestFailed } from '../failures';
import { compareValues, isPlainObject, type Doc } from '../store/values';
import { encodeDocument } from '../wire/ejson';

/** One running total of a group. */
interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

const missing = (value: unknown) => value === null || value === undefined;

const ACCUMULATORS: Record<string, () => Accumulator> = {
  $sum: () => {
    let total = 0;
    return { add: (v) => void (total += typeof v === 'number' ? v : 0), result: () => total };
  },
  $count: () => {
    let n = 0;
    return { add: () => void n++, result: () => n };
  },
  $avg: () => {
    let [total, n] = [0, 0];
    return {
      add: (v) => {
        if (typeof v === 'number') [total, n] = [total + v, n + 1];
      },
      result: () => (n === 0 ? null : total / n),
    };
  },
  $min: () => extreme((order) => order < 0),
  $max: () => extreme((order) => order > 0),
  $first: () => {
    let kept: { value: unknown } | undefined;
    return { add: (value) => void (kept ??= { value }), result: () => kept?.value ?? null };
  },
  $last: () => {
    let kept: unknown;
    return { add: (value) => void (kept = value), result: () => kept ?? null };
  },
  $push: () => {
    const all: unknown[] = [];
    return { add: (v) => void (v !== undefined && all.push(v)), result: () => all };
  },
  $addToSet: () => {
    const all = new Map<string, unknown>();
    return {
      add: (v) => void (v !== undefined && all.set(encodeDocument(v), v)),
      result: () => [...all.values()],
    };
  },
};

function extreme(replaces: (order: number) => boolean): Accumulator {
  let best: unknown = null;
  return {
    add: (value) => {
      if (!missing(value) && (best === null || replaces(compareValues(value, best)))) best = value;
    },
    result: () => best,
  };
}

/** Whether every accumulator of a `$group` can be kept as a running total. */
export function canStream(spec: unknown): spec is Doc & { _id: unknown } {
  if (!isPlainObject(spec) || !('_id' in spec)) return false;
  return Object.entries(spec).every(([field, expression]) => {
    if (field === '_id') return true;
    if (!isPlainObject(expression)) return false;
    const [name, ...more] = Object.keys(expression);
    return name !== undefined && more.length === 0 && Object.hasOwn(ACCUMULATORS, name);
  });
}

/** `$group` in one pass: memory grows with the number of groups, not of documents. */
export function groupStreaming(
  rows: Iterator,
  spec: Doc & { _id: unknown },
  options: Options,
): Iterable<Doc> {
  const { _id: idExpression, ...fields } = spec;
  return accumulate(rows, compileExpression(idExpression, options), fields, options);
}

/** Running totals of the rows, by whatever `idOf` says of a row. */
export function* accumulate(
  rows: Iterator,
  idOf: (row: Doc) => unknown,
  fields: Doc,
  options: Options,
): Generator<Doc> {
  const columns = Object.entries(fields).map(([field, expression]) => {
    const [name, argument] = Object.entries(expression as Doc)[0] as [string, unknown];
    // A list is taken by the operators of the same name inside an expression, never here.
    if (Array.isArray(argument)) throw requestFailed(`The ${name} accumulator is a unary operator`);
    return {
      field,
      start: ACCUMULATORS[name] as () => Accumulator,
      read: compileExpression(argument, options),
    };
  });
  const groups = new Map<unknown, { id: unknown; totals: Accumulator[] }>();
  rows.each((row: Doc) => {
    const id = idOf(row) ?? null;
    const key = typeof id === 'object' ? encodeDocument(id) : typeof id === 'string' ? `s${id}` : id;
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { id, totals: columns.map(({ start }) => start()) }));
    for (let i = 0; i < columns.length; i++) group.totals[i]?.add(columns[i]?.read(row));
  });
  for (const { id, totals } of groups.values()) {
    const row: Doc = { _id: id };
    columns.forEach(({ field }, i) => (row[field] = totals[i]?.result()));
    yield row;
  }
}

/** Constants and plain field paths are read directly; everything else goes through mingo. */
export function compileExpression(expression: unknown, options: Options): (row: Doc) => unknown {
  if (typeof expression !== 'object' && typeof expression !== 'string') return () => expression;
  if (expression === null) return () => null;
  const general = (row: Doc) => evalExpr(row, expression, options);
  if (typeof expression !== 'string') return isEmptyObject(expression) ? () => expression : general;
  if (!expression.startsWith('$')) return () => expression;
  if (expression.startsWith('$$')) return general;
  const path = expression.slice(1).split('.');
  return (row) => {
    let value: unknown = row;
    for (const step of path) {
      if (value === null || value === undefined) return undefined;
      // A path through an array spreads it, which is mingo's business.
      if (Array.isArray(value)) return general(row);
      value = (value as Doc)[step];
    }
    return value;
  };
}

const isEmptyObject = (value: object) => Object.keys(value).length === 0;

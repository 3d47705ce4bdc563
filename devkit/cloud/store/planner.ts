import type { Near } from '../query/near';
import { after, encodeValue, invert, type DocId } from './key-order';
import { boxesOf } from '../query/geo';
import type { Collection } from './collection';
import {
  both,
  boundsOf,
  conditionsOf,
  demandsPresence,
  equalities,
  isDocId,
  onlyBounded,
  onlyEqual,
} from './conditions';
import type { Bounds, Conditions } from './conditions';
import { rangesTouching } from './geo-cells';
import type { IndexKey, SecondaryIndex } from './secondary-index';
import { isPlainObject, type Doc } from './values';

export type SortKeys = [field: string, direction: 1 | -1][];

/**
 * How the candidates for a query are reached. Every document that matches is among them; with
 * `exact` nothing else is, each comes once, and so they can be counted and skipped unread.
 */
export type Plan =
  | { kind: 'ids'; ids: DocId[]; sorted: false; exact: false }
  | { kind: 'all'; start?: DocId; end?: DocId; reverse: boolean; sorted: boolean; exact: boolean }
  | IndexPlan
  | { kind: 'union'; plans: Plan[]; sorted: false; exact: false };

export interface IndexPlan {
  kind: 'index';
  index: SecondaryIndex;
  ranges: { start: Buffer; end: Buffer }[];
  reverse: boolean;
  sorted: boolean;
  exact: boolean;
}

interface Scored {
  plan: Plan;
  /** How far the plan narrows: 10 for each field held equal, 5 for a range, 3 for the order. */
  score: number;
}
const BY_ID = 1000;
/** Lists of values are multiplied out while they make no more ranges than this. */
const MOST_RANGES = 4096;

/**
 * Chooses the way to a query's candidates: by id, by the index with the longest equality prefix
 * (then a range, then the sort), through each branch of an `$or` when that narrows more, or through
 * all documents in id order. For a transaction, `snapshot` is the number of its snapshot: an index
 * that was finished later does not know what that snapshot holds.
 */
export function planQuery(
  collection: Collection,
  query: Doc | undefined,
  sort: SortKeys,
  snapshot = Infinity,
): Plan {
  const indexes = collection.indexes.filter((index) => index.firstSnapshot <= snapshot);
  const conditions = conditionsOf(query);
  let best = planConditions(indexes, conditions, sort);
  // Giving up an order that comes for nothing must buy a further field held equal, not a range only.
  const order = sort.length > 0 && best.plan.sorted ? 5 : 0;
  for (const branches of conditions.get('$or') ?? []) {
    const union = planUnion(indexes, conditions, branches);
    if (union && union.score > best.score + order) best = union;
  }
  return best.plan;
}

/** The cells within so many metres of a query's place, by the index that holds the most fields equal. */
export function planNear(
  collection: Collection,
  query: Doc,
  { field, centre }: Near,
  metres: number,
): IndexPlan | undefined {
  const around = { $nearSphere: { $geometry: { type: 'Point', coordinates: centre }, $maxDistance: metres } };
  const conditions: Conditions = new Map([...conditionsOf(query), [field, [around]]]);
  let best: Scored | undefined;
  for (const index of collection.indexes) {
    if (!index.shape.keys.some(([key, kind]) => key === field && kind === '2dsphere')) continue;
    const found = planIndex(index, conditions, []);
    if (found && (!best || found.score > best.score)) best = found;
  }
  return best?.plan.kind === 'index' ? best.plan : undefined;
}

function planConditions(indexes: readonly SecondaryIndex[], conditions: Conditions, sort: SortKeys): Scored {
  const ids = equalities(conditions.get('_id'));
  if (ids) {
    return { plan: { kind: 'ids', ids: ids.filter(isDocId), sorted: false, exact: false }, score: BY_ID };
  }
  let best: Scored | undefined;
  for (const index of indexes) {
    const found = planIndex(index, conditions, sort);
    if (found && (!best || found.score > best.score)) best = found;
  }
  const primary = planPrimary(conditions, sort);
  if (!best || best.score < primary.score) return primary;
  // A stretch of ids with both its ends, in the wanted order, is better than to sort all that a field held equal leads to.
  return isStretch(primary.plan) && primary.plan.sorted && !best.plan.sorted ? primary : best;
}

/** The branches of an `$or` one after another, when every one of them has a way of its own. */
function planUnion(
  indexes: readonly SecondaryIndex[],
  outer: Conditions,
  branches: unknown,
): Scored | undefined {
  if (!Array.isArray(branches) || branches.length === 0) return undefined;
  let score = Infinity;
  const plans: Plan[] = [];
  for (const branch of branches) {
    if (!isPlainObject(branch)) return undefined;
    const scored = planConditions(indexes, both(outer, conditionsOf(branch)), []);
    if (scored.score === 0) return undefined;
    score = Math.min(score, scored.score);
    plans.push(scored.plan);
  }
  return { plan: { kind: 'union', plans, sorted: false, exact: false }, score };
}

function planIndex(index: SecondaryIndex, conditions: Conditions, sort: SortKeys): Scored | undefined {
  const { shape, traits } = index;
  if (shape.sparse && !shape.keys.some(([field]) => demandsPresence(conditions.get(field)))) return undefined;
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  let used = 0;
  /** Where the first list of several values stands: from there on the order is the list's. */
  let firstList: number | undefined;
  // Every entry ends in the document's id; but the service's do not, so neither order nor bounds come of it unless declared.
  const { keys } = shape;
  for (; used < shape.keys.length; used++) {
    const [field, direction] = keys[used] as IndexKey;
    if (direction === '2dsphere') break;
    const values = equalities(conditions.get(field));
    if (!values || (used > 0 && values.length * prefixes.length > MOST_RANGES)) break;
    if (values.length !== 1) firstList ??= used;
    const parts = values.map((value) => orient(encodeValue(value), direction));
    prefixes = prefixes.flatMap((prefix) => parts.map((part) => join(prefix, part)));
  }
  if (index.bySphere && firstList !== undefined) return undefined;
  const next = keys[used];
  if (index.bySphere) return next && planSphere(index, prefixes[0] as Buffer, used, conditions.get(next[0]));
  const bounds = next && boundsOf(conditions.get(next[0]), traits.multikey && next[0] !== '_id');
  if (firstList !== undefined) prefixes.sort((a, b) => Buffer.compare(a, b));
  const direction = directionOf(index, sort, { used, firstList }, conditions);
  const score = used * 10 + (bounds ? 5 : 0) + (direction ? 3 : 0);
  if (score === 0) return undefined;
  const ranges = prefixes.map((prefix) =>
    bounds && next ? rangeIn(prefix, bounds, next[1] === -1 ? -1 : 1) : { start: prefix, end: after(prefix) },
  );
  // Where texts are cut, a bound takes in all that begin alike.
  const isRough = bounds && (traits.cut || bounds.low.isRough || bounds.high.isRough);
  const exact = !traits.multikey && !isRough && saysAll(conditions, keys.slice(0, used), bounds && next);
  return {
    plan: { kind: 'index', index, ranges, reverse: direction === -1, sorted: direction !== undefined, exact },
    score,
  };
}

/**
 * Which way to walk the index for the wanted order; undefined = it does not give that order. Behind a list of values only the
 * list's own order comes, from its least value up. Where a document may stand several times, it comes in order only while
 * everything but its id is held equal.
 */
function directionOf(
  { shape, traits }: SecondaryIndex,
  sort: SortKeys,
  { used, firstList }: { used: number; firstList: number | undefined },
  conditions: Conditions,
): 1 | -1 | undefined {
  if (traits.cut) return undefined;
  const isOnlyId = shape.keys.slice(used).every(([field]) => field === '_id');
  if (traits.multikey && (firstList !== undefined || !isOnlyId)) return undefined;
  if (firstList === undefined) return sortDirection(sort, shape.keys, used, conditions);
  return sortDirection(sort, shape.keys, firstList, conditions) === 1 ? 1 : undefined;
}

/** Whether the fields held equal and the one in bounds are the whole query. */
function saysAll(conditions: Conditions, equal: readonly IndexKey[], bounded: IndexKey | undefined): boolean {
  for (const [field, list] of conditions) {
    const settled = equal.some(([key]) => key === field)
      ? onlyEqual(list)
      : bounded?.[0] === field && onlyBounded(list);
    if (!settled) return false;
  }
  return true;
}

/** Through the cells a condition on a location touches, below what is held equal before it. */
function planSphere(
  index: SecondaryIndex,
  prefix: Buffer,
  used: number,
  conditions: unknown[] | undefined,
): Scored | undefined {
  if (index.shape.keys[used]?.[1] !== '2dsphere') return undefined;
  for (const condition of conditions ?? []) {
    const boxes = boxesOf(condition);
    if (!boxes) continue;
    const ranges = rangesTouching(boxes).map(({ start, end }) => ({
      start: join(prefix, start),
      end: join(prefix, end),
    }));
    return {
      plan: { kind: 'index', index, ranges, reverse: false, sorted: false, exact: false },
      score: used * 10 + 7,
    };
  }
  return undefined;
}

const isStretch = (plan: Plan): boolean =>
  plan.kind === 'all' && plan.start !== undefined && plan.end !== undefined;

/** Through the documents themselves, which lie in id order. */
function planPrimary(conditions: Conditions, sort: SortKeys): Scored {
  const first = sort[0];
  const sorted = first?.[0] === '_id';
  const reverse = sorted && first?.[1] === -1;
  const range: { start?: DocId; end?: DocId } = {};
  for (const condition of conditions.get('_id') ?? []) {
    if (!isPlainObject(condition)) continue;
    for (const op of ['$gt', '$gte'] as const) if (isDocId(condition[op])) range.start = condition[op];
    for (const op of ['$lt', '$lte'] as const) if (isDocId(condition[op])) range.end = condition[op];
  }
  // Both ends are taken in; whether a bound itself counts is settled by testing each document.
  const bounded = range.start !== undefined || range.end !== undefined;
  const window = reverse ? { start: range.end, end: range.start } : range;
  return {
    plan: { kind: 'all', ...window, reverse, sorted, exact: conditions.size === 0 },
    score: (bounded ? 5 : 0) + (sorted ? 3 : 0),
  };
}

function rangeIn(prefix: Buffer, bounds: Bounds, direction: 1 | -1): { start: Buffer; end: Buffer } {
  const [from, to] = direction === 1 ? [bounds.low, bounds.high] : [bounds.high, bounds.low];
  const start = join(prefix, orient(from.bytes, direction));
  const end = join(prefix, orient(to.bytes, direction));
  return { start: from.inclusive ? start : after(start), end: to.inclusive ? after(end) : end };
}

const orient = (bytes: Buffer, direction: 1 | -1) => (direction === 1 ? bytes : invert(bytes));
const join = (a: Buffer, b: Buffer) => (a.length === 0 ? b : Buffer.concat([a, b]));

/** 1 or -1 when walking the index that way gives the wanted order, fields held equal skipped. */
function sortDirection(
  sort: SortKeys,
  keys: IndexKey[],
  from: number,
  conditions: Conditions,
): 1 | -1 | undefined {
  let at = from;
  let walk: 1 | -1 | undefined;
  for (const [field, direction] of sort) {
    if (keys.slice(0, from).some(([held]) => held === field) && equalities(conditions.get(field))) continue;
    const key = keys[at++];
    if (!key || key[0] !== field) return undefined;
    const needed = key[1] === direction ? 1 : -1;
    if (walk !== undefined && walk !== needed) return undefined;
    walk = needed;
  }
  return sort.length === 0 ? undefined : (walk ?? 1);
}

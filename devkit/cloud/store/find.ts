import { compileQuery } from '../query/matching';
import { metresTo, nearOf } from '../query/near';
import type { Collection } from './collection';
import { nearestDocuments } from './nearest';
import { planQuery, type IndexPlan, type Plan, type SortKeys } from './planner';
import { sortComparator } from './sorting';
import type { OpenTransaction, Overlay } from './transactions';
import type { DocId } from './key-order';
import type { Doc } from './values';

export interface FindOptions {
  sort?: SortKeys;
  skip?: number;
  limit?: number;
  transaction?: OpenTransaction;
}

/** How many documents were looked at, for how many found, and by which way: for the slow-query warning. */
export interface Looked {
  scanned: number;
  found: number;
  plan: Plan;
  /** the order was not the way's: whatever was found had to be sorted before the first could be given */
  sorts: boolean;
}

export interface Found extends Looked {
  docs: Doc[];
}

/**
 * The documents that match, in order.
 *
 * @example findDocuments(orders, { paid: true }, { sort: [['at', -1]], limit: 20 }).docs;
 */
export function findDocuments(
  collection: Collection,
  query: Doc | undefined,
  options: FindOptions = {},
): Found {
  const { sort = [], limit = Infinity, transaction } = options;
  const matches = compileQuery(query);
  const overlaid = (transaction?.overlays.get(collection)?.size ?? 0) > 0;
  const near = sort.length === 0 ? nearOf(query) : undefined;
  let skip = options.skip ?? 0;
  const wanted = skip + limit;
  if (near && query && wanted < Infinity && !transaction) {
    const nearest = nearestDocuments(collection, query, near, matches, wanted);
    if (nearest) {
      const docs = nearest.docs.slice(skip);
      return { ...nearest, docs, found: docs.length, sorts: false };
    }
  }
  const plan = planQuery(collection, query, sort, transaction?.snapshot);
  const order = near
    ? byDistance(metresTo(near))
    : sort.length > 0 && !(plan.sorted && !overlaid)
      ? sortComparator(sort)
      : undefined;
  const unread = plan.exact && !order && !overlaid ? skip : 0;
  skip -= unread;

  let docs: Doc[] = [];
  let scanned = 0;
  const kept = skip + limit;
  // While sorting, only the best `kept` are kept, cut back whenever twice as many have gathered.
  const most = Math.max(2 * kept, 2000);
  if (limit > 0) {
    for (const doc of candidates(collection, plan, transaction, unread)) {
      scanned++;
      if (!matches(doc)) continue;
      docs.push(doc);
      if (!order) {
        if (docs.length >= kept) break;
      } else if (docs.length >= most) {
        docs = docs.sort(order).slice(0, kept);
      }
    }
  }
  if (order) docs.sort(order);
  docs = docs.slice(skip, kept);
  return { docs, scanned, found: docs.length, plan, sorts: order !== undefined && !near };
}

const byDistance = (metres: (doc: Doc) => number) => (a: Doc, b: Doc) => metres(a) - metres(b);

/** How many documents match. The index alone tells it when it says all there is in the query; none is kept. */
export function countDocuments(collection: Collection, query: Doc | undefined): Looked {
  const plan = planQuery(collection, query, []);
  const counted = (found: number) => ({ scanned: 0, found, plan, sorts: false });
  if (plan.exact && plan.kind === 'all') return counted(collection.count);
  const matches = compileQuery(query);
  if (plan.exact && plan.kind === 'index') {
    return counted(plan.ranges.reduce((sum, { start, end }) => sum + plan.index.countIn(start, end), 0));
  }
  let [scanned, found] = [0, 0];
  for (const doc of candidates(collection, plan)) {
    scanned++;
    if (matches(doc)) found++;
  }
  return { scanned, found, plan, sorts: false };
}

/** Every document the plan reaches, each once, as the transaction sees it; an exact plan may skip some unread. */
export function candidates(
  collection: Collection,
  plan: Plan,
  transaction?: OpenTransaction,
  unread = 0,
): Iterable<Doc> {
  const overlay = transaction?.overlays.get(collection);
  const stored = reached(collection, plan, transaction?.read, overlay, unread);
  return overlay || mayRepeat(plan) ? eachOnce(stored, plan, overlay) : stored;
}

function* eachOnce(stored: Iterable<Doc>, plan: Plan, overlay: Overlay | undefined): Generator<Doc> {
  const seen = new Set<DocId>();
  for (const doc of stored) {
    const id = doc._id as DocId;
    if (seen.has(id)) continue;
    seen.add(id);
    yield doc;
  }
  if (!overlay || plan.kind === 'ids') return;
  // What the transaction has written may match now, although no stored entry leads there.
  for (const [id, doc] of overlay) if (doc && !seen.has(id)) yield doc;
}

const mayRepeat = (plan: Plan) =>
  plan.kind === 'union' || (plan.kind === 'index' && (plan.index.traits.multikey || plan.index.bySphere));

function* reached(
  collection: Collection,
  plan: Plan,
  read: OpenTransaction['read'],
  overlay: Overlay | undefined,
  unread: number,
): Generator<Doc> {
  if (plan.kind === 'union') {
    for (const part of plan.plans) yield* reached(collection, part, read, overlay, 0);
  } else if (plan.kind === 'all') {
    const { start, end, reverse } = plan;
    for (const doc of collection.range({ start, end, reverse, transaction: read, skip: unread })) {
      if (!overlay?.has(doc._id as DocId)) yield doc;
    }
  } else {
    for (const ids of plan.kind === 'ids' ? [plan.ids] : idsOf(plan, read, unread)) {
      for (const id of ids) {
        const doc = overlay?.has(id) ? overlay.get(id) : collection.get(id, read);
        if (doc) yield doc;
      }
    }
  }
}

/** The ids of each range of an index, without the first ones. */
function* idsOf(
  { index, ranges, reverse }: IndexPlan,
  read: OpenTransaction['read'],
  unread: number,
): Generator<Iterable<DocId>> {
  let left = unread;
  for (const { start, end } of ranges) {
    const size = left > 0 && ranges.length > 1 ? index.countIn(start, end, read) : Infinity;
    if (size > left) yield index.ids(start, end, reverse, read, left);
    left = Math.max(0, left - size);
  }
}

/** One line for the log: which way a query went. */
export function describePlan(plan: Plan): string {
  if (plan.kind === 'ids') return 'by id';
  if (plan.kind === 'union') return [...new Set(plan.plans.map(describePlan))].join(' or ');
  if (plan.kind === 'index') return `index ${plan.index.shape.name}${plan.sorted ? ', in order' : ''}`;
  return plan.start === undefined && plan.end === undefined ? 'all documents' : 'a range of ids';
}

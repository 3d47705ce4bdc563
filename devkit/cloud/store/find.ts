import { compileQuery } from '../query/matching';
import { distanceOrder } from '../query/geo';
import type { Collection } from './collection';
import { planQuery, type Plan, type SortKeys } from './planner';
import { sortComparator } from './sorting';
import type { OpenTransaction } from './transactions';
import type { DocId } from './key-order';
import type { Doc } from './values';

export interface FindOptions {
  sort?: SortKeys;
  skip?: number;
  limit?: number;
  transaction?: OpenTransaction;
}

export interface Found {
  docs: Doc[];
  /** How many documents were looked at, and by which way: for the slow-query warning. */
  scanned: number;
  plan: Plan;
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
  const { sort = [], skip = 0, limit = Infinity, transaction } = options;
  const plan = planQuery(collection, query, sort);
  const matches = compileQuery(query);
  const overlaid = (transaction?.overlays.get(collection)?.size ?? 0) > 0;
  const near = sort.length === 0 ? distanceOrder(query) : undefined;
  const order = near ?? (sort.length > 0 && !(plan.sorted && !overlaid) ? sortComparator(sort) : undefined);

  let docs: Doc[] = [];
  let scanned = 0;
  const wanted = skip + limit;
  // While sorting, only the best `wanted` are kept, cut back whenever twice as many have gathered.
  const most = Math.max(2 * wanted, 2000);
  for (const doc of candidates(collection, plan, transaction)) {
    scanned++;
    if (!matches(doc)) continue;
    docs.push(doc);
    if (!order) {
      if (docs.length >= wanted) break;
    } else if (docs.length >= most) {
      docs = docs.sort(order).slice(0, wanted);
    }
  }
  if (order) docs.sort(order);
  return { docs: docs.slice(skip, wanted), scanned, plan };
}

/** How many documents match; they are looked at one by one and none is kept. */
export function countDocuments(collection: Collection, query: Doc | undefined): number {
  if (query === undefined || Object.keys(query).length === 0) return collection.count;
  const matches = compileQuery(query);
  let n = 0;
  for (const doc of candidates(collection, planQuery(collection, query, []))) if (matches(doc)) n++;
  return n;
}

/** Every document the plan reaches, each once, as the transaction sees it. */
export function* candidates(
  collection: Collection,
  plan: Plan,
  transaction?: OpenTransaction,
): Generator<Doc> {
  const overlay = transaction?.overlays.get(collection);
  const seen = overlay || mayRepeat(plan) ? new Set<DocId>() : undefined;
  for (const doc of reached(collection, plan, transaction)) {
    const id = doc._id as DocId;
    if (seen?.has(id)) continue;
    seen?.add(id);
    yield doc;
  }
  if (!overlay || plan.kind === 'ids') return;
  // What the transaction has written may match now, although no stored entry leads there.
  for (const [id, doc] of overlay) if (doc && !seen?.has(id)) yield doc;
}

const mayRepeat = (plan: Plan) =>
  plan.kind === 'union' || (plan.kind === 'index' && (plan.index.traits.multikey || plan.index.bySphere));

function* reached(collection: Collection, plan: Plan, transaction?: OpenTransaction): Generator<Doc> {
  const overlay = transaction?.overlays.get(collection);
  const read = transaction?.read;
  switch (plan.kind) {
    case 'union':
      for (const part of plan.plans) yield* reached(collection, part, transaction);
      return;
    case 'all': {
      const { start, end, reverse } = plan;
      for (const doc of collection.range({ start, end, reverse, transaction: read })) {
        if (!overlay?.has(doc._id as DocId)) yield doc;
      }
      return;
    }
    default:
      for (const id of idsOf(plan, read)) {
        const doc = overlay?.has(id) ? overlay.get(id) : collection.get(id, read);
        if (doc) yield doc;
      }
  }
}

function* idsOf(
  plan: Extract<Plan, { kind: 'ids' | 'index' }>,
  read: OpenTransaction['read'],
): Generator<DocId> {
  if (plan.kind === 'ids') yield* plan.ids;
  else for (const { start, end } of plan.ranges) yield* plan.index.ids(start, end, plan.reverse, read);
}

/** One line for the log: which way a query went. */
export function describePlan(plan: Plan): string {
  if (plan.kind === 'ids') return 'by id';
  if (plan.kind === 'union') return plan.plans.map(describePlan).join(' or ');
  if (plan.kind === 'index') return `index ${plan.index.shape.name}${plan.sorted ? ', in order' : ''}`;
  return plan.start === undefined && plan.end === undefined ? 'all documents' : 'a range of ids';
}

import { CloudError } from '../failures';
import { compileQuery } from '../query/matching';
import type { Collection } from '../store/collection';
import { candidates } from '../store/find';
import type { DocId } from '../store/key-order';
import { planQuery, type Plan, type SortKeys } from '../store/planner';
import { sortComparator } from '../store/sorting';
import type { Doc } from '../store/values';

export const PAGE = 50;
/** Looking at more would keep the whole cloud waiting: one thread serves everything. */
const MOST_SCANNED = 200_000;
const KEPT_WHILE_SORTING = 2000;

export interface Browsed {
  docs: Doc[];
  /** Where the next page begins: behind the document of this id. */
  next: DocId | undefined;
  scanned: number;
  /** Which way the documents were reached. */
  way: string;
  /** True when the limit of documents looked at was reached before the page was full. */
  unfinished: boolean;
}

/**
 * One page of at most 50 documents that match, behind the document `after`. The id decides between
 * equals, so no document comes twice or is left out, however many have the same sort key.
 *
 * Throws INVALID_PARAM when the page is sorted by fields and the document `after` is gone.
 */
export function browse(
  collection: Collection,
  query: Doc | undefined,
  sort: SortKeys,
  after: DocId | undefined,
  mostScanned = MOST_SCANNED,
): Browsed {
  const whole: SortKeys = sort.some(([field]) => field === '_id') ? sort : [...sort, ['_id', 1]];
  const byId = whole[0]?.[0] === '_id';
  const anchor = after === undefined ? undefined : byId ? { _id: after } : collection.get(after);
  if (after !== undefined && !anchor) {
    throw new CloudError('INVALID_PARAM', '上一页的最后一条文档已不存在，请回到第一页重新看。');
  }
  const compare = sortComparator(whole);
  const matches = compileQuery(query);
  let plan = planQuery(collection, query, whole);
  if (plan.kind === 'all' && byId && after !== undefined) plan = { ...plan, start: after };
  let docs: Doc[] = [];
  let scanned = 0;
  let last: Doc | undefined;
  let unfinished = false;
  for (const doc of candidates(collection, plan)) {
    if (scanned === mostScanned) {
      unfinished = true;
      break;
    }
    scanned++;
    last = doc;
    if (!matches(doc) || (anchor && compare(doc, anchor) <= 0)) continue;
    docs.push(doc);
    if (plan.sorted ? docs.length > PAGE : docs.length >= KEPT_WHILE_SORTING) {
      if (plan.sorted) break;
      docs = docs.sort(compare).slice(0, PAGE + 1);
    }
  }
  if (!plan.sorted) docs.sort(compare);
  const more =
    docs.length > PAGE ? docs[PAGE - 1] : unfinished && plan.kind === 'all' && byId ? last : undefined;
  return {
    docs: docs.slice(0, PAGE),
    next: more?._id as DocId | undefined,
    scanned,
    way: wayOf(plan),
    unfinished: unfinished && docs.length <= PAGE,
  };
}

function wayOf(plan: Plan): string {
  if (plan.kind === 'ids') return '按 _id 取';
  if (plan.kind === 'union') return plan.plans.map(wayOf).join('；或者');
  if (plan.kind === 'index') return `走索引 ${plan.index.shape.name}${plan.sorted ? '，不用再排序' : ''}`;
  return plan.start === undefined && plan.end === undefined ? '从头看全部文档' : '看一段 _id';
}

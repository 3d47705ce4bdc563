import type { Collections } from '../../cloudfunctions/common/store/documents';
import type { QueryKind } from '../cloud';

/** Collections that grow with members, orders or days: looking at all of one is never right. */
export const GROWING: readonly (keyof Collections)[] = [
  'members',
  'orders',
  'tasks',
  'touches',
  'coupons',
  'audit',
  'outbox',
  'merges',
  'imports',
  'runs',
  'guesses',
];

/** To sort so many before the first can be given costs as much again with every page. */
const MOST_SORTED = 1000;

const looksAtAll = ({ fields, plan }: QueryKind): boolean => fields !== '' && plan.includes('all documents');
const sortsMany = ({ plan, mostScanned }: QueryKind): boolean =>
  plan.endsWith('then sorted') && mostScanned > MOST_SORTED;

/**
 * The queries of functions that no index serves: they name a field and yet looked at all documents of a growing collection, or
 * sorted many of them. Only queries that were asked are known here, so the more was played before, the more the answer is worth.
 *
 * @example scansIn(cloud.queries()) // → []
 */
export function scansIn(kinds: readonly QueryKind[]): QueryKind[] {
  return kinds.filter(
    (kind) =>
      kind.byFunction &&
      (GROWING as readonly string[]).includes(kind.collection) &&
      (looksAtAll(kind) || sortsMany(kind)),
  );
}

export function scanWords(kind: QueryKind): string {
  const { collection, fields, mostScanned, found } = kind;
  const looked = `一次看了 ${mostScanned} 条，找到 ${found} 条`;
  return looksAtAll(kind)
    ? `${collection} 按 ${fields} 查询没有索引可用：${looked}`
    : `${collection} 按 ${fields} 查询没有索引给出顺序，要先全部排序：${looked}`;
}

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

/**
 * The queries of functions that name a field and yet looked at all documents of a growing collection: no index serves
 * them. Only queries that were asked are known here, so the more was played before, the more the answer is worth.
 *
 * @example scansIn(cloud.queries()) // → []
 */
export function scansIn(kinds: readonly QueryKind[]): QueryKind[] {
  return kinds.filter(
    ({ collection, fields, plan, byFunction }) =>
      byFunction &&
      fields !== '' &&
      plan.includes('all documents') &&
      (GROWING as readonly string[]).includes(collection),
  );
}

export const scanWords = ({ collection, fields, mostScanned, found }: QueryKind): string =>
  `${collection} 按 ${fields} 查询没有索引可用：一次看了 ${mostScanned} 条，找到 ${found} 条`;

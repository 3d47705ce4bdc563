import type { Fen } from '../kernel/fen';
import type { CouponScope } from './types';

/** What lies on the counter: its sum, and where the till tells it, the amount by category. */
export interface Basket {
  totalFen: Fen;
  /** missing = nobody told */
  categoryFen?: Readonly<Record<string, Fen>>;
}

export function basketOf(given: Fen | Basket): Basket {
  return typeof given === 'number' ? { totalFen: given } : given;
}

/**
 * The part of a basket that counts for a coupon, never more than its sum; null when that cannot be told.
 *
 * @example countedFen({ totalFen: 900, categoryFen: { 茶: 500, 糖: 400 } }, { categories: ['茶'] }) // → 500
 * @example countedFen({ totalFen: 900 }, { categories: ['茶'] }) // → null
 */
export function countedFen(basket: Basket, scope?: CouponScope): Fen | null {
  const categories = scope?.categories ?? null;
  if (categories === null) return basket.totalFen;
  if (basket.categoryFen === undefined) return null;
  const told = new Map(Object.entries(basket.categoryFen));
  const counted = [...new Set(categories)].reduce((sum, name) => sum + (told.get(name) ?? 0), 0);
  return Math.min(counted, basket.totalFen);
}

/**
 * Names in the basket that do not count for a coupon: told, so that a typing mistake does not silently count for nothing.
 *
 * @example notCountedIn({ totalFen: 900, categoryFen: { 茶: 500, 糖: 400 } }, { categories: ['茶'] }) // → ['糖']
 */
export function notCountedIn({ categoryFen }: Basket, scope?: CouponScope): string[] {
  const categories = scope?.categories ?? null;
  if (categories === null || categoryFen === undefined) return [];
  return Object.keys(categoryFen).filter((name) => !categories.includes(name));
}

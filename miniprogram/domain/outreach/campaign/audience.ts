import { distanceTag } from '../../membership/tagging/distance';
import type { Point } from '../../membership/tagging/distance';
import { categoryTag, promotionTag } from '../../membership/tagging/habits';
import type { MemberFacts } from '../../membership/types';

export const DISTANCES = ['500米内', '3公里内', '3公里外'] as const;
export type Distance = (typeof DISTANCES)[number];

/**
 * Computed tags an audience can be narrowed by; a missing one asks nothing. They are those that follow from a member's
 * stored facts alone, and each means what it means on her page (`membership/tags`). Ages change with the calendar and
 * seasons need a year of purchases; neither chooses whom to call back.
 */
export interface AudienceTags {
  /** she prefers one of these categories (爱买…) */
  categories?: string[];
  /** true = uses coupons for at least half of her orders (爱用优惠券) */
  promotion?: boolean;
  /** how far she lives from her home branch; members whose place is not known are in no band */
  distances?: Distance[];
}

export interface TaggedFacts {
  facts: Pick<MemberFacts, 'paidOrders' | 'paidFen' | 'ordersWithCoupon' | 'categories'>;
  place: Point | null;
  branchPlace: Point | null;
}

export function asksTags(tags: AudienceTags | undefined): boolean {
  return (
    (tags?.categories?.length ?? 0) > 0 || tags?.promotion === true || (tags?.distances?.length ?? 0) > 0
  );
}

/** Has she all the tags that are asked for? @example hasTags({ promotion: true }, her) // → false */
export function hasTags(tags: AudienceTags | undefined, { facts, place, branchPlace }: TaggedFacts): boolean {
  if (!tags) return true;
  const { categories = [], promotion = false, distances = [] } = tags;
  const whole = facts as MemberFacts;
  if (categories.length > 0) {
    const preferred = categoryTag(whole) === null ? null : whole.categories[0]?.name;
    if (!categories.some((name) => name === preferred)) return false;
  }
  if (promotion && promotionTag(whole) === null) return false;
  if (distances.length === 0) return true;
  const band = distanceTag(place, branchPlace)?.word;
  return distances.some((one) => one === band);
}

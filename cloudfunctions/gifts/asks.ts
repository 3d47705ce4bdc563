import * as z from 'zod';
import { anId, someFen } from '../common/entry/asks';
import { aCategory } from '../common/entry/offerAsk';

/** A basket by category, at most fifty of them. */
export const someCategories = z
  .record(aCategory, someFen)
  .refine((value) => Object.keys(value).length <= 50, '最多 50 个品类');

export const aBasket = {
  couponId: anId,
  basketFen: someFen,
  categoryFen: someCategories.optional(),
};

/** What was asked as the rules read it. @example basketAsked({ basketFen: 900 }) // → { totalFen: 900 } */
export const basketAsked = (ask: {
  basketFen: number;
  categoryFen?: Record<string, number> | undefined;
}): { totalFen: number; categoryFen?: Record<string, number> } => ({
  totalFen: ask.basketFen,
  ...(ask.categoryFen ? { categoryFen: ask.categoryFen } : {}),
});

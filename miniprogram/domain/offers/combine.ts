import type { Fen } from '../kernel/fen';
import { basketOf } from './basket';
import type { Basket } from './basket';
import { offOf } from './coupon';
import type { CouponRule, CouponScope, Stacking } from './types';

/** A coupon as it may be put on one basket with others. */
export interface Combinable {
  couponId: string;
  rule: CouponRule;
  scope?: CouponScope | undefined;
  stacking?: Stacking | undefined;
}
export interface Combination {
  /** in the order in which they are taken off */
  used: { couponId: string; offFen: Fen }[];
  offFen: Fen;
  payFen: Fen;
}

/** More than these are not tried together: six have 1,957 orders. */
export const MOST_TOGETHER = 6;

function stacks(chosen: readonly Combinable[], next: Combinable): boolean {
  if (chosen.length === 0) return true;
  if (next.stacking === 'alone' || chosen.some(({ stacking }) => stacking === 'alone')) return false;
  const groupOf = ({ stacking }: Combinable) => (typeof stacking === 'object' ? stacking.group : null);
  const group = groupOf(next);
  return group === null || chosen.every((one) => groupOf(one) !== group);
}

/** What is left of a basket by category once coupons were taken off; an amount off is spread over what it counts on. */
interface Rest {
  totalFen: Fen;
  byCategory: ReadonlyMap<string, Fen> | null;
}

const countedIn = ({ totalFen, byCategory }: Rest, scope?: CouponScope): Fen | null => {
  const categories = scope?.categories ?? null;
  if (categories === null) return totalFen;
  if (byCategory === null) return null;
  return Math.min(
    totalFen,
    [...new Set(categories)].reduce((sum, name) => sum + (byCategory.get(name) ?? 0), 0),
  );
};

/** Takes an amount off, category by category in their order, so that every fen of it goes somewhere. */
function without(rest: Rest, offFen: Fen, scope?: CouponScope): Rest {
  const totalFen = rest.totalFen - offFen;
  if (rest.byCategory === null) return { totalFen, byCategory: null };
  const counts = scope?.categories ? new Set(scope.categories) : null;
  let left = offFen;
  const byCategory = new Map(
    [...rest.byCategory].map(([name, fen]) => {
      const off = counts === null || counts.has(name) ? Math.min(fen, left) : 0;
      left -= off;
      return [name, fen - off] as const;
    }),
  );
  return { totalFen, byCategory };
}

/**
 * The coupons to use on a basket, and in which order, so that the customer pays least. Each is measured on what the ones
 * before it left, its minimum too. Of ways that cost her the same the one with fewer coupons wins, then the one whose
 * ids come first: two tills always find the same one. Tries all of them, at most six coupons.
 *
 * @example bestCombination([half, tenOff], 10_000) // ¥10 off before 5折 saves less than after it → [half, tenOff]
 */
export function bestCombination(coupons: readonly Combinable[], given: Fen | Basket): Combination {
  const basket = basketOf(given);
  const sorted = [...coupons]
    .sort((a, b) => (a.couponId < b.couponId ? -1 : a.couponId > b.couponId ? 1 : 0))
    .slice(0, MOST_TOGETHER);
  let best: Combination = { used: [], offFen: 0, payFen: basket.totalFen };

  const tryFrom = (chosen: Combinable[], used: Combination['used'], rest: Rest): void => {
    const offFen = basket.totalFen - rest.totalFen;
    const isBetter = offFen > best.offFen || (offFen === best.offFen && used.length < best.used.length);
    if (isBetter) best = { used, offFen, payFen: rest.totalFen };
    for (const next of sorted) {
      if (chosen.includes(next) || !stacks(chosen, next)) continue;
      const counted = countedIn(rest, next.scope);
      if (counted === null || counted < next.rule.minFen) continue;
      const off = offOf(next.rule, counted);
      if (off === 0) continue;
      tryFrom(
        [...chosen, next],
        [...used, { couponId: next.couponId, offFen: off }],
        without(rest, off, next.scope),
      );
    }
  };
  const byCategory = basket.categoryFen ? new Map(Object.entries(basket.categoryFen)) : null;
  tryFrom([], [], { totalFen: basket.totalFen, byCategory });
  return best;
}

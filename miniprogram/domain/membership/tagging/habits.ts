import { addMonths } from '../../kernel/day';
import type { MemberFacts } from '../types';
import type { Tag } from '../tags';

/** She prefers a category when it takes this share of her money, and she came back to it at least once. */
const CATEGORY_SHARE = 0.3;
const CATEGORY_ORDERS = 2;

/** A season is hers when more than this share of her purchases fall into it, seen over at least a year. */
const SEASON_SHARE = 0.5;
const SEASON_ORDERS = 4;
const SEASON_MONTHS = 12;
const SEASONS = [
  ['春季', '3–5月'],
  ['夏季', '6–8月'],
  ['秋季', '9–11月'],
  ['冬季', '12–2月'],
] as const;

/** She waits for coupons when at least this share of her orders used one. */
const COUPON_SHARE = 0.5;
const COUPON_ORDERS = 3;

/** A share from 0 to 1 as people say it. @example percent(0.725) // → '73%' */
const percent = (share: number): string => `${Math.round(share * 100)}%`;

/**
 * The category she prefers: the one she spends most on, if it takes at least 30 % of her money and she bought it at
 * least twice. Where no amount is known, the share is that of her purchases.
 */
export function categoryTag(facts: MemberFacts): Tag | null {
  const [first] = facts.categories;
  if (first === undefined || facts.paidOrders === 0 || first.orders < CATEGORY_ORDERS) return null;
  const isPriced = facts.paidFen > 0;
  const share = isPriced ? first.fen / facts.paidFen : first.orders / facts.paidOrders;
  if (share < CATEGORY_SHARE) return null;
  const bought = `${facts.paidOrders}单里${first.orders}单买了${first.name}`;
  return {
    kind: 'category',
    word: `爱买${first.name}`,
    why: isPriced ? `${bought}，占消费额的${percent(share)}` : bought,
  };
}

/**
 * The season she buys in: more than half of at least four purchases, the first and the last of them at least a year
 * apart. Without the year every newcomer would be one of the season she came in.
 */
export function seasonTag(facts: MemberFacts): Tag | null {
  const { paidOrders, firstPaidOn, lastPaidOn, seasons } = facts;
  if (paidOrders < SEASON_ORDERS || firstPaidOn === null || lastPaidOn === null) return null;
  if (addMonths(firstPaidOn, SEASON_MONTHS) > lastPaidOn) return null;
  const most = Math.max(...seasons);
  const season = SEASONS[seasons.indexOf(most)];
  if (season === undefined || most / paidOrders <= SEASON_SHARE) return null;
  const [word, months] = season;
  return { kind: 'season', word: `${word}常来`, why: `${paidOrders}单里${most}单在${word}（${months}）` };
}

/** Price and promotion sensitivity: at least half of three or more orders used a coupon. */
export function promotionTag(facts: MemberFacts): Tag | null {
  const { paidOrders, ordersWithCoupon } = facts;
  if (paidOrders < COUPON_ORDERS) return null;
  const share = ordersWithCoupon / paidOrders;
  // Many tills do not tell coupons at all, so few of them prove nothing and there is no tag for the opposite.
  if (share < COUPON_SHARE) return null;
  return {
    kind: 'promotion',
    word: '爱用优惠券',
    why: `${paidOrders}单里${ordersWithCoupon}单用了优惠券（${percent(share)}）`,
  };
}

import { dayOf } from '../../kernel/day';
import type { Day, Ms } from '../../kernel/day';
import type { Loyalty } from '../../offers/types';
import type { OptOutScope } from '../types';
import { OCCASIONS } from './occasions';
import type { CareEnd, CareReason } from './types';

/** An order as far as it can end a care task. All of it only ever grows, so the order in which it is heard of never matters. */
export interface CareOrder {
  orderId: string;
  status: 'unpaid' | 'paid' | 'refunded' | 'cancelled';
  createdAt: Ms;
  paidAt: Ms | null;
  categories: readonly string[];
}

/** What is known of her now. */
export interface CareSeen {
  today: Day;
  optOut: OptOutScope | null;
  lastVisitOn: Day | null;
  /** null = not looked at, and nothing follows from it */
  orders: readonly CareOrder[] | null;
  loyalty: Loyalty | null;
}

type Ends = (care: CareReason, seen: CareSeen) => CareEnd | null;

const unpaid: Ends = ({ orderId }, { orders }) => {
  const order = orders?.find((one) => one.orderId === orderId);
  if (!order || order.status === 'unpaid') return null;
  return order.status === 'cancelled' ? 'cancelled' : 'paid';
};
const browse: Ends = ({ since }, { orders, lastVisitOn }) => {
  // Also one that was cancelled: she has been back and has seen what she wanted to see.
  if (orders?.some(({ createdAt }) => createdAt > since)) return 'ordered';
  return lastVisitOn !== null && lastVisitOn >= dayOf(since) ? 'came' : null;
};
const refill: Ends = ({ about, since }, { orders }) =>
  orders?.some(
    ({ paidAt, categories }) => paidAt !== null && paidAt > since && categories.includes(about ?? ''),
  )
    ? 'bought'
    : null;
const level: Ends = ({ on }, { loyalty }) => (loyalty && loyalty.levelUntil !== on ? 'kept' : null);
const points: Ends = ({ on }, { loyalty }) => (loyalty && loyalty.expiring?.on !== on ? 'spent' : null);

/** What ends each early; the day that has passed and an opt-out end them all. */
const ENDS: Partial<Record<CareReason['occasion'], Ends>> = { unpaid, browse, refill, level, points };

/**
 * Why a care task is over, or null while it still makes sense. It follows from what is known of her now, so asking twice
 * gives the same answer, and an end never turns back.
 *
 * @example endOfCare(birthdayOn('2026-03-21'), { today: day('2026-03-22'), … }) // → 'dayPassed'
 */
export function endOfCare(care: CareReason, seen: CareSeen): CareEnd | null {
  const isPush = OCCASIONS[care.occasion].purpose === 'promo';
  if (seen.optOut === 'all' || (seen.optOut === 'promo' && isPush)) return 'optedOut';
  return ENDS[care.occasion]?.(care, seen) ?? (seen.today > care.until ? 'dayPassed' : null);
}

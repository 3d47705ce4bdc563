import { omit } from 'lodash-es';
import { DAY_MS, HOUR_MS, startOf } from '../../../miniprogram/domain/kernel/day';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { Fen } from '../../../miniprogram/domain/kernel/fen';
import type { OrderDoc } from '../../../cloudfunctions/common/store/documents';
import type { Dice } from '../dice';
import { basketOf } from './basket';
import type { Calendar } from './calendar';
import type { Person } from './people';
import { categoryFenOf, livelinessOf } from './products';

/** An order before the till gave it a number. */
export type UnnumberedOrder = Omit<OrderDoc, '_id'>;

/** Share of orders given back in part or whole, and of orders taken home by another branch's clerk. */
const REFUNDED = 0.025;
const ELSEWHERE = 0.1;

/**
 * All orders of one person within the books, newest first: from her last purchase back to the day she joined, at her
 * own rhythm, livelier in the months in which the shop is.
 */
export function ordersOf(
  person: Person,
  calendar: Calendar,
  clerks: readonly { id: string; branchId: string }[],
  dice: Dice,
): UnnumberedOrder[] {
  const orders = purchaseDays(person, calendar, dice).map((ago) =>
    order(person, ago, calendar, clerks, dice),
  );
  if (person.story === 'cartWaiting') {
    orders.push(unpaid(order(person, dice.whole(1, 5), calendar, clerks, dice), 'unpaid'));
  } else if (person.lastAgo !== null && dice.chance(0.03)) {
    // Baskets left behind long ago; the till cancels most of them.
    const ago = dice.whole(10, calendar.longestAgo);
    orders.push(
      unpaid(order(person, ago, calendar, clerks, dice), dice.chance(0.8) ? 'cancelled' : 'unpaid'),
    );
  }
  return orders;
}

function purchaseDays(person: Person, calendar: Calendar, dice: Dice): number[] {
  const { lastAgo, joinedAgo, gapDays } = person;
  if (lastAgo === null) return [];
  const days = [lastAgo];
  if (person.onlyOnce) return days;
  let ago = lastAgo;
  for (;;) {
    const gap = dice.around(gapDays, 0.45) / livelinessOf(calendar.monthOf(ago));
    ago += Math.max(1, Math.round(gap));
    if (ago > joinedAgo) break;
    days.push(ago);
  }
  // Whoever keeps coming but has not come for a month must have come before: one order alone is another story.
  if (person.story === 'keepsComing' && days.length === 1 && lastAgo > 28) {
    days.push(Math.min(calendar.longestAgo, lastAgo + Math.round(gapDays)));
  }
  return days;
}

function order(
  person: Person,
  ago: number,
  calendar: Calendar,
  clerks: readonly { id: string; branchId: string }[],
  dice: Dice,
): UnnumberedOrder {
  const withCoupon = dice.chance(person.couponShare);
  const lines = basketOf(person.taste, calendar.monthOf(ago), withCoupon, dice);
  const paidFen = Object.values(lines).reduce((sum, fen) => sum + fen, 0);
  const server = serverOf(person, clerks, dice);
  const paidAt = openingInstant(calendar, ago, dice);
  const isRefunded = dice.chance(REFUNDED);
  const refundedFen = isRefunded ? (dice.chance(0.4) ? paidFen : Math.round(paidFen / 2)) : 0;
  return {
    memberId: person.memberNo,
    branchId: server.branchId,
    clerkId: server.clerkId,
    status: refundedFen === paidFen ? 'refunded' : 'paid',
    createdAt: paidAt - dice.whole(20, 240) * 1000,
    paidAt,
    lines,
    paidFen,
    refundedFen,
    withCoupon,
    categoryFen: categoryFenOf(lines),
    ...(refundedFen > 0
      ? { refunds: [{ at: broughtBack(paidAt, paidFen, calendar), fen: refundedFen }] }
      : {}),
  };
}

/** Brought back within a week, and before today, for the books end there. No dice: other orders stay as they were. */
function broughtBack(paidAt: Ms, paidFen: Fen, calendar: Calendar): Ms {
  return Math.min(paidAt + (1 + (paidFen % 7)) * DAY_MS, startOf(calendar.today) - HOUR_MS);
}

/** Mostly her own clerk at home, sometimes whoever is there, sometimes another branch, sometimes the till alone. */
function serverOf(
  person: Person,
  clerks: readonly { id: string; branchId: string }[],
  dice: Dice,
): { branchId: string; clerkId: string | null } {
  const home = person.homeBranchId;
  if (dice.chance(ELSEWHERE)) {
    const clerk = dice.pick(clerks.filter(({ branchId }) => branchId !== home));
    return { branchId: clerk.branchId, clerkId: clerk.id };
  }
  if (dice.chance(0.62)) return { branchId: home, clerkId: person.clerkId };
  if (dice.chance(0.3)) return { branchId: home, clerkId: null };
  return { branchId: home, clerkId: dice.pick(clerks.filter(({ branchId }) => branchId === home)).id };
}

/** The shops are open from 9:30 to 21:30; tea is bought after lunch and after work. */
function openingInstant(calendar: Calendar, ago: number, dice: Dice): Ms {
  const peak = dice.chance(0.55) ? 15 : 19;
  const hour = Math.min(21.4, Math.max(9.5, peak + (dice.share() + dice.share() - 1) * 4));
  return startOf(calendar.dayAgo(ago)) + Math.round((hour * HOUR_MS) / 1000) * 1000;
}

function unpaid(basket: UnnumberedOrder, status: 'unpaid' | 'cancelled'): UnnumberedOrder {
  return {
    ...omit(basket, 'refunds'),
    status,
    paidAt: null,
    refundedFen: 0,
    // The till clears baskets after half an hour.
    ...(status === 'cancelled' ? { cancelledAt: basket.createdAt + HOUR_MS / 2 } : {}),
  };
}

import { addDays, dayOf, startOf } from '../../../../miniprogram/domain/kernel/day';
import type { Day, Ms } from '../../../../miniprogram/domain/kernel/day';
import type { PastedRow } from '../../../../miniprogram/domain/membership/paste';
import { categoryOf } from '../../../../miniprogram/domain/membership/pasted/bought';
import type { OrderDoc } from '../../../common/store/documents';

/** Told purchases lie at noon: nobody said when on that day. */
const NOON = 12;

/** A purchase somebody remembers: that it was is known, its money is not. */
export function toldOrder(memberId: string, branchId: string, on: Day, bought: string | null): OrderDoc {
  const at = startOf(on, NOON);
  const category = bought === null ? null : categoryOf(bought);
  return {
    _id: `told:${memberId}:${on}`,
    memberId,
    branchId,
    clerkId: null,
    status: 'paid',
    createdAt: at,
    paidAt: at,
    lines: {},
    paidFen: 0,
    refundedFen: 0,
    withCoupon: false,
    priceUnknown: true,
    ...(category === null ? {} : { categoryFen: { [category]: 0 } }),
  };
}

/** A month that was said means its last day, or today while it runs: such a day stands for the month. */
const standsForMonth = (on: Day, today: Day): boolean =>
  on === today || addDays(on, 1).slice(0, 7) !== on.slice(0, 7);

/**
 * Is this the purchase that stands already? One of the same day is; where a month was said, one of that month is, so
 * that pasting the list again a week later, or beside the orders of a till, counts nothing twice.
 *
 * @param orders hers, as they stand
 */
export function isKnownPurchase(
  orders: readonly { paidAt: Ms | null; status: OrderDoc['status'] }[],
  on: Day,
  today: Day,
): boolean {
  const days = orders.flatMap(({ paidAt, status }) =>
    paidAt === null || status === 'cancelled' ? [] : [dayOf(paidAt)],
  );
  if (!standsForMonth(on, today)) return days.includes(on);
  return days.some((day) => day.slice(0, 7) === on.slice(0, 7) && day <= on);
}

/** Why a line cannot be taken, whatever stands; null when it can. */
export function lineRefusal({ lastPaidOn }: PastedRow, today: Day): string | null {
  if (lastPaidOn === null) return null;
  if (lastPaidOn > today) return '上次消费的日期还没有到，请检查';
  return lastPaidOn < '1992-01-01' ? '上次消费的日期太早，请检查' : null;
}

import { newestDayMonthsAgo } from '../../../miniprogram/domain/kernel/day';
import { dayOfNumber } from '../../../miniprogram/domain/membership/bulk/dayNumber';
import { dayInPurchase, fenInPurchase } from '../../../miniprogram/domain/membership/bulk/purchase';
import type { MemberColumns } from '../../../miniprogram/domain/membership/bulk/statistics';
import { NO_FACTS } from '../../../miniprogram/domain/membership/facts';
import type { MemberFacts, PurchaseDay } from '../../../miniprogram/domain/membership/types';

/** The first `members` of a chain as the objects the database holds, with what placing reads of them. */
export function factsFrom(columns: MemberColumns, members: number): MemberFacts[] {
  const { start, purchases, paidFen } = columns;
  return Array.from({ length: members }, (_, i): MemberFacts => {
    const [from, to] = [start[i] ?? 0, start[i + 1] ?? 0];
    if (to === from) return NO_FACTS;
    const lastPaidOn = dayOfNumber(columns.lastDay[i] ?? 0);
    const tooOld = newestDayMonthsAgo(lastPaidOn, 12);
    const year: PurchaseDay[] = [];
    for (let at = from; at < to; at++) {
      const on = dayOfNumber(dayInPurchase(purchases[at] ?? 0));
      const fen = fenInPurchase(purchases[at] ?? 0);
      const newest = year[year.length - 1];
      if (newest?.on === on) {
        newest.orders += 1;
        newest.fen += fen;
      } else if (on > tooOld) year.push({ on, orders: 1, fen });
    }
    return {
      ...NO_FACTS,
      paidOrders: to - from,
      paidFen: paidFen[i] ?? 0,
      firstPaidOn: dayOfNumber(columns.firstDay[i] ?? 0),
      lastPaidOn,
      year,
    };
  });
}

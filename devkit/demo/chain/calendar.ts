import { addDays, addMonths, daysBetween, newestDayMonthsAgo } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';

/** Days counted back from today, looked up instead of computed: an order needs several of them. */
export interface Calendar {
  today: Day;
  /** how far back the books of the demo go */
  longestAgo: number;
  /** @example dayAgo(0) // → today; never older than `longestAgo` */
  dayAgo(days: number): Day;
  /** @param days counted back @returns 1–12 */
  monthOf(days: number): number;
  /** days since the newest day that lies this many calendar months back */
  monthsAgo(months: number): number;
}

const BOOKS_MONTHS = 18;

/** @example calendarOf(day('2026-03-01')).dayAgo(1) // → '2026-02-28' */
export function calendarOf(today: Day): Calendar {
  const longestAgo = daysBetween(addMonths(today, -BOOKS_MONTHS), today);
  const days = Array.from({ length: longestAgo + 1 }, (_, ago) => addDays(today, -ago));
  const dayAgo = (ago: number): Day => {
    const found = days[ago];
    if (found === undefined) throw new Error(`the books do not go back ${ago} days`);
    return found;
  };
  return {
    today,
    longestAgo,
    dayAgo,
    monthOf: (ago) => Number(dayAgo(ago).slice(5, 7)),
    monthsAgo: (months) => daysBetween(newestDayMonthsAgo(today, months), today),
  };
}

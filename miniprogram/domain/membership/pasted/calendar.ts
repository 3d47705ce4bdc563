import { addDays, addMonths, parseDay } from '../../kernel/day';
import type { Day } from '../../kernel/day';

// Everything here answers the latest day that the words allow, so that nobody is called colder than she is said to be,
// and null for a day that does not exist or has not come.

const two = (n: number): string => String(n).padStart(2, '0');
export const yearOf = (on: Day): number => Number(on.slice(0, 4));

const notAfter = (on: Day | null, today: Day): Day | null => (on !== null && on <= today ? on : null);

export function dayOfDate(year: number, month: number, date: number, today: Day): Day | null {
  return notAfter(parseDay(`${year}-${two(month)}-${two(date)}`), today);
}

/** The last day of a month, or today while it runs. @example monthsEnd(2024, 2, day('2025-03-05')) // → '2024-02-29' */
export function monthsEnd(year: number, month: number, today: Day): Day | null {
  const first = dayOfDate(year, month, 1, today);
  if (first === null) return null;
  const last = addDays(addMonths(first, 1), -1);
  return last < today ? last : today;
}

/** The last day of a year that is over. */
export function yearsEnd(year: number, today: Day): Day | null {
  return dayOfDate(year, 12, 31, today);
}

/** The newest such month that has begun. @example latestMonth(4, day('2025-03-05')) // → '2024-04-30' */
export function latestMonth(month: number, today: Day): Day | null {
  const year = yearOf(today);
  return monthsEnd(year, month, today) ?? monthsEnd(year - 1, month, today);
}

/** The newest such date that has come. @example latestDate(3, 6, day('2025-03-05')) // → '2024-03-06' */
export function latestDate(month: number, date: number, today: Day): Day | null {
  const year = yearOf(today);
  return dayOfDate(year, month, date, today) ?? dayOfDate(year - 1, month, date, today);
}

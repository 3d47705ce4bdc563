import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc';

dayjs.extend(utc);

/**
 * A business day in Asia/Shanghai, as `YYYY-MM-DD`. It sorts and compares as text, so `a < b` is "a is earlier".
 * Whatever zone the machine is in, the business day is the shop's.
 */
export type Day = string & { readonly __day: unique symbol };

/** An instant: milliseconds since 1970 in UTC. */
export type Ms = number;

/** Shanghai is UTC+8 all year since 1992; huitou keeps no older instants than that. */
const SHANGHAI_MS = 8 * 3_600_000;
export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

/**
 * Reads a day that came from outside.
 *
 * @example parseDay('2024-02-30') // → null
 */
export function parseDay(text: string): Day | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? null : (text as Day);
}

/**
 * A day written in code or in a test; a wrong one is a bug and throws.
 *
 * @example day('2024-08-31') // → '2024-08-31'
 */
export function day(text: string): Day {
  const parsed = parseDay(text);
  if (parsed === null) throw new Error(`not a day: ${text}`);
  return parsed;
}

/** Every chain lives in some thousand days; naming one takes far longer than finding its name again. */
const DAYS_BY_NUMBER = new Map<number, Day>();

/**
 * The business day an instant falls on.
 *
 * @example dayOf(Date.UTC(2024, 0, 1, 16)) // → '2024-01-02', it is midnight in Shanghai
 */
export function dayOf(at: Ms): Day {
  const number = Math.floor((at + SHANGHAI_MS) / DAY_MS);
  const known = DAYS_BY_NUMBER.get(number);
  if (known !== undefined) return known;
  const named = new Date(number * DAY_MS).toISOString().slice(0, 10) as Day;
  DAYS_BY_NUMBER.set(number, named);
  return named;
}

/** The hour of the day in Shanghai, 0–23. @example hourOf(Date.UTC(2024, 0, 1, 1)) // → 9 */
export function hourOf(at: Ms): number {
  return new Date(at + SHANGHAI_MS).getUTCHours();
}

/** For the same reason as above: reading the text takes most of the time. */
const STARTS = new Map<Day, Ms>();

/**
 * The first instant of a business day, plus whole hours when given.
 *
 * @example startOf(day('2024-01-02')) // → Date.UTC(2024, 0, 1, 16)
 */
export function startOf(on: Day, hour = 0): Ms {
  let start = STARTS.get(on);
  if (start === undefined) {
    start = Date.parse(`${on}T00:00:00Z`) - SHANGHAI_MS;
    // What is no day is nothing to remember.
    if (!Number.isNaN(start)) STARTS.set(on, start);
  }
  return start + hour * HOUR_MS;
}

/** The last millisecond of a business day: 23:59:59.999 in Shanghai. */
export function endOf(on: Day): Ms {
  return startOf(on) + DAY_MS - 1;
}

/** @example addDays(day('2024-02-28'), 2) // → '2024-03-01' */
export function addDays(on: Day, days: number): Day {
  return dayOf(startOf(on) + days * DAY_MS);
}

/** Whole days from one day to a later one; negative when it is earlier. @example daysBetween(day('2024-02-28'), day('2024-03-01')) // → 2 */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((startOf(to) - startOf(from)) / DAY_MS);
}

/** Months → day → so many months later; whole chains ask for the same few thousand again and again. */
const MONTHS_LATER = new Map<number, Map<Day, Day>>();

/**
 * Calendar months later, held at the month's end: a shop says "three months after 31 August" and means 30 November.
 *
 * @example addMonths(day('2024-08-31'), 3) // → '2024-11-30'
 */
export function addMonths(on: Day, months: number): Day {
  let known = MONTHS_LATER.get(months);
  if (known === undefined) MONTHS_LATER.set(months, (known = new Map()));
  let later = known.get(on);
  if (later === undefined)
    known.set(on, (later = dayjs.utc(on).add(months, 'month').format('YYYY-MM-DD') as Day));
  return later;
}

/**
 * The newest day that lies at least `months` calendar months before `today`: every day up to it satisfies
 * `addMonths(day, months) <= today`. Comparing with one such day is how whole chains are placed without a date
 * computation for each member.
 *
 * @example newestDayMonthsAgo(day('2024-11-30'), 3) // → '2024-08-31', because 31 August + 3 months is 30 November
 * @example newestDayMonthsAgo(day('2024-11-29'), 3) // → '2024-08-29'
 */
export function newestDayMonthsAgo(today: Day, months: number): Day {
  const now = dayjs.utc(today);
  const then = now.subtract(months, 'month');
  const isMonthEnd = now.date() === now.daysInMonth();
  return (isMonthEnd ? then.endOf('month') : then).format('YYYY-MM-DD') as Day;
}

/** How a date is said to people. @example spokenDay(day('2024-03-05')) // → '2024年3月5日' */
export function spokenDay(on: Day): string {
  const [y, m, d] = on.split('-').map(Number);
  return `${y}年${m}月${d}日`;
}

/** How an instant is said to people, in Shanghai time. @example spokenTime(Date.UTC(2024, 2, 5, 1, 30)) // → '3月5日 09:30' */
export function spokenTime(at: Ms): string {
  return dayjs.utc(at + SHANGHAI_MS).format('M月D日 HH:mm');
}

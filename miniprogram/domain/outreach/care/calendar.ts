import { addDays, addMonths, day } from '../../kernel/day';
import type { Day } from '../../kernel/day';

const yearOf = (on: Day): number => Number(on.slice(0, 4));
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Her birthday in a year; who was born on 29 February has it on 1 March in years without one. @example birthdayIn(day('2000-02-29'), 2025) // → '2025-03-01' */
export function birthdayIn(birthday: Day, year: number): Day {
  const date = birthday.slice(5) === '02-29' && !isLeap(year) ? '03-01' : birthday.slice(5);
  return `${String(year).padStart(4, '0')}-${date}` as Day;
}

/** The next birthday from `today` on, today included. @example nextBirthday(day('1990-01-02'), day('2025-12-31')) // → '2026-01-02' */
export function nextBirthday(birthday: Day, today: Day): Day {
  const thisYear = birthdayIn(birthday, yearOf(today));
  return thisYear >= today ? thisYear : birthdayIn(birthday, yearOf(today) + 1);
}

/** Nobody is older than this, and nobody is looked for who was born before. */
const OLDEST_YEARS = 110;

/**
 * Every date of birth whose owner has a birthday on one of these days: what an index over dates of birth is asked for.
 *
 * @example bornOn([day('2025-03-01')]) // → '2025-03-01', '2024-03-01', '2024-02-29', '2023-03-01' …, 110 years back
 */
export function bornOn(days: readonly Day[]): Day[] {
  return days.flatMap((on) => {
    const born: Day[] = [];
    for (let year = yearOf(on); year > yearOf(on) - OLDEST_YEARS; year--) {
      const date = on.slice(5);
      if (date !== '02-29' || isLeap(year)) born.push(`${year}-${date}` as Day);
      if (date === '03-01' && !isLeap(yearOf(on)) && isLeap(year)) born.push(`${year}-02-29` as Day);
    }
    return born;
  });
}

/** A day of every month (会员日) in the month of `on`: the 31st is the month's last day where there is none. */
function inMonthOf(on: Day, dayOfMonth: number): Day {
  const first = day(`${on.slice(0, 7)}-01`);
  const last = addDays(addMonths(first, 1), -1);
  const wanted = addDays(first, dayOfMonth - 1);
  return wanted <= last ? wanted : last;
}

/**
 * When a day of every month comes next, today included.
 *
 * @param dayOfMonth 1–31
 * @example nextMemberDay(31, day('2025-02-10')) // → '2025-02-28'
 */
export function nextMemberDay(dayOfMonth: number, today: Day): Day {
  const here = inMonthOf(today, dayOfMonth);
  return here >= today ? here : inMonthOf(addMonths(day(`${today.slice(0, 7)}-01`), 1), dayOfMonth);
}

/** The days from one to another, both included; none when the first lies behind the second. */
export function daysFrom(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (let on = from; on <= to; on = addDays(on, 1)) days.push(on);
  return days;
}

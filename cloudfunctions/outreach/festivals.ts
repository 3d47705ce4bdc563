import { addDays, daysBetween } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';

/**
 * Festivals by the Chinese calendar: month/day as Node's own calendar (ICU) names them; a leap month is `6bis`, and no
 * festival lies in one.
 */
const LUNAR: Readonly<Record<string, string>> = {
  '1/1': '春节',
  '1/15': '元宵节',
  '5/5': '端午节',
  '7/7': '七夕',
  '8/15': '中秋节',
  '9/9': '重阳节',
};
const SOLAR: Readonly<Record<string, string>> = {
  '01-01': '元旦',
  '03-08': '妇女节',
  '05-01': '劳动节',
  '06-01': '儿童节',
  '10-01': '国庆节',
};

const chinese = new Intl.DateTimeFormat('en-u-ca-chinese', {
  timeZone: 'UTC',
  month: 'numeric',
  day: 'numeric',
});

/** The festival of a day; null on an ordinary one. @example festivalOn(day('2025-10-06')) // → '中秋节' */
export function festivalOn(on: Day): string | null {
  return LUNAR[chinese.format(Date.parse(`${on}T00:00:00Z`))] ?? SOLAR[on.slice(5)] ?? null;
}

/** One wishes a happy festival from so many days before it. */
const AHEAD_DAYS = 3;

/**
 * The festival that is today or within three days, the nearest first; null when there is none.
 *
 * @example comingFestival(day('2026-02-14')) // → '春节', three days later
 */
export function comingFestival(today: Day): string | null {
  for (let ahead = 0; ahead <= AHEAD_DAYS; ahead++) {
    const found = festivalOn(addDays(today, ahead));
    if (found !== null) return found;
  }
  return null;
}

/**
 * Is her birthday today or within three days? Whoever was born on 29 February has it on 1 March in other years.
 *
 * @example isBirthdayNear(day('1990-03-05'), day('2025-03-02')) // → true
 */
export function isBirthdayNear(birthday: Day | null, today: Day): boolean {
  if (birthday === null) return false;
  const year = Number(today.slice(0, 4));
  return [year, year + 1].some((each) => {
    const isLeap = (each % 4 === 0 && each % 100 !== 0) || each % 400 === 0;
    const date = birthday.slice(5) === '02-29' && !isLeap ? '03-01' : birthday.slice(5);
    const days = daysBetween(today, `${each}-${date}` as Day);
    return days >= 0 && days <= AHEAD_DAYS;
  });
}

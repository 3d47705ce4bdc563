import { addDays, daysBetween } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { daysFrom, nextBirthday } from '../../../miniprogram/domain/outreach/care/calendar';
import { FESTIVALS } from '../../../miniprogram/domain/outreach/care/settings';
import type { Festival } from '../../../miniprogram/domain/outreach/care/settings';

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

/** ICU takes longer to name a day than a page takes to be put together, and every page asks for the same few. */
const NAMED = new Map<Day, string | null>();

/** The festival of a day; null on an ordinary one. @example festivalOn(day('2025-10-06')) // → '中秋节' */
export function festivalOn(on: Day): string | null {
  let festival = NAMED.get(on);
  if (festival === undefined) {
    festival = LUNAR[chinese.format(Date.parse(`${on}T00:00:00Z`))] ?? SOLAR[on.slice(5)] ?? null;
    NAMED.set(on, festival);
  }
  return festival;
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

/** The festivals from one day to another, both included, the earliest first. */
export function festivalsFrom(from: Day, to: Day): { name: Festival; on: Day }[] {
  return daysFrom(from, to).flatMap((on) => {
    const name = FESTIVALS.find((one) => one === festivalOn(on));
    return name ? [{ name, on }] : [];
  });
}

/**
 * Is her birthday today or within three days? Whoever was born on 29 February has it on 1 March in other years.
 *
 * @example isBirthdayNear(day('1990-03-05'), day('2025-03-02')) // → true
 */
export function isBirthdayNear(birthday: Day | null, today: Day): boolean {
  return birthday !== null && daysBetween(today, nextBirthday(birthday, today)) <= AHEAD_DAYS;
}

import { addMonths, spokenDay } from '../../kernel/day';
import type { Day } from '../../kernel/day';
import type { Tag } from '../tags';

/** First age of each band, oldest first. */
const AGE_BANDS: readonly (readonly [from: number, word: string])[] = [
  [65, '65岁以上'],
  [55, '55–64岁'],
  [45, '45–54岁'],
  [35, '35–44岁'],
  [25, '25–34岁'],
  [18, '18–24岁'],
  [0, '18岁以下'],
];
/** Nobody is older; a birthday that says so was typed wrong, or filled in by a system that wanted a date. */
const OLDEST_YEARS = 120;

/** First month of each band, oldest first; the first three are the stages milk powder is sold by. */
const CHILD_BANDS: readonly (readonly [fromMonth: number, word: string])[] = [
  [144, '12–18岁'],
  [72, '6–12岁'],
  [36, '3–6岁'],
  [12, '1–3岁'],
  [6, '6–12个月'],
  [0, '0–6个月'],
];
const GROWN_UP_MONTHS = 216;
/** A birthday this far ahead at most is an expected one. */
const PREGNANCY_MONTHS = 10;

/** Whole calendar months lived; a child of the 31st is a month old on the last of a short month. */
function monthsLived(birthday: Day, today: Day): number {
  const [y = 0, m = 0] = birthday.split('-').map(Number);
  const [ty = 0, tm = 0] = today.split('-').map(Number);
  const months = (ty - y) * 12 + (tm - m);
  return addMonths(birthday, months) <= today ? months : months - 1;
}

function bandOf(bands: readonly (readonly [from: number, word: string])[], age: number): string | null {
  return bands.find(([from]) => age >= from)?.[1] ?? null;
}

/** Her age band; null without a birthday, or with one that cannot be true. */
export function ageTag(birthday: Day | null, today: Day): Tag | null {
  if (birthday === null || birthday > today) return null;
  const years = Math.floor(monthsLived(birthday, today) / 12);
  const word = years > OLDEST_YEARS ? null : bandOf(AGE_BANDS, years);
  return word === null ? null : { kind: 'age', word, why: `${spokenDay(birthday)}出生，已满${years}岁` };
}

/** The age band of her child, an expected one included; null once it is grown up. */
export function childAgeTag(birthday: Day | null, today: Day): Tag | null {
  if (birthday === null) return null;
  if (birthday > today) {
    if (addMonths(today, PREGNANCY_MONTHS) < birthday) return null;
    return { kind: 'childAge', word: '孕期', why: `预产期${spokenDay(birthday)}` };
  }
  const months = monthsLived(birthday, today);
  const word = months >= GROWN_UP_MONTHS ? null : bandOf(CHILD_BANDS, months);
  const age = months < 36 ? `${months}个月` : `${Math.floor(months / 12)}岁`;
  return word === null
    ? null
    : { kind: 'childAge', word: `宝宝${word}`, why: `孩子${spokenDay(birthday)}出生，现在${age}` };
}

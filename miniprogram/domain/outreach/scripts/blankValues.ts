import { addMonths, daysBetween } from '../../kernel/day';
import type { Day } from '../../kernel/day';
import type { BlankValues } from '../types';
import { addressOf } from './addressOf';

const COUNT_WORDS = ['', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十'];

/**
 * How long ago, as people say it; exact months are said without 多.
 *
 * @example spokenGap(day('2025-01-31'), day('2025-08-15')) // → '半年多'
 * @example spokenGap(day('2025-01-31'), day('2025-02-10')) // → '十来天'
 */
export function spokenGap(from: Day, to: Day): string {
  let months = 0;
  while (months < 240 && addMonths(from, months + 1) <= to) months += 1;
  const more = addMonths(from, months) < to ? '多' : '';
  if (months >= 120) return months > 120 || more ? '十多年' : '十年';
  if (months % 12 === 11) return months === 11 ? '快一年' : `快${COUNT_WORDS[(months + 1) / 12] ?? ''}年`;
  if (months >= 12) return `${COUNT_WORDS[Math.floor(months / 12)] ?? ''}年${months % 12 > 0 ? '多' : more}`;
  if (months >= 8) return '大半年';
  if (months >= 6) return months > 6 || more ? '半年多' : '半年';
  if (months >= 1) return more ? `${COUNT_WORDS[months] ?? ''}个多月` : `${COUNT_WORDS[months] ?? ''}个月`;
  const days = daysBetween(from, to);
  if (days >= 20) return '二十来天';
  if (days >= 10) return '十来天';
  return days >= 7 ? '一个星期' : '几天';
}

/**
 * The month of a day, seen from today. @example spokenMonth(day('2024-08-31'), day('2025-03-01')) // → '去年8月'
 */
export function spokenMonth(on: Day, today: Day): string {
  const [year, month] = on.split('-').map(Number);
  const [thisYear, thisMonth] = today.split('-').map(Number);
  if (year === undefined || month === undefined || thisYear === undefined) return '';
  if (year === thisYear) return month === thisMonth ? '这个月' : `今年${month}月`;
  if (year === thisYear - 1) return `去年${month}月`;
  return year === thisYear - 2 ? `前年${month}月` : `${year}年${month}月`;
}

/** A coupon's life as people say it. @example spokenHours(48) // → '48小时' ; spokenHours(168) // → '7天' */
export function spokenHours(hours: number): string {
  return hours > 48 && hours % 24 === 0 ? `${hours / 24}天` : `${hours}小时`;
}

/**
 * What the blanks of a script mean for one member, one clerk and one offer. A fact that is not known leaves its blank
 * out, and a script that needs it cannot be copied.
 *
 * @example blankValuesOf({ memberName: '王小芳', …, validHours: 48 }) // → { 称呼: '小芳', 有效期: '48小时', … }
 */
export function blankValuesOf(f: {
  memberName: string;
  clerkName: string;
  branchName: string;
  lastPaidOn: Day | null;
  today: Day;
  offerHeadline: string | null;
  validHours: number | null;
  trial: string | null;
  /** the festival of the coming days */
  festival?: string | null;
  /** a category of hers that is running out, and the one she buys most */
  refill?: string | null;
  favourite?: string | null;
  /** the shop's recurring day, as it is said: 25号 */
  memberDay?: string | null;
}): BlankValues {
  const values: BlankValues = { 称呼: addressOf(f.memberName, f.lastPaidOn !== null) };
  if (f.clerkName.trim()) values.导购 = f.clerkName.trim();
  if (f.branchName.trim()) values.门店 = f.branchName.trim();
  if (f.lastPaidOn !== null) {
    values.距上次 = spokenGap(f.lastPaidOn, f.today);
    values.上次月份 = spokenMonth(f.lastPaidOn, f.today);
  }
  if (f.offerHeadline) values.优惠 = f.offerHeadline;
  if (f.validHours !== null && f.validHours > 0) values.有效期 = spokenHours(f.validHours);
  if (f.trial?.trim()) values.赠品 = f.trial.trim();
  if (f.festival) values.节日 = f.festival;
  if (f.refill) values.品类 = f.refill;
  if (f.favourite) values.爱买 = f.favourite;
  if (f.memberDay) values.会员日 = f.memberDay;
  return values;
}

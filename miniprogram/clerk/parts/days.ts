import { addDays, daysBetween } from '../../domain/kernel/day';
import type { Day } from '../../domain/kernel/day';

/** A day offered as a chip; `on` null means never again. */
export interface DayChoice {
  word: string;
  on: Day | null;
}

/**
 * The days a clerk most often names when she puts something off.
 *
 * @example laterDays(day('2024-03-05')) // → 明天 2024-03-06, 3天后 2024-03-08, 一周后 2024-03-12
 */
export function laterDays(today: Day): DayChoice[] {
  return [
    { word: '明天', on: addDays(today, 1) },
    { word: '3天后', on: addDays(today, 3) },
    { word: '一周后', on: addDays(today, 7) },
  ];
}

/** A day without its year, as people say it this year. @example shortDay(day('2024-03-05')) // → '3月5日' */
export function shortDay(on: Day): string {
  const [, month, date] = on.split('-').map(Number);
  return `${month}月${date}日`;
}

/** @example weekday(day('2024-03-05')) // → '周二' */
export function weekday(on: Day): string {
  return `周${'日一二三四五六'[new Date(`${on}T00:00:00Z`).getUTCDay()] ?? ''}`;
}

/**
 * How far a day lies from today, in words.
 *
 * @example nearDay(day('2024-03-06'), day('2024-03-05')) // → '明天'
 * @example nearDay(day('2023-03-05'), day('2024-03-05')) // → '2023年3月5日'
 */
export function nearDay(on: Day, today: Day): string {
  const away = daysBetween(today, on);
  const word = { '-1': '昨天', '0': '今天', '1': '明天' }[String(away)];
  if (word) return word;
  return on.slice(0, 4) === today.slice(0, 4) ? shortDay(on) : `${on.slice(0, 4)}年${shortDay(on)}`;
}

import type { Day } from '../../domain/kernel/day';

/** A day within a year everyone knows. @example shortDay(day('2025-03-05')) // → '3月5日' */
export function shortDay(on: Day): string {
  const [, month, date] = on.split('-').map(Number);
  return `${month}月${date}日`;
}

/** @example spanText(day('2025-03-05'), day('2025-03-18')) // → '3月5日–3月18日' */
export function spanText(from: Day, to: Day): string {
  return `${shortDay(from)}–${shortDay(to)}`;
}

import { daysBetween } from '../kernel/day';
import type { Day } from '../kernel/day';

/** With fewer purchase days there are too few gaps to speak of a rhythm. */
const DAYS_FOR_A_RHYTHM = 3;

/**
 * The median of days between purchases, in whole days; null below three purchase days.
 *
 * The median and not the mean: one long holiday would otherwise make a weekly customer a monthly one. Of an even number
 * of gaps it is the mean of the two in the middle, half a day rounded up.
 *
 * @param days distinct purchase days, oldest first
 * @example medianGapOf([day('2025-01-01'), day('2025-01-11'), day('2025-03-01')]) // → 30, between 10 and 49
 */
export function medianGapOf(days: readonly Day[]): number | null {
  if (days.length < DAYS_FOR_A_RHYTHM) return null;
  const gaps: number[] = [];
  let before: Day | null = null;
  for (const on of days) {
    if (before !== null) gaps.push(daysBetween(before, on));
    before = on;
  }
  gaps.sort((a, b) => a - b);
  const upper = gaps[gaps.length >> 1] ?? 0;
  const lower = gaps[(gaps.length - 1) >> 1] ?? 0;
  return Math.round((upper + lower) / 2);
}

import type { Day } from '../kernel/day';

/** One line of a list somebody typed or pasted, as it was understood. */
export interface PastedRow {
  /** line of the text, from 1 */
  row: number;
  name: string;
  /** eleven digits; null when the line has none */
  phone: string | null;
  /** the day, or the last day of the month, she is said to have bought last; null when the line does not say */
  lastPaidOn: Day | null;
  /** what she bought, as the line says it */
  bought: string | null;
}

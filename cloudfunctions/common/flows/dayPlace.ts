import type { Day } from '../../../miniprogram/domain/kernel/day';

/** A place in a row that goes by day and then by id, as a cursor keeps it. */
export interface DayPlace {
  on: Day;
  id: string;
}

/** @example placeText('2025-03-05', 'M1') // → '2025-03-05|M1' */
export const placeText = (on: string, id: string): string => `${on}|${id}`;

/** @returns null for a row that has not begun */
export function placeRead(text: string): DayPlace | null {
  const bar = text.indexOf('|');
  return bar < 0 ? null : { on: text.slice(0, bar) as Day, id: text.slice(bar + 1) };
}

import { addDays } from '../../kernel/day';
import type { Day } from '../../kernel/day';

/** 唤醒周期: the last campaign a member was in, and the day she left it. */
export interface WakeCycle {
  campaignId: string;
  endedOn: Day;
}

/**
 * May a member come into another campaign on this day? A cycle ends with her purchase, her opt-out, the end of her task
 * by the clerk, or the campaign's last day; after it she rests.
 *
 * @param restDays days between the end of her last cycle and the next; null = never again; 0 = at once
 * @example mayReenter({ campaignId: 'c1', endedOn: day('2025-03-01') }, 30, day('2025-03-31')) // → true
 * @example mayReenter({ campaignId: 'c1', endedOn: day('2025-03-01') }, 30, day('2025-03-30')) // → false
 */
export function mayReenter(last: WakeCycle | null, restDays: number | null, on: Day): boolean {
  if (last === null) return true;
  return restDays !== null && addDays(last.endedOn, restDays) <= on;
}

import { addDays, daysBetween } from '../../kernel/day';
import type { Day } from '../../kernel/day';

/** 节奏: so many days before the start its tasks stand on the lists (预告); and when the extra offer begins. */
export interface Rhythm {
  noticeDays: number;
  /** the follow-up begins on day `days` of the campaign (its first day is 1), or with its last `days` days */
  followUp: { begins: 'onDay' | 'lastDays'; days: number } | null;
}

export const NO_RHYTHM: Rhythm = { noticeDays: 0, followUp: null };

/** The window of a campaign with its rhythm; a plan of before there was one has none. */
export interface Window {
  startsOn: Day;
  endsOn: Day;
  rhythm?: Rhythm;
}

/** The day its tasks go onto the lists. @example launchDay({ startsOn: day('2025-03-10'), …, rhythm: { noticeDays: 3, … } }) // → '2025-03-07' */
export function launchDay({ startsOn, rhythm = NO_RHYTHM }: Window): Day {
  return addDays(startsOn, -rhythm.noticeDays);
}

/**
 * The first day of its follow-up; null when it has none.
 *
 * @example followUpDay({ startsOn: day('2025-03-01'), endsOn: day('2025-03-14'), rhythm: { noticeDays: 0, followUp: { begins: 'lastDays', days: 3 } } })
 * // → '2025-03-12'
 */
export function followUpDay({ startsOn, endsOn, rhythm = NO_RHYTHM }: Window): Day | null {
  const { followUp } = rhythm;
  if (followUp === null) return null;
  return followUp.begins === 'onDay'
    ? addDays(startsOn, followUp.days - 1)
    : addDays(endsOn, 1 - followUp.days);
}

/** Why a follow-up does not fit into its campaign: it begins after the first day and ends with the campaign. Null = it fits. */
export function rhythmFault(window: Window): string | null {
  const first = followUpDay(window);
  if (first === null) return null;
  if (first <= window.startsOn) return '追加跟进要在活动开始之后，请改晚一些';
  if (first > window.endsOn)
    return `活动只有 ${daysBetween(window.startsOn, window.endsOn) + 1} 天，追加跟进赶不上，请改早一些`;
  return null;
}

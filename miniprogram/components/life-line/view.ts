import type { TimelineEntry, TimelineKind } from '../../contract/history';
import type { Day } from '../../domain/kernel/day';
import type { Lifecycle, Value } from '../../domain/membership/types';

/** One line of a member's life with the shop, as it is shown. */
export interface LifeEvent {
  key: string;
  /** 2024年 on the first line of a year; empty on the others */
  year: string;
  /** 3月5日; empty when the line above is of the same day */
  when: string;
  text: string;
  /** colours the dot */
  tone: 'tier' | 'good' | 'bad' | 'touch' | 'plain';
  /** where she stood from then on; only on turns of her tier */
  lifecycle: Lifecycle | '';
  value: Value | '';
}

const TONES: Readonly<Record<TimelineKind, LifeEvent['tone']>> = {
  tier: 'tier',
  paid: 'good',
  refunded: 'bad',
  unpaid: 'plain',
  cancelled: 'plain',
  visit: 'touch',
  browse: 'plain',
  touch: 'touch',
  coupon: 'touch',
  merged: 'plain',
};

/**
 * The lines of a timeline, newest first; the year is said once, the day once.
 *
 * @param above the entry that already stands over the first of these; null at the top
 * @example lifeEvents([{ on: day('2024-03-05'), kind: 'paid', text: '消费¥128' }], null, 0)
 * // → [{ year: '2024年', when: '3月5日', text: '消费¥128', tone: 'good', … }]
 */
export function lifeEvents(
  entries: readonly TimelineEntry[],
  above: Day | null,
  firstKey: number,
): LifeEvent[] {
  let last = above;
  return entries.map((entry, n) => {
    const [year = '', month = '', date = ''] = entry.on.split('-');
    const shown: LifeEvent = {
      key: String(firstKey + n),
      year: last?.slice(0, 4) === year ? '' : `${year}年`,
      when: last === entry.on ? '' : `${Number(month)}月${Number(date)}日`,
      text: entry.text,
      tone: TONES[entry.kind],
      lifecycle: entry.tier?.lifecycle ?? '',
      value: entry.tier?.value ?? '',
    };
    last = entry.on;
    return shown;
  });
}

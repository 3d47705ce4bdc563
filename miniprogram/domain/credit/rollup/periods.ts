import { addDays, addMonths, dayOf, DAY_MS, endOf, startOf, spokenDay } from '../../kernel/day';
import type { Day, Ms } from '../../kernel/day';
import { WAKE_DEFINITION } from '../wake';

/** `w:2025-03-03` = the week from that Monday, `m:2025-03` = the month; `all` = as long as the campaign is watched. */
export type Period = `w:${string}` | `m:${string}` | 'all';

/** So long a task is watched after entry. */
export const WATCHED_MS = WAKE_DEFINITION.withinDays * DAY_MS;

/** The Monday of a day's week. @example mondayOf(day('2025-03-05')) // → '2025-03-03' */
export function mondayOf(on: Day): Day {
  // 1 January 1970 was a Thursday.
  const sinceMonday = (Math.round(Date.parse(`${on}T00:00:00Z`) / DAY_MS) + 3) % 7;
  return addDays(on, -sinceMonday);
}

/** @example weekOf(day('2025-03-05')) // → 'w:2025-03-03' */
export const weekOf = (on: Day): Period => `w:${mondayOf(on)}`;
/** @example monthOf(day('2025-03-05')) // → 'm:2025-03' */
export const monthOf = (on: Day): Period => `m:${on.slice(0, 7)}`;

const firstOf = (period: Period): Day =>
  (period.startsWith('w:') ? period.slice(2) : `${period.slice(2)}-01`) as Day;

/** From the first instant up to, not with, the last; everything for `all`. */
export interface Span {
  from: Ms;
  to: Ms;
}
const EVER: Span = { from: -Infinity, to: Infinity };

/** @example spanOf('w:2025-03-03') // → from Monday 00:00 to the next Monday 00:00 in Shanghai */
export function spanOf(period: Period): Span {
  if (period === 'all') return EVER;
  const first = firstOf(period);
  const next = period.startsWith('w:') ? addDays(first, 7) : addMonths(first, 1);
  return { from: startOf(first), to: startOf(next) };
}

/** The week or month before; null for `all`. @example previousOf('m:2025-03') // → 'm:2025-02' */
export function previousOf(period: Period): Period | null {
  if (period === 'all') return null;
  const first = firstOf(period);
  return period.startsWith('w:') ? weekOf(addDays(first, -7)) : monthOf(addDays(first, -1));
}

/** How people say it. @example periodWords('m:2025-03') // → '2025年3月' */
export function periodWords(period: Period): string {
  if (period === 'all') return '整个活动';
  const first = firstOf(period);
  if (period.startsWith('m:')) return `${Number(period.slice(2, 6))}年${Number(period.slice(7, 9))}月`;
  return `${spokenDay(first)}–${spokenDay(dayOf(endOf(addDays(first, 6)))).slice(5)}`;
}

const KNOWN = new Map<Day, { period: Period; span: Span }[]>();

/**
 * The weeks and months in which a task that entered at this instant is watched: those that its 28 days touch. Tasks of one
 * campaign enter on a few days, so the answer is kept by day.
 */
export function periodsWatched(enteredAt: Ms): readonly { period: Period; span: Span }[] {
  const on = dayOf(enteredAt);
  let known = KNOWN.get(on);
  if (known === undefined) {
    const last = dayOf(startOf(on) + WATCHED_MS + DAY_MS - 1);
    const found = new Set<Period>();
    for (let each = on; each <= last; each = addDays(each, 1)) found.add(weekOf(each)).add(monthOf(each));
    known = [...found].map((period) => ({ period, span: spanOf(period) }));
    if (KNOWN.size > 400) KNOWN.clear();
    KNOWN.set(on, known);
  }
  return known;
}

import type { ChartRow } from '../../../components/chart/picture';
import { countText, exactCount } from '../../../components/stat-tile/count';
import type { TrendPoint } from '../../../contract/rules';
import { daysBetween, spokenDay } from '../../../domain/kernel/day';
import { LIFECYCLE_WORDS } from '../../../domain/membership/types';
import type { Lifecycle } from '../../../domain/membership/types';
import { shortDay, spanText } from '../../parts/days';

export const SPANS = [30, 90, 365] as const;
export type Span = (typeof SPANS)[number];

/** The tiers whose size tells how the chain is doing. */
const DRAWN: readonly Lifecycle[] = ['active', 'oneOrderOnly', 'drowsy', 'dormant', 'lost'];

/**
 * The nights as one line per tier: how many stand in it now, and how many more or fewer than on the first night.
 *
 * @example trendRows([{ on: first, counts: { lost: 9 } }, { on: last, counts: { lost: 12 } }]).at(-1)?.text // → '12（+3）'
 */
export function trendRows(points: readonly TrendPoint[]): ChartRow[] {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return [];
  const days = Math.max(1, daysBetween(first.on, last.on));
  const tiers = DRAWN.filter((stage) => points.some((point) => (point.counts[stage] ?? 0) > 0));
  return tiers.map((stage) => {
    const count = (point: TrendPoint): number => point.counts[stage] ?? 0;
    const by = count(last) - count(first);
    const change = by === 0 ? '' : `（${by > 0 ? '+' : '−'}${countText(Math.abs(by))}）`;
    const low = points.reduce((a, b) => (count(b) < count(a) ? b : a));
    const high = points.reduce((a, b) => (count(b) > count(a) ? b : a));
    return {
      label: LIFECYCLE_WORDS[stage],
      value: count(last),
      text: `${countText(count(last))}${points.length > 1 ? change : ''}`,
      points: points.map((point) => ({ at: daysBetween(first.on, point.on) / days, value: count(point) })),
      notes: [
        `最少 ${exactCount(count(low))}（${shortDay(low.on)}）`,
        `最多 ${exactCount(count(high))}（${shortDay(high.on)}）`,
      ],
    };
  });
}

/** From when to when the nights reach. @example trendSpan(points) // → '2月3日–3月5日，共 31 夜' */
export function trendSpan(points: readonly TrendPoint[]): string {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return '';
  if (points.length === 1) return `${spokenDay(first.on)}的一夜，再过几天就能看出走势`;
  const isOneYear = first.on.slice(0, 4) === last.on.slice(0, 4);
  const span = isOneYear ? spanText(first.on, last.on) : `${spokenDay(first.on)}–${spokenDay(last.on)}`;
  return `${span}，共 ${points.length} 夜；每条线按自己的高低画`;
}

import type { ChartRow, Picture, Shape } from './picture';

const HIGH = 40;
const PAD = 5;

/**
 * A sparkline: the first row's points as small columns, one for each day, the last one marked; a day without anything is a
 * dot on the floor. For a glance; its numbers are one tap away.
 *
 * @param width CSS pixels there are
 * @example sparkPicture([{ label: '唤醒', value: 3, text: '3', points: [{ at: 0, value: 1 }, { at: 1, value: 3 }] }], 300).height // → 40
 */
export function sparkPicture(rows: readonly ChartRow[], width: number): Picture {
  const points = rows[0]?.points ?? [];
  const most = points.reduce((top, { value }) => Math.max(top, value), 0);
  const step = width / Math.max(1, points.length);
  const thick = Math.max(2, Math.min(18, step * 0.6));
  const shapes = points.map(({ value }, i): Shape => {
    const long = most > 0 && value > 0 ? Math.max(3, ((HIGH - 2 * PAD) * value) / most) : 2;
    const isLast = i === points.length - 1;
    return {
      kind: 'rect',
      x: i * step + (step - thick) / 2,
      y: HIGH - PAD - long,
      width: thick,
      height: long,
      radius: Math.min(2, long / 2),
      tone: value <= 0 ? 'track' : isLast ? 'own' : 'bar',
    };
  });
  return { width, height: HIGH, shapes };
}

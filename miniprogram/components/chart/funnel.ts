import { fitText, fontFor } from './picture';
import type { ChartRow, Measure, Picture, Shape } from './picture';

const STEP = 34;
const THICK = 24;
const GAP = 10;

/**
 * A funnel: each step a centred bar as wide as its share of the first, joined to the next one by a slope. A step larger
 * than the first (it can happen: a member comes without being contacted) is drawn full width and keeps its true number.
 *
 * @param width CSS pixels there are
 * @example funnelPicture([{ label: '下发', value: 40, text: '40' }, { label: '唤醒', value: 3, text: '3' }], 300, measure)
 */
export function funnelPicture(rows: readonly ChartRow[], width: number, measure: Measure): Picture {
  const fontPx = fontFor(width);
  const labelWidth = Math.ceil(
    Math.min(
      width * 0.25,
      rows.reduce((top, r) => Math.max(top, measure(r.label, fontPx, false)), 0),
    ),
  );
  const textWidth = Math.ceil(rows.reduce((top, r) => Math.max(top, measure(r.text, fontPx, true)), 0));
  const left = labelWidth + GAP;
  const room = Math.max(0, width - left - GAP - textWidth);
  const centre = left + room / 2;
  const first = rows[0]?.value ?? 0;
  const spans = rows.map((r) =>
    first > 0 && r.value > 0 ? Math.min(room, Math.max(2, (room * r.value) / first)) : 0,
  );
  const shapes = rows.flatMap((r, i): Shape[] => {
    const top = i * STEP + (STEP - THICK) / 2;
    const span = spans[i] ?? 0;
    const below = spans[i + 1];
    const slope: Shape[] =
      below === undefined || span === 0
        ? []
        : [
            {
              kind: 'polygon',
              tone: 'bar',
              opacity: 0.25,
              points: [
                { x: centre - span / 2, y: top + THICK },
                { x: centre + span / 2, y: top + THICK },
                { x: centre + below / 2, y: top + STEP },
                { x: centre - below / 2, y: top + STEP },
              ],
            },
          ];
    const line = { kind: 'text' as const, y: top + THICK / 2, fontPx };
    return [
      ...slope,
      ...(span > 0
        ? [
            {
              kind: 'rect' as const,
              x: centre - span / 2,
              y: top,
              width: span,
              height: THICK,
              radius: Math.min(4, span / 2),
              tone: i === rows.length - 1 ? ('own' as const) : ('bar' as const),
            },
          ]
        : []),
      {
        ...line,
        x: 0,
        align: 'left',
        bold: false,
        tone: 'ink2',
        text: fitText(r.label, labelWidth, fontPx, measure),
      },
      { ...line, x: width, align: 'right', bold: true, tone: 'ink', text: r.text },
    ];
  });
  return { width, height: rows.length * STEP, shapes };
}

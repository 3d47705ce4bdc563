import { fitText, fontFor } from './picture';
import type { ChartRow, Measure, Picture, Shape } from './picture';

const ROW = 30;
const BAR = 12;
const GAP = 8;

/**
 * Horizontal bars: label, bar, printed text. The longest value fills the width; a value above zero is never thinner
 * than two pixels, zero has no bar.
 *
 * @param width CSS pixels there are
 * @example barsPicture([{ label: '一店', value: 3, text: '3人' }], 300, measure).height // → 30
 */
export function barsPicture(rows: readonly ChartRow[], width: number, measure: Measure): Picture {
  const fontPx = fontFor(width);
  const labelWidth = widest(rows, width * 0.34, (r) => measure(r.label, fontPx, false));
  const textWidth = widest(rows, width * 0.4, (r) => measure(r.text, fontPx, true));
  const left = labelWidth + GAP;
  const room = Math.max(0, width - left - GAP - textWidth);
  const most = rows.reduce((top, r) => Math.max(top, r.value), 0);
  const shapes = rows.flatMap((r, i): Shape[] => {
    const middle = i * ROW + ROW / 2;
    const bar = { kind: 'rect' as const, x: left, y: middle - BAR / 2, height: BAR, radius: BAR / 2 };
    const long = most > 0 && r.value > 0 ? Math.max(2, (room * r.value) / most) : 0;
    const line = { kind: 'text' as const, y: middle, fontPx };
    return [
      {
        ...line,
        x: 0,
        align: 'left',
        bold: false,
        tone: 'ink',
        text: fitText(r.label, labelWidth, fontPx, measure),
      },
      { ...bar, width: room, tone: 'track' },
      ...(long > 0 ? [{ ...bar, width: long, tone: r.own ? ('own' as const) : ('bar' as const) }] : []),
      { ...line, x: width, align: 'right', bold: true, tone: 'ink', text: r.text },
    ];
  });
  return { width, height: rows.length * ROW, shapes };
}

function widest(rows: readonly ChartRow[], limit: number, of: (row: ChartRow) => number): number {
  return Math.ceil(
    Math.min(
      limit,
      rows.reduce((top, r) => Math.max(top, of(r)), 0),
    ),
  );
}

import { fitText, fontFor } from './picture';
import type { ChartRow, Measure, Picture, Shape } from './picture';

const ROW = 48;
const LINE = 22;
const BAR = 14;
const GAP = 10;
/** Between two parts, so that two near shades are still two. */
const SEAM = 1;

/**
 * One bar per row, all of one width, divided by the shares of its parts; label and text stand above it. A part that is
 * there is never thinner than a pixel; a row without anybody has an empty track.
 *
 * @param width CSS pixels there are
 * @example stackPicture([{ label: '一店', value: 4, text: '4 位', parts: [{ tone: 'lost', value: 1 }, { tone: 'active', value: 3 }] }], 300, measure)
 */
export function stackPicture(rows: readonly ChartRow[], width: number, measure: Measure): Picture {
  const fontPx = fontFor(width);
  const shapes = rows.flatMap((row, i): Shape[] => {
    const top = i * ROW;
    const textWidth = Math.min(width * 0.6, measure(row.text, fontPx, true));
    const line = { kind: 'text' as const, y: top + LINE / 2, fontPx };
    return [
      {
        ...line,
        x: 0,
        align: 'left',
        bold: false,
        tone: 'ink',
        text: fitText(row.label, width - textWidth - GAP, fontPx, measure),
      },
      { ...line, x: width, align: 'right', bold: true, tone: 'ink', text: row.text },
      ...barOf(row, width, top + LINE + 2),
    ];
  });
  return { width, height: rows.length * ROW, shapes };
}

function barOf(row: ChartRow, width: number, y: number): Shape[] {
  const bar = { kind: 'rect' as const, y, height: BAR };
  const parts = (row.parts ?? []).filter((part) => part.value > 0);
  const all = parts.reduce((sum, part) => sum + part.value, 0);
  if (all === 0) return [{ ...bar, x: 0, width, radius: 3, tone: 'track' }];
  // What the slivers are given is taken from the room that is shared, so that the bar still ends where it should.
  const room = width - SEAM * (parts.length - 1) - parts.length;
  let x = 0;
  return parts.map((part): Shape => {
    const long = 1 + (room * part.value) / all;
    const shape: Shape = { ...bar, x, width: long, radius: 3, tone: part.tone };
    x += long + SEAM;
    return shape;
  });
}

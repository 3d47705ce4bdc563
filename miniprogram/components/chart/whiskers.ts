import { fitText, fontFor } from './picture';
import type { ChartRow, Measure, Picture, Shape } from './picture';

const ROW = 50;
const LINE = 22;
const BAR = 14;
const CAP = 8;
const GAP = 10;
const THIN = 2;

/**
 * Bars with interval whiskers: label and text above, the bar below on one scale for all, and across it the range in which
 * the truth lies, with a cap at each end. A row of few numbers is drawn hollow, a row without a number as an empty track:
 * both are told apart without colour.
 *
 * @param width CSS pixels there are
 * @example whiskersPicture([{ label: '一店', value: 1.2, text: '1.20', interval: { low: 0.9, high: 1.6 } }], 300, measure).height // → 50
 */
export function whiskersPicture(rows: readonly ChartRow[], width: number, measure: Measure): Picture {
  const fontPx = fontFor(width);
  const most = rows.reduce((top, { value, interval }) => Math.max(top, value, interval?.high ?? 0), 0);
  const scale = most > 0 ? (width - THIN) / most : 0;
  const shapes = rows.flatMap((row, i): Shape[] => {
    const top = i * ROW;
    const textWidth = Math.min(width * 0.6, measure(row.text, fontPx, true));
    const line = { kind: 'text' as const, y: top + LINE / 2, fontPx };
    return [
      {
        ...line,
        x: 0,
        align: 'left',
        bold: row.own === true,
        tone: 'ink',
        text: fitText(row.label, width - textWidth - GAP, fontPx, measure),
      },
      { ...line, x: width, align: 'right', bold: true, tone: 'ink', text: row.text },
      ...barOf(row, width, top + LINE + 4, scale),
    ];
  });
  return { width, height: rows.length * ROW, shapes };
}

function barOf(row: ChartRow, width: number, y: number, scale: number): Shape[] {
  const bar = { kind: 'rect' as const, x: 0, y, height: BAR, radius: 3 };
  const long = row.value > 0 ? Math.max(2, row.value * scale) : 0;
  const tone = row.own ? ('own' as const) : ('bar' as const);
  const shapes: Shape[] = [{ ...bar, width, tone: 'track' }];
  if (long > 0) shapes.push({ ...bar, width: long, tone });
  if (long > 6 && row.faint)
    shapes.push({
      ...bar,
      x: THIN,
      y: y + THIN,
      width: long - 2 * THIN,
      height: BAR - 2 * THIN,
      tone: 'track',
    });
  if (row.interval && scale > 0) shapes.push(...whiskerOf(row.interval, y + BAR / 2, scale));
  return shapes;
}

function whiskerOf({ low, high }: { low: number; high: number }, y: number, scale: number): Shape[] {
  const [from, to] = [Math.max(THIN / 2, low * scale), Math.max(THIN, high * scale)];
  const stroke = (points: { x: number; y: number }[]): Shape => ({
    kind: 'line',
    tone: 'ink',
    points,
    thick: 1.5,
  });
  const cap = (x: number) =>
    stroke([
      { x, y: y - CAP / 2 },
      { x, y: y + CAP / 2 },
    ]);
  return [
    stroke([
      { x: from, y },
      { x: to, y },
    ]),
    cap(from),
    cap(to),
  ];
}

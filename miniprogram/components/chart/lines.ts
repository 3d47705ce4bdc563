import { fitText, fontFor } from './picture';
import type { ChartRow, Measure, Picture, Shape } from './picture';

const ROW = 52;
const PAD = 10;
const GAP = 12;
const DOT = 3;
/** A line that hardly moves stays nearly flat: its height stands for at least this share of its largest value. */
const LEAST_SPAN = 0.1;

/**
 * A line per row, each on a scale of its own, so that the small one beside the large one is still seen to move. Its last
 * point is marked and its number printed.
 *
 * @param width CSS pixels there are
 * @example linesPicture([{ label: '沉睡', value: 12, text: '12', points: [{ at: 0, value: 9 }, { at: 1, value: 12 }] }], 300, measure)
 */
export function linesPicture(rows: readonly ChartRow[], width: number, measure: Measure): Picture {
  const fontPx = fontFor(width);
  const widest = (limit: number, of: (row: ChartRow) => number): number =>
    Math.ceil(
      Math.min(
        limit,
        rows.reduce((most, row) => Math.max(most, of(row)), 0),
      ),
    );
  const left = widest(width * 0.25, (row) => measure(row.label, fontPx, false));
  const right = widest(width * 0.4, (row) => measure(row.text, fontPx, true));
  const from = left + GAP;
  const room = Math.max(0, width - from - right - GAP);
  const shapes = rows.flatMap((row, i): Shape[] => {
    const top = i * ROW;
    const line = { kind: 'text' as const, y: top + ROW / 2, fontPx };
    const points = placed(row.points ?? [], from, room, top);
    return [
      {
        ...line,
        x: 0,
        align: 'left',
        bold: false,
        tone: 'ink2',
        text: fitText(row.label, left, fontPx, measure),
      },
      ...strokeOf(points, top),
      { ...line, x: width, align: 'right', bold: true, tone: 'ink', text: row.text },
    ];
  });
  return { width, height: rows.length * ROW, shapes };
}

interface Point {
  x: number;
  y: number;
}

function placed(points: NonNullable<ChartRow['points']>, from: number, room: number, top: number): Point[] {
  const values = points.map((point) => point.value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(most - least, most * LEAST_SPAN) || 1;
  // A flat line lies in the middle of its row.
  const bottom = (most + least - span) / 2;
  const high = ROW - 2 * PAD;
  return points.map(({ at, value }) => ({
    x: from + room * at,
    y: top + PAD + high * (1 - (value - bottom) / span),
  }));
}

function strokeOf(points: readonly Point[], top: number): Shape[] {
  const last = points.at(-1);
  const first = points[0];
  if (!first || !last) return [];
  const dot: Shape = {
    kind: 'rect',
    x: last.x - DOT,
    y: last.y - DOT,
    width: 2 * DOT,
    height: 2 * DOT,
    radius: DOT,
    tone: 'own',
  };
  if (points.length === 1) return [dot];
  const floor = top + ROW - PAD / 2;
  return [
    {
      kind: 'polygon',
      tone: 'bar',
      opacity: 0.18,
      points: [...points, { x: last.x, y: floor }, { x: first.x, y: floor }],
    },
    { kind: 'line', tone: 'bar', points: [...points], thick: 2 },
    dot,
  ];
}

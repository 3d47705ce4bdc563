import { fitText, fontFor } from './picture';
import type { ChartRow, Measure, Picture, Shape } from './picture';

interface Point {
  x: number;
  y: number;
}

const RINGS = [0.25, 0.5, 0.75, 1];
/** Between the outer ring and a label, and between the two lines of a label. */
const GAP = 8;
const LINE = 1.35;
const DOT = 3.5;
const MOST_RADIUS = 120;

/** The direction of an axis, clockwise from the top, as a step of one. */
function direction(n: number, of: number): Point {
  const angle = (2 * Math.PI * n) / of - Math.PI / 2;
  return { x: Math.cos(angle), y: Math.sin(angle) };
}

/**
 * A radar: an axis per row, clockwise from the top, each from 0 in the middle to 1 at the rim. Label and printed text stand
 * at the rim, so the picture says its numbers also without colours; the rings are quarters.
 *
 * @param rows three or more, `value` from 0 to 1; what lies outside is drawn at the edge
 * @param width CSS pixels there are
 * @example radarPicture([{ label: '最近', value: 0.62, text: '62%' }, …], 300, measure)
 */
export function radarPicture(rows: readonly ChartRow[], width: number, measure: Measure): Picture {
  const fontPx = fontFor(width);
  const room = width * 0.24;
  const radius = Math.max(40, Math.min(MOST_RADIUS, width / 2 - room - GAP));
  const block = 2 * fontPx * LINE;
  const centre: Point = { x: width / 2, y: radius + block + GAP };
  const directions = rows.map((_, n) => direction(n, rows.length));
  const at = (way: Point, share: number): Point => ({
    x: centre.x + way.x * radius * share,
    y: centre.y + way.y * radius * share,
  });
  const closed = (points: Point[]): Point[] => [...points, ...points.slice(0, 1)];
  const rings = RINGS.map((share): Shape => ({
    kind: 'line',
    points: closed(directions.map((way) => at(way, share))),
    tone: share === 1 ? 'none' : 'track',
    thick: share === 1 ? 1.5 : 1,
  }));
  const spokes = directions.map((way): Shape => ({
    kind: 'line',
    points: [centre, at(way, 1)],
    tone: 'track',
    thick: 1,
  }));
  const corners = rows.map((row, n) => at(directions[n] ?? centre, Math.min(1, Math.max(0, row.value))));
  const dots = corners.map(({ x, y }): Shape => ({
    kind: 'rect',
    x: x - DOT,
    y: y - DOT,
    width: 2 * DOT,
    height: 2 * DOT,
    radius: DOT,
    tone: 'own',
  }));
  const labels = rows.flatMap((row, n): Shape[] => labelOf(row, directions[n] ?? centre));
  function labelOf(row: ChartRow, way: Point): Shape[] {
    const rim = at(way, 1);
    const align = Math.abs(way.x) < 0.01 ? 'center' : way.x > 0 ? 'left' : 'right';
    const x = rim.x + (align === 'center' ? 0 : way.x > 0 ? GAP : -GAP);
    const middle = rim.y + way.y * (GAP + block / 2);
    const widest = align === 'center' ? width : align === 'left' ? width - x : x;
    const line = { kind: 'text' as const, x, align: align as 'left' | 'center' | 'right', fontPx };
    return [
      {
        ...line,
        y: middle - (fontPx * LINE) / 2,
        bold: false,
        tone: 'ink2',
        text: fitText(row.label, widest, fontPx, measure),
      },
      { ...line, y: middle + (fontPx * LINE) / 2, bold: true, tone: 'ink', text: row.text },
    ];
  }
  return {
    width,
    height: Math.ceil(2 * (radius + block + GAP)),
    shapes: [
      ...rings,
      ...spokes,
      { kind: 'polygon', points: corners, tone: 'own', opacity: 0.22 },
      { kind: 'line', points: closed(corners), tone: 'own', thick: 2 },
      ...dots,
      ...labels,
    ],
  };
}

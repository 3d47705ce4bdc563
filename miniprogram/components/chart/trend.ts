import { fitText, fontFor } from './picture';
import type { ChartRow, Measure, Picture, Shape } from './picture';

const HIGH = 132;
const PAD = 8;
const LEGEND = 24;
const DASH = 5;

type Point = NonNullable<ChartRow['points']>[number];
interface Place {
  x: number;
  y: number;
}

/**
 * Lines over time on one scale from 0, each with the band in which the truth lies. The first is drawn through, the others
 * dashed, and the legend below says so, so that it is read without colour. A row without points has a legend only.
 *
 * @param width CSS pixels there are
 * @example trendPicture([{ label: '触达组', value: 0.1, text: '10.0%', points: [{ at: 0, value: 0 }, { at: 1, value: 0.1 }] }], 300, measure)
 */
export function trendPicture(rows: readonly ChartRow[], width: number, measure: Measure): Picture {
  const fontPx = fontFor(width);
  const all = rows.flatMap(({ points = [] }) => points);
  const most = all.reduce((top, { value, high }) => Math.max(top, value, high ?? 0), 0);
  const placed = ({ at, value }: { at: number; value: number }): Place => ({
    x: PAD + (width - 2 * PAD) * at,
    y: PAD + (HIGH - 2 * PAD) * (most > 0 ? 1 - value / most : 1),
  });
  const floor: Shape = {
    kind: 'line',
    tone: 'track',
    thick: 1,
    points: [placed({ at: 0, value: 0 }), placed({ at: 1, value: 0 })],
  };
  const lines = rows.flatMap(({ points = [] }, i): Shape[] => [
    ...bandOf(points, placed, i === 0),
    ...strokeOf(points.map(placed), i === 0),
  ]);
  const legend = rows.flatMap((row, i) => legendOf(row, i, width, fontPx, measure));
  return { width, height: HIGH + rows.length * LEGEND, shapes: [floor, ...lines, ...legend] };
}

function bandOf(points: readonly Point[], placed: (p: Point) => Place, isFirst: boolean): Shape[] {
  const banded = points.filter(({ low, high }) => low !== undefined && high !== undefined);
  if (banded.length < 2) return [];
  const upper = banded.map((point) => placed({ ...point, value: point.high ?? point.value }));
  const lower = banded.map((point) => placed({ ...point, value: point.low ?? point.value })).reverse();
  const tone = isFirst ? ('bar' as const) : ('ink2' as const);
  return [{ kind: 'polygon', tone, opacity: isFirst ? 0.25 : 0.14, points: [...upper, ...lower] }];
}

function strokeOf(points: readonly Place[], isFirst: boolean): Shape[] {
  const tone = isFirst ? ('own' as const) : ('ink2' as const);
  const last = points.at(-1);
  if (!last) return [];
  const dot: Shape = {
    kind: 'rect',
    x: last.x - 3,
    y: last.y - 3,
    width: 6,
    height: 6,
    radius: isFirst ? 3 : 0,
    tone,
  };
  if (points.length === 1) return [dot];
  if (isFirst) return [{ kind: 'line', tone, thick: 2, points: [...points] }, dot];
  return [...dashed(points).map((dash): Shape => ({ kind: 'line', tone, thick: 2, points: dash })), dot];
}

/** A line as dashes of even length along it, every other one left out. */
export function dashed(points: readonly Place[]): Place[][] {
  const dashes: Place[][] = [];
  let dash: Place[] = points.slice(0, 1);
  // How far it is along the line to `dash`'s end, and how many dashes and gaps are behind.
  let [gone, cut] = [0, 0];
  points.slice(1).forEach((to, i) => {
    const from = points[i] ?? to;
    const long = Math.hypot(to.x - from.x, to.y - from.y);
    const begun = gone;
    while (long > 0 && begun + long >= (cut + 1) * DASH) {
      gone = (cut + 1) * DASH;
      const share = (gone - begun) / long;
      const at = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
      if (cut % 2 === 0) dashes.push([...dash, at]);
      cut += 1;
      dash = [at];
    }
    gone = begun + long;
    dash.push(to);
  });
  if (cut % 2 === 0 && dash.length > 1) dashes.push(dash);
  return dashes;
}

function legendOf(row: ChartRow, i: number, width: number, fontPx: number, measure: Measure): Shape[] {
  const y = HIGH + i * LEGEND + LEGEND / 2;
  const sign = [
    { x: 0, y },
    { x: 22, y },
  ];
  const tone = i === 0 ? ('own' as const) : ('ink2' as const);
  const lines: Place[][] = i === 0 ? [sign] : dashed(sign);
  const textWidth = measure(row.text, fontPx, true);
  return [
    ...lines.map((points): Shape => ({ kind: 'line', tone, thick: 2, points })),
    {
      kind: 'text',
      x: 30,
      y,
      fontPx,
      align: 'left',
      bold: false,
      tone: 'ink2',
      text: fitText(row.label, width - textWidth - 40, fontPx, measure),
    },
    { kind: 'text', x: width, y, fontPx, align: 'right', bold: true, tone: 'ink', text: row.text },
  ];
}

/** Which colour of the palette a shape takes; the painter knows the colours, the layouts only their meaning. */
export type ChartTone = 'bar' | 'own' | 'track' | 'ink' | 'ink2' | TierTone;

/** The tiers' own shades, as the badges have them. */
export type TierTone = 'none' | 'active' | 'oneOrderOnly' | 'drowsy' | 'dormant' | 'lost';

/** What a layout answers: plain shapes in CSS pixels, drawn in order. */
export type Shape =
  | { kind: 'rect'; x: number; y: number; width: number; height: number; radius: number; tone: ChartTone }
  | { kind: 'polygon'; points: { x: number; y: number }[]; tone: ChartTone; opacity: number }
  | { kind: 'line'; points: { x: number; y: number }[]; tone: ChartTone; thick: number }
  | {
      kind: 'text';
      x: number;
      /** the middle of the line */
      y: number;
      text: string;
      align: 'left' | 'center' | 'right';
      fontPx: number;
      bold: boolean;
      tone: ChartTone;
    };

export interface Picture {
  width: number;
  height: number;
  shapes: Shape[];
}

/** One row of any chart. `text` is what is printed beside it: a number never stands without what it was made of. */
export interface ChartRow {
  label: string;
  value: number;
  text: string;
  /** drawn as the viewer's own */
  own?: boolean;
  /** what a stacked bar is made of, from left to right */
  parts?: { tone: ChartTone; value: number }[];
  /** a line over time; `at` from 0, the first day, to 1, the last; `low` and `high` where the truth may lie */
  points?: { at: number; value: number; low?: number; high?: number }[];
  /** where the truth of `value` may lie; drawn as a whisker */
  interval?: { low: number; high: number };
  /** too few to be believed: drawn hollow */
  faint?: boolean;
  /** said under the row in the table: what the picture shows without words */
  notes?: string[];
}

/** How wide a text is drawn, in CSS pixels. */
export type Measure = (text: string, fontPx: number, bold: boolean) => number;

/**
 * Shortens a text until it fits, with … at its end.
 *
 * @example fitText('上海徐家汇旗舰店', 60, 12, measure) // → '上海徐家…'
 */
export function fitText(text: string, width: number, fontPx: number, measure: Measure): string {
  if (measure(text, fontPx, false) <= width) return text;
  // Whole characters, so that no half of a surrogate pair is left over.
  const characters = [...text];
  while (characters.length > 1 && measure(`${characters.join('')}…`, fontPx, false) > width) characters.pop();
  return `${characters.join('')}…`;
}

/** The size of type in a chart this wide: 12 px on the usual phone, a little more where there is room. */
export function fontFor(width: number): number {
  return Math.round(Math.min(14, Math.max(11, width / 27)));
}

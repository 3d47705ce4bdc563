import { barsPicture } from '../../miniprogram/components/chart/bars';
import { funnelPicture } from '../../miniprogram/components/chart/funnel';
import { paint } from '../../miniprogram/components/chart/paint';
import type { Brush } from '../../miniprogram/components/chart/paint';
import { PALETTES } from '../../miniprogram/components/chart/palette';
import { fitText } from '../../miniprogram/components/chart/picture';
import type { ChartRow, Measure, Picture, Shape } from '../../miniprogram/components/chart/picture';
import fs from 'node:fs';
import path from 'node:path';

/** Every character as wide as its font is high: enough to reason about widths. */
const measure: Measure = (text, fontPx) => [...text].length * fontPx;

const rowsOf = (...values: number[]): ChartRow[] =>
  values.map((value, i) => ({ label: `店${i}`, value, text: String(value) }));
const rectsOf = (picture: Picture, ...tones: string[]) =>
  picture.shapes.filter(
    (s): s is Extract<Shape, { kind: 'rect' }> => s.kind === 'rect' && tones.includes(s.tone),
  );

describe('horizontal bars', () => {
  it('draws the largest over the whole track and the others in proportion', () => {
    const picture = barsPicture(rowsOf(40, 10), 320, measure);
    const [track] = rectsOf(picture, 'track');
    const [first, second] = rectsOf(picture, 'bar');
    expect(first?.width).toBe(track?.width);
    expect(second?.width).toBeCloseTo((track?.width ?? 0) / 4);
  });

  it('shows one of ten thousand as a sliver and zero as nothing', () => {
    const picture = barsPicture(rowsOf(10_000, 1, 0), 320, measure);
    expect(rectsOf(picture, 'bar').map((r) => r.width)).toEqual([expect.any(Number), 2]);
  });

  it('draws no bar at all when every value is zero', () => {
    expect(rectsOf(barsPicture(rowsOf(0, 0), 320, measure), 'bar')).toHaveLength(0);
  });

  it('gives the own row its own colour', () => {
    const picture = barsPicture([{ label: '我', value: 1, text: '1', own: true }], 320, measure);
    expect(rectsOf(picture, 'own')).toHaveLength(1);
  });

  it.each([280, 375, 1200])('keeps everything within %i pixels, whatever the names', (width) => {
    const long = [{ label: '上海徐家汇港汇恒隆广场地下一层旗舰体验店', value: 1234567, text: '1,234,567' }];
    for (const shape of barsPicture(long, width, measure).shapes) {
      if (shape.kind === 'rect') expect(shape.x + shape.width).toBeLessThanOrEqual(width);
      if (shape.kind === 'text' && shape.align === 'left')
        expect(shape.x + measure(shape.text, shape.fontPx, false)).toBeLessThanOrEqual(width * 0.34 + 1);
    }
  });
});

describe('the funnel', () => {
  it('narrows around one centre and marks the last step', () => {
    const picture = funnelPicture(rowsOf(40, 20, 4), 320, measure);
    const bars = rectsOf(picture, 'bar', 'own');
    expect(bars.map((b) => Math.round((100 * b.width) / (bars[0]?.width ?? 1)))).toEqual([100, 50, 10]);
    const centres = bars.map((b) => Math.round(b.x + b.width / 2));
    expect(new Set(centres).size).toBe(1);
    expect(bars.at(-1)?.tone).toBe('own');
  });

  it('joins each step to the next by a slope', () => {
    const slopes = funnelPicture(rowsOf(40, 20, 4), 320, measure).shapes.filter((s) => s.kind === 'polygon');
    expect(slopes).toHaveLength(2);
  });

  it('draws a step larger than the first no wider than the first, with its true number', () => {
    const picture = funnelPicture(rowsOf(10, 12), 320, measure);
    const bars = rectsOf(picture, 'bar', 'own');
    expect(bars[1]?.width).toBe(bars[0]?.width);
    expect(picture.shapes.some((s) => s.kind === 'text' && s.text === '12')).toBe(true);
  });

  it('says its numbers even when nothing was issued', () => {
    const picture = funnelPicture(rowsOf(0, 0), 320, measure);
    expect(rectsOf(picture, 'bar', 'own')).toHaveLength(0);
    expect(picture.shapes.filter((s) => s.kind === 'text')).toHaveLength(4);
  });
});

it('shortens a name by whole characters', () => {
  expect(fitText('徐汇店', 36, 12, measure)).toBe('徐汇店');
  expect(fitText('徐汇旗舰店', 36, 12, measure)).toBe('徐汇…');
  expect(fitText('😀😀😀😀', 36, 12, measure)).toBe('😀😀…');
});

it('paints every shape in the colour of its meaning', () => {
  const filled: unknown[] = [];
  const brush = {
    globalAlpha: 1,
    fillStyle: '',
    fill: () => filled.push(brush.fillStyle),
    fillText: (text: string) => filled.push(text),
    ...Object.fromEntries(
      ['beginPath', 'closePath', 'moveTo', 'lineTo', 'arcTo', 'clearRect'].map((name) => [
        name,
        () => undefined,
      ]),
    ),
  } as unknown as Brush;
  paint(brush, barsPicture([{ label: '店', value: 3, text: '3 人' }], 320, measure), PALETTES.dark);
  expect(filled).toEqual(['店', PALETTES.dark.track, PALETTES.dark.bar, '3 人']);
});

it('keeps the palettes in step with the design tokens', () => {
  const tokens = fs.readFileSync(path.resolve(__dirname, '../../miniprogram/styles/tokens.wxss'), 'utf8');
  const [light = '', dark = ''] = tokens.split('@media (prefers-color-scheme: dark)');
  const token = (css: string, name: string) => new RegExp(`--${name}:\\s*(#[0-9a-f]+)`).exec(css)?.[1];
  for (const [palette, css] of [
    [PALETTES.light, light],
    [PALETTES.dark, dark],
  ] as const) {
    expect(palette).toMatchObject({
      bar: token(css, 'tier-drowsy'),
      own: token(css, 'accent'),
      track: token(css, 'sunken'),
      ink: token(css, 'ink'),
      ink2: token(css, 'ink-2'),
      none: token(css, 'tier-none'),
      active: token(css, 'tier-active'),
      oneOrderOnly: token(css, 'tier-oneOrderOnly'),
      drowsy: token(css, 'tier-drowsy'),
      dormant: token(css, 'tier-dormant'),
      lost: token(css, 'tier-lost'),
    });
  }
});

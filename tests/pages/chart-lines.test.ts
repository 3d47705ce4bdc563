import { linesPicture } from '../../miniprogram/components/chart/lines';
import { paint } from '../../miniprogram/components/chart/paint';
import type { Brush } from '../../miniprogram/components/chart/paint';
import { PALETTES } from '../../miniprogram/components/chart/palette';
import type { ChartRow, Measure, Picture, Shape } from '../../miniprogram/components/chart/picture';
import { stackPicture } from '../../miniprogram/components/chart/stack';

/** Every character as wide as its font is high: enough to reason about widths. */
const measure: Measure = (text, fontPx) => [...text].length * fontPx;

type Kind<K extends Shape['kind']> = Extract<Shape, { kind: K }>;
const shapesOf = <K extends Shape['kind']>(picture: Picture, kind: K): Kind<K>[] =>
  picture.shapes.filter((shape): shape is Kind<K> => shape.kind === kind);

const LONG_NAME = '上海徐家汇港汇恒隆广场地下一层旗舰体验店';

describe('stacked bars', () => {
  const rowOf = (lost: number, active: number, label = '徐汇店'): ChartRow => ({
    label,
    value: lost + active,
    text: `${lost + active} 位`,
    parts: [
      { tone: 'active', value: active },
      { tone: 'drowsy', value: 0 },
      { tone: 'lost', value: lost },
    ],
  });

  it('divides the whole width by the shares and leaves out who is not there', () => {
    const [active, lost, ...others] = shapesOf(stackPicture([rowOf(25, 75)], 303, measure), 'rect');
    expect(others).toEqual([]);
    expect([active?.tone, lost?.tone]).toEqual(['active', 'lost']);
    expect(active?.width).toBeCloseTo(226);
    expect((lost?.x ?? 0) + (lost?.width ?? 0)).toBeCloseTo(303);
  });

  it('makes bars of large and small branches equally wide', () => {
    const bars = shapesOf(stackPicture([rowOf(250_000, 750_000), rowOf(1, 3)], 303, measure), 'rect');
    expect(bars[0]?.width).toBeCloseTo(bars[2]?.width ?? 0);
  });

  it('still shows one of a million, and a branch of nobody as an empty track', () => {
    const [, lost] = shapesOf(stackPicture([rowOf(1, 999_999)], 303, measure), 'rect');
    expect(lost?.width).toBeGreaterThanOrEqual(1);
    expect(shapesOf(stackPicture([rowOf(0, 0)], 303, measure), 'rect').map((bar) => bar.tone)).toEqual([
      'track',
    ]);
  });

  it.each([254, 327, 1036])('keeps names and bars within %i pixels', (width) => {
    const picture = stackPicture([rowOf(1, 1_234_566, LONG_NAME)], width, measure);
    for (const bar of shapesOf(picture, 'rect')) expect(bar.x + bar.width).toBeLessThanOrEqual(width + 0.001);
    const [name, number] = shapesOf(picture, 'text');
    const ends = measure(name?.text ?? '', name?.fontPx ?? 0, false);
    expect(ends).toBeLessThanOrEqual(width - measure(number?.text ?? '', number?.fontPx ?? 0, true));
  });
});

describe('lines over time', () => {
  const rowOf = (...values: number[]): ChartRow => ({
    label: '沉睡',
    value: values.at(-1) ?? 0,
    text: String(values.at(-1) ?? 0),
    points: values.map((value, i) => ({ at: i / Math.max(1, values.length - 1), value })),
  });
  const lineOf = (row: ChartRow) => shapesOf(linesPicture([row], 327, measure), 'line')[0]?.points ?? [];

  it('rises where the number rises, whatever its size', () => {
    for (const scale of [1, 100_000]) {
      const ys = lineOf(rowOf(10 * scale, 20 * scale, 15 * scale)).map((point) => point.y);
      expect(ys[1]).toBeLessThan(ys[0] ?? 0);
      expect(ys[2]).toBeGreaterThan(ys[1] ?? 0);
    }
  });

  it('does not make a mountain of one member in a thousand', () => {
    const [before, after] = lineOf(rowOf(1000, 1001));
    const [low, high] = lineOf(rowOf(10, 20));
    const rise = (a = { y: 0 }, b = { y: 0 }): number => a.y - b.y;
    expect(rise(before, after)).toBeLessThan(rise(low, high) / 20);
  });

  it('puts a missing night’s neighbours where their days are', () => {
    const gap: ChartRow = { ...rowOf(), points: [0, 0.1, 1].map((at) => ({ at, value: 5 })) };
    const xs = lineOf(gap).map((point) => point.x);
    expect(((xs[1] ?? 0) - (xs[0] ?? 0)) / ((xs[2] ?? 0) - (xs[0] ?? 0))).toBeCloseTo(0.1);
  });

  it('shows a single night as a dot, and no night as words alone', () => {
    const one = linesPicture([rowOf(7)], 327, measure);
    expect(shapesOf(one, 'line')).toEqual([]);
    expect(shapesOf(one, 'rect').map((dot) => dot.tone)).toEqual(['own']);
    expect(linesPicture([rowOf()], 327, measure).shapes.every((shape) => shape.kind === 'text')).toBe(true);
    expect(shapesOf(linesPicture([rowOf(0, 0, 0)], 327, measure), 'line')[0]?.points).toHaveLength(3);
  });

  it.each([254, 327, 1036])('stays within its own row and %i pixels', (width) => {
    const rows = [rowOf(3, 9, 1), { ...rowOf(1, 1_234_567), text: '1,234,567（+1,234,566）' }];
    const picture = linesPicture(rows, width, measure);
    shapesOf(picture, 'line').forEach(({ points }, i) => {
      for (const { x, y } of points) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(width);
        expect(y).toBeGreaterThan((i * picture.height) / 2);
        expect(y).toBeLessThan(((i + 1) * picture.height) / 2);
      }
    });
  });

  it('is painted as a stroke in the colour of its meaning', () => {
    const strokes: unknown[] = [];
    const brush = {
      globalAlpha: 1,
      fillStyle: '',
      strokeStyle: '',
      lineWidth: 0,
      stroke: () => strokes.push([brush.strokeStyle, brush.lineWidth, brush.globalAlpha]),
      ...Object.fromEntries(
        'beginPath closePath moveTo lineTo arcTo clearRect fill fillText'
          .split(' ')
          .map((name) => [name, () => undefined]),
      ),
    } as unknown as Brush;
    paint(brush, linesPicture([rowOf(1, 2)], 327, measure), PALETTES.dark);
    expect(strokes).toEqual([[PALETTES.dark.bar, 2, 1]]);
  });
});

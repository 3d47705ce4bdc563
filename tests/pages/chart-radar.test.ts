import { radarPicture } from '../../miniprogram/components/chart/radar';
import type { ChartRow, Measure, Picture, Shape } from '../../miniprogram/components/chart/picture';

/** Every character as wide as its font is high: enough to reason about widths. */
const measure: Measure = (text, fontPx) => [...text].length * fontPx;
type Kind<K extends Shape['kind']> = Extract<Shape, { kind: K }>;
const shapesOf = <K extends Shape['kind']>(picture: Picture, kind: K): Kind<K>[] =>
  picture.shapes.filter((shape): shape is Kind<K> => shape.kind === kind);
const rows = (...values: number[]): ChartRow[] =>
  values.map((value, n) => ({ label: `轴${n}`, value, text: `${Math.round(value * 100)}%` }));

describe('the radar', () => {
  it('puts the first axis at the top, the next ones clockwise', () => {
    const picture = radarPicture(rows(1, 1, 1, 1, 1, 1), 300, measure);
    const [area] = shapesOf(picture, 'polygon');
    const points = area?.points ?? [];
    expect(points[0]?.x).toBeCloseTo(150);
    expect(points[0]?.y).toBeLessThan(points[1]?.y ?? 0);
    expect(points[1]?.x).toBeGreaterThan(150);
    expect(points[4]?.x).toBeLessThan(150);
    expect(points[3]?.y).toBeGreaterThan(points[2]?.y ?? 0);
  });

  it('goes from the middle at nothing to the rim at everything, and no further', () => {
    const reach = (value: number): number => {
      const picture = radarPicture(rows(value, 0, 0), 300, measure);
      const [spoke] = shapesOf(picture, 'line').filter((line) => line.points.length === 2);
      const centre = spoke?.points[0] ?? { x: 0, y: 0 };
      const rim = spoke?.points[1] ?? { x: 0, y: 0 };
      const corner = shapesOf(picture, 'polygon')[0]?.points[0] ?? { x: 0, y: 0 };
      return (centre.y - corner.y) / (centre.y - rim.y);
    };
    expect([0, 0.5, 1, 1.4, -1].map((value) => Number(reach(value).toFixed(3)))).toEqual([0, 0.5, 1, 1, 0]);
  });

  it('prints every label and number at its axis, so that it can be read without colours', () => {
    const texts = shapesOf(radarPicture(rows(0.1, 0.2, 0.3, 0.4, 0.5, 0.6), 300, measure), 'text');
    expect(texts.map(({ text }) => text)).toEqual(
      [0, 1, 2, 3, 4, 5].flatMap((n) => [`轴${n}`, `${(n + 1) * 10}%`]),
    );
  });

  it.each([230, 254, 327, 700])('keeps all words and shapes within %i pixels', (width) => {
    const six = rows(1, 1, 1, 1, 1, 1).map((row) => ({ ...row, label: '不靠优惠券' }));
    const picture = radarPicture(six, width, measure);
    for (const { x, text, align, fontPx, bold } of shapesOf(picture, 'text')) {
      const wide = measure(text, fontPx, bold);
      const from = align === 'left' ? x : align === 'right' ? x - wide : x - wide / 2;
      expect(from).toBeGreaterThanOrEqual(-0.001);
      expect(from + wide).toBeLessThanOrEqual(width + 0.001);
    }
    for (const { y, fontPx } of shapesOf(picture, 'text')) {
      expect(y - fontPx / 2).toBeGreaterThanOrEqual(0);
      expect(y + fontPx / 2).toBeLessThanOrEqual(picture.height);
    }
  });
});

import type { Measure, Shape } from '../../miniprogram/components/chart/picture';
import { sparkPicture } from '../../miniprogram/components/chart/spark';
import { dashed, trendPicture } from '../../miniprogram/components/chart/trend';
import { whiskersPicture } from '../../miniprogram/components/chart/whiskers';

const measure: Measure = (text, fontPx) => [...text].length * fontPx;
const of = <K extends Shape['kind']>(shapes: readonly Shape[], kind: K) =>
  shapes.filter((shape): shape is Extract<Shape, { kind: K }> => shape.kind === kind);

describe('bars with whiskers', () => {
  const rows = [
    { label: '一店', value: 1, text: '1.00', interval: { low: 0.5, high: 2 } },
    { label: '二店', value: 0.5, text: '0.50', faint: true },
    { label: '三店', value: 0, text: '没有人' },
  ];
  const { shapes, height } = whiskersPicture(rows, 302, measure);

  it('draw the interval on the bars’ own scale, with a cap at each end', () => {
    const [stroke, ...caps] = of(shapes, 'line');
    expect(stroke?.points.map(({ x }) => Math.round(x))).toEqual([75, 300]);
    expect(caps).toHaveLength(2);
  });
  it('draw few members hollow and nobody as an empty track', () => {
    expect(of(shapes, 'rect').map(({ tone }) => tone)).toEqual([
      'track',
      'bar',
      'track',
      'bar',
      'track',
      'track',
    ]);
    expect(height).toBe(150);
  });
});

describe('a trend with its band', () => {
  it('draws the first through and the second dashed, so that no colour is needed', () => {
    const points = [
      { at: 0, value: 0, low: 0, high: 0.1 },
      { at: 1, value: 0.2, low: 0.1, high: 0.3 },
    ];
    const row = (label: string) => ({ label, value: 0.2, text: '20.0%', points });
    const { shapes } = trendPicture([row('触达组'), row('对照组')], 300, measure);
    expect(of(shapes, 'polygon')).toHaveLength(2);
    const strokes = of(shapes, 'line').filter(({ tone }) => tone === 'ink2');
    expect(strokes.length).toBeGreaterThan(10);
  });
  it('cuts a line into dashes of one length', () => {
    const dashes = dashed([
      { x: 0, y: 0 },
      { x: 12, y: 0 },
      { x: 23, y: 0 },
    ]);
    expect(dashes.map((dash) => [dash[0]?.x, dash.at(-1)?.x])).toEqual([
      [0, 5],
      [10, 15],
      [20, 23],
    ]);
  });
  it('stays a picture without anybody', () => {
    expect(trendPicture([{ label: '触达组', value: 0, text: '没有人' }], 300, measure).height).toBe(156);
    expect(sparkPicture([], 300).shapes).toEqual([]);
  });
});

it('a sparkline marks the last day, and a day of nothing lies on the floor', () => {
  const points = [0, 2, 4].map((value, i) => ({ at: i / 2, value }));
  const tones = of(sparkPicture([{ label: '唤醒', value: 4, text: '4', points }], 300).shapes, 'rect').map(
    ({ tone }) => tone,
  );
  expect(tones).toEqual(['track', 'bar', 'own']);
});

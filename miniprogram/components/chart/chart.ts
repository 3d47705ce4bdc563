import { currentTheme, onTheme, pixelRatio } from '../../platform/canvas';
import type { Theme } from '../../platform/canvas';
import { barsPicture } from './bars';
import { funnelPicture } from './funnel';
import { sparkPicture } from './spark';
import { trendPicture } from './trend';
import { whiskersPicture } from './whiskers';
import { linesPicture } from './lines';
import { measureWith, paint } from './paint';
import type { Brush } from './paint';
import { PALETTES } from './palette';
import type { ChartRow, Measure, Picture } from './picture';
import { radarPicture } from './radar';
import { stackPicture } from './stack';

type Kind = 'bars' | 'funnel' | 'stack' | 'lines' | 'whiskers' | 'trend' | 'spark' | 'radar';
const LAYOUTS: Record<Kind, (rows: readonly ChartRow[], width: number, measure: Measure) => Picture> = {
  bars: barsPicture,
  funnel: funnelPicture,
  stack: stackPicture,
  lines: linesPicture,
  whiskers: whiskersPicture,
  trend: trendPicture,
  spark: sparkPicture,
  radar: radarPicture,
};

const spokenRow = ({ label, text, notes = [] }: ChartRow): string => [label, text, ...notes].join(' ');
const KINDS = Object.keys(LAYOUTS) as Kind[];
const kindOf = (kind: string): Kind => KINDS.find((each) => each === kind) ?? 'bars';

/** The part of WeChat's canvas node that is used. */
interface CanvasNode {
  width: number;
  height: number;
  getContext(
    kind: '2d',
  ): Brush & { setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void };
}

/** A popup that is still opening has no width yet: look again this often. */
const LOOKS = 12;
const LOOK_AGAIN_MS = 50;

Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** 'bars', 'funnel', 'stack', 'lines', 'whiskers', 'trend', 'spark' or 'radar' */
    kind: { type: String, value: 'bars' },
    rows: { type: Array, value: [] },
    /** 'light' or 'dark'; empty = as the phone is */
    theme: { type: String, value: '' },
    /** what the picture shows, for those who hear it */
    title: { type: String, value: '' },
  },
  data: { height: 0, asTable: false, spoken: '' },
  observers: {
    'kind, rows, theme'() {
      this.draw();
    },
  },
  lifetimes: {
    ready() {
      const stop = onTheme(() => this.draw());
      (this as unknown as { stopTheme?: () => void }).stopTheme = stop;
      this.draw();
    },
    detached() {
      (this as unknown as { stopTheme?: () => void }).stopTheme?.();
    },
  },
  pageLifetimes: {
    resize() {
      this.draw();
    },
  },
  methods: {
    swap() {
      this.setData({ asTable: !this.data.asTable });
      this.draw();
    },
    draw(look = 0) {
      const rows = this.data.rows as ChartRow[];
      const kind = kindOf(this.data.kind);
      const theme: Theme =
        this.data.theme === 'light' || this.data.theme === 'dark' ? this.data.theme : currentTheme();
      this.createSelectorQuery()
        .select('.chart__canvas')
        .fields({ node: true, size: true })
        .exec((found: ({ node: CanvasNode; width: number } | null)[]) => {
          const canvas = found[0];
          if (!canvas) return;
          if (!canvas.width) {
            if (look < LOOKS) setTimeout(() => this.draw(look + 1), LOOK_AGAIN_MS);
            return;
          }
          const ratio = pixelRatio();
          const brush = canvas.node.getContext('2d');
          const picture = LAYOUTS[kind](rows, canvas.width, measureWith(brush));
          const spoken = `${this.data.title}：${rows.map(spokenRow).join('，')}`;
          if (picture.height !== this.data.height || spoken !== this.data.spoken)
            this.setData({ height: picture.height, spoken });
          canvas.node.width = Math.round(picture.width * ratio);
          canvas.node.height = Math.round(picture.height * ratio);
          brush.setTransform(ratio, 0, 0, ratio, 0, 0);
          paint(brush, picture, PALETTES[theme]);
        });
    },
  },
});

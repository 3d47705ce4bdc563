import { pixelRatio } from '../../platform/canvas';
import { modulePixels, squaresOf } from './squares';

interface Canvas {
  width: number;
  height: number;
  getContext(kind: '2d'): {
    fillStyle: string;
    fillRect(x: number, y: number, width: number, height: number): void;
  };
}

const [PAPER, INK] = ['#ffffff', '#1f2328'];

/** A QR code for the till. Always dark on white, whatever the theme: scanners expect it so. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** what is read out of it, e.g. the eight digits of a coupon */
    text: { type: String, value: '' },
    label: { type: String, value: '' },
  },
  observers: {
    text() {
      this.draw();
    },
  },
  lifetimes: {
    ready() {
      this.draw();
    },
  },
  methods: {
    draw() {
      if (!this.data.text) return;
      this.createSelectorQuery()
        .select('.qr__canvas')
        .fields({ node: true, size: true })
        .exec((found: ({ node: Canvas; width: number } | null)[]) => {
          const seen = found[0];
          if (!seen?.node || !seen.width) return;
          const { side, dark } = squaresOf(this.data.text);
          const pixels = Math.round(seen.width * pixelRatio());
          const one = modulePixels(side, pixels);
          const from = Math.floor((pixels - one * side) / 2);
          seen.node.width = pixels;
          seen.node.height = pixels;
          const brush = seen.node.getContext('2d');
          brush.fillStyle = PAPER;
          brush.fillRect(0, 0, pixels, pixels);
          brush.fillStyle = INK;
          dark.forEach((row, y) =>
            row.forEach((isDark, x) => {
              if (isDark) brush.fillRect(from + x * one, from + y * one, one, one);
            }),
          );
        });
    },
  },
});

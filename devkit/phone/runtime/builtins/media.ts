import { pictureUrl } from '../files';
import { htmlElement, type Builtin } from './host';

/** How each image mode fills its box; the modes not listed crop at one edge. */
const FITS: Record<string, [fit: string, position: string]> = {
  scaleToFill: ['fill', 'center'],
  aspectFit: ['contain', 'center'],
  aspectFill: ['cover', 'center'],
  widthFix: ['fill', 'center'],
  heightFix: ['fill', 'center'],
  center: ['none', 'center'],
};

const image: Builtin = {
  wxml: '',
  props: {
    src: String,
    mode: { type: String, value: 'scaleToFill' },
    lazyLoad: Boolean,
    webp: Boolean,
    showMenuByLongpress: Boolean,
  },
  reflect: ['mode'],
  mount(host) {
    const picture = htmlElement('img', { alt: '', draggable: 'false' });
    host.root.append(picture);
    host.follow(['ariaLabel'], () => (picture.alt = host.text('ariaLabel')));
    host.follow(['mode'], () => {
      const mode = host.text('mode');
      const [fit, position] = FITS[mode] ?? ['none', mode];
      picture.style.objectFit = fit;
      picture.style.objectPosition = position;
    });
    host.follow(['src'], () => {
      const src = host.text('src');
      if (src) picture.src = pictureUrl(src, host.folder);
      else picture.removeAttribute('src');
    });
    picture.addEventListener('load', () =>
      host.emit('load', { width: picture.naturalWidth, height: picture.naturalHeight }),
    );
    picture.addEventListener('error', () =>
      host.emit('error', { errMsg: `加载图片失败：${host.text('src')}` }),
    );
  },
};

/** The page's own canvas node: the real element with the few methods WeChat adds. */
export function canvasNode(element: HTMLCanvasElement): HTMLCanvasElement {
  return Object.assign(element, {
    createImage: () => new Image(),
    createPath2D: (path?: Path2D | string) => new Path2D(path),
    requestAnimationFrame: (run: FrameRequestCallback) => requestAnimationFrame(run),
    cancelAnimationFrame: (handle: number) => cancelAnimationFrame(handle),
  });
}

const canvas: Builtin = {
  wxml: '',
  props: { type: String, canvasId: String, disableScroll: Boolean },
  mount(host) {
    if (host.text('type') !== '2d')
      console.warn('浏览器手机只支持 <canvas type="2d">,旧版 canvas-id 画布不会显示。');
    host.root.append(canvasNode(htmlElement('canvas')));
  },
};

const video: Builtin = {
  wxml: '',
  props: { src: String, poster: String, controls: { type: Boolean, value: true } },
  mount(host) {
    const player = htmlElement('video', { playsinline: '' });
    host.root.append(player);
    host.follow(['src', 'poster', 'controls'], () => {
      player.src = pictureUrl(host.text('src'), host.folder);
      player.poster = pictureUrl(host.text('poster'), host.folder);
      player.controls = host.flag('controls');
    });
  },
};

const webView: Builtin = {
  wxml: '',
  props: { src: String },
  mount(host) {
    host.root.textContent = '浏览器手机不打开外部网页(web-view)。';
  },
};

export const mediaBuiltins: Record<string, Builtin> = { image, canvas, video, 'web-view': webView };

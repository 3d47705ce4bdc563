import { htmlElement, type Builtin } from './host';

const progress: Builtin = {
  wxml: '',
  props: {
    percent: Number,
    showInfo: Boolean,
    strokeWidth: { type: null, value: 6 },
    activeColor: { type: String, value: '#09BB07' },
    color: String,
    backgroundColor: { type: String, value: '#EBEBEB' },
    active: Boolean,
  },
  mount(host) {
    const track = htmlElement('div', { class: 'progress-track', role: 'progressbar' });
    const bar = htmlElement('div');
    const shown = htmlElement('span');
    track.append(bar);
    host.root.append(track, shown);
    host.follow(Object.keys(progress.props ?? {}), () => {
      const percent = Math.min(100, Math.max(0, host.number('percent')));
      bar.style.cssText = `width:${percent}%;height:100%;background:${host.text('color') || host.text('activeColor')}`;
      track.style.cssText = `height:${Number.parseFloat(String(host.value('strokeWidth')))}px;background:${host.text('backgroundColor')}`;
      track.ariaValueNow = String(percent);
      shown.textContent = host.flag('showInfo') ? `${percent}%` : '';
    });
  },
};

const MARKS: Record<string, string> = {
  success: '✓',
  success_no_circle: '✓',
  info: 'i',
  warn: '!',
  waiting: '…',
  cancel: '×',
  download: '↓',
  search: '⌕',
  clear: '×',
};

const icon: Builtin = {
  wxml: '',
  props: { type: String, size: { type: null, value: 23 }, color: String },
  reflect: ['type'],
  mount(host) {
    host.follow(['type', 'size', 'color'], () => {
      host.root.textContent = MARKS[host.text('type')] ?? '';
      host.root.style.setProperty('--size', `${Number.parseFloat(String(host.value('size'))) || 23}px`);
      if (host.text('color')) host.root.style.setProperty('--mark', host.text('color'));
    });
  },
};

interface RichNode {
  type?: string;
  text?: string;
  name?: string;
  attrs?: Record<string, string>;
  children?: RichNode[];
}

const RICH_TAGS = new Set(
  (
    'a abbr b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins label li ol p q span strong ' +
    'sub sup table tbody td tfoot th thead tr ul'
  ).split(' '),
);

/** Only the tags and attributes WeChat allows; scripts, handlers and foreign addresses never get through. */
function richElement(node: RichNode): Node | null {
  if (node.type === 'text' || node.text !== undefined) return document.createTextNode(node.text ?? '');
  const name = (node.name ?? 'div').toLowerCase();
  if (!RICH_TAGS.has(name)) return null;
  const element = document.createElement(name);
  for (const key of ['class', 'style', 'src', 'alt', 'width', 'height', 'colspan', 'rowspan']) {
    const value = node.attrs?.[key];
    if (value !== undefined && !/^\s*javascript:/i.test(String(value)))
      element.setAttribute(key, String(value));
  }
  for (const child of node.children ?? []) element.append(richElement(child) ?? '');
  return element;
}

function parseHtml(html: string): RichNode[] {
  const convert = (node: Node): RichNode =>
    node instanceof Element
      ? {
          name: node.tagName.toLowerCase(),
          attrs: Object.fromEntries([...node.attributes].map((a) => [a.name, a.value])),
          children: [...node.childNodes].map(convert),
        }
      : { type: 'text', text: node.textContent ?? '' };
  return [...new DOMParser().parseFromString(html, 'text/html').body.childNodes].map(convert);
}

const richText: Builtin = {
  wxml: '',
  props: { nodes: { type: null, value: '' }, space: String },
  mount(host) {
    host.follow(['nodes'], () => {
      const given = host.value('nodes');
      const nodes = Array.isArray(given) ? (given as RichNode[]) : parseHtml(String(given ?? ''));
      host.root.replaceChildren(...nodes.map((n) => richElement(n) ?? ''));
    });
  },
};

const TARGETS: Record<string, string> = {
  navigate: 'navigateTo',
  redirect: 'redirectTo',
  switchTab: 'switchTab',
  reLaunch: 'reLaunch',
  navigateBack: 'navigateBack',
};

const navigator: Builtin = {
  props: {
    url: String,
    openType: { type: String, value: 'navigate' },
    delta: { type: Number, value: 1 },
    hoverClass: { type: String, value: 'navigator-hover' },
    target: String,
  },
  reflect: ['hoverClass'],
  mount(host) {
    host.onTap(() => {
      const call = TARGETS[host.text('openType')];
      const api = (globalThis as unknown as { wx: Record<string, (o: unknown) => void> }).wx;
      if (call) api[call]?.({ url: host.text('url'), delta: host.number('delta'), fail: console.warn });
    });
  },
};

export const displayBuiltins: Record<string, Builtin> = { progress, icon, 'rich-text': richText, navigator };

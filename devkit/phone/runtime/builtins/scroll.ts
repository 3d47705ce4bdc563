import { htmlElement, type Builtin, type BuiltinHost } from './host';

const scrollView: Builtin = {
  props: {
    scrollX: Boolean,
    scrollY: Boolean,
    scrollTop: { type: null, value: 0 },
    scrollLeft: { type: null, value: 0 },
    scrollIntoView: String,
    upperThreshold: { type: null, value: 50 },
    lowerThreshold: { type: null, value: 50 },
    scrollWithAnimation: Boolean,
    enableFlex: Boolean,
    enhanced: Boolean,
    showScrollbar: { type: Boolean, value: true },
    refresherEnabled: Boolean,
    refresherTriggered: Boolean,
    pagingEnabled: Boolean,
    bounces: Boolean,
    type: String,
    enableBackToTop: Boolean,
  },
  reflect: ['scrollX', 'scrollY', 'enableFlex'],
  mount(host) {
    const box = host.root;
    const behavior = () => (host.flag('scrollWithAnimation') ? 'smooth' : 'instant');
    const pixels = (name: string) => Number.parseFloat(String(host.value(name))) || 0;
    host.follow(['scrollTop'], () => box.scrollTo({ top: pixels('scrollTop'), behavior: behavior() }));
    host.follow(['scrollLeft'], () => box.scrollTo({ left: pixels('scrollLeft'), behavior: behavior() }));
    host.follow(['scrollIntoView'], () => {
      const id = host.text('scrollIntoView');
      if (!id) return;
      requestAnimationFrame(() => {
        const target = box.querySelector(`#${CSS.escape(id)}`);
        if (!target) return;
        const to = target.getBoundingClientRect();
        const from = box.getBoundingClientRect();
        box.scrollBy({ top: to.top - from.top, left: to.left - from.left, behavior: behavior() });
      });
    });
    reportScrolling(host, pixels);
  },
};

/** `scroll`, `scrolltolower` and `scrolltoupper`, the last two once per arrival. */
function reportScrolling(host: BuiltinHost, pixels: (name: string) => number): void {
  const box = host.root;
  let last = { top: 0, left: 0 };
  let wasLow = false;
  let wasHigh = true;
  box.addEventListener('scroll', () => {
    const { scrollTop, scrollLeft, scrollHeight, scrollWidth, clientHeight, clientWidth } = box;
    host.emit('scroll', {
      scrollTop,
      scrollLeft,
      scrollHeight,
      scrollWidth,
      deltaY: last.top - scrollTop,
      deltaX: last.left - scrollLeft,
    });
    last = { top: scrollTop, left: scrollLeft };
    const sideways = host.flag('scrollX') && !host.flag('scrollY');
    const before = sideways ? scrollLeft : scrollTop;
    const after = sideways ? scrollWidth - clientWidth - scrollLeft : scrollHeight - clientHeight - scrollTop;
    const low = after <= pixels('lowerThreshold');
    const high = before <= pixels('upperThreshold');
    if (low && !wasLow) host.emit('scrolltolower', { direction: sideways ? 'right' : 'bottom' });
    if (high && !wasHigh) host.emit('scrolltoupper', { direction: sideways ? 'left' : 'top' });
    wasLow = low;
    wasHigh = high;
  });
}

const swiper: Builtin = {
  props: {
    indicatorDots: Boolean,
    indicatorColor: String,
    indicatorActiveColor: String,
    autoplay: Boolean,
    current: Number,
    interval: { type: Number, value: 5000 },
    duration: { type: Number, value: 500 },
    circular: Boolean,
    vertical: Boolean,
    previousMargin: String,
    nextMargin: String,
    displayMultipleItems: Number,
  },
  reflect: ['vertical'],
  mount(host) {
    const box = host.root;
    const dots = htmlElement('div', { class: 'swiper-dots' });
    const items = () => [...box.querySelectorAll<HTMLElement>(':scope > wx-swiper-item')];
    let shown = host.number('current');
    const draw = () => {
      dots.hidden = !host.flag('indicatorDots');
      dots.replaceChildren(...items().map((_, i) => htmlElement('i', i === shown ? { class: 'on' } : {})));
    };
    const go = (index: number, smooth: boolean) =>
      box.scrollTo({
        left: host.flag('vertical') ? 0 : index * box.clientWidth,
        top: host.flag('vertical') ? index * box.clientHeight : 0,
        behavior: smooth ? 'smooth' : 'instant',
      });
    box.append(dots);
    requestAnimationFrame(() => {
      go(shown, false);
      draw();
    });
    host.follow(['current'], () => {
      if (host.number('current') !== shown) go(host.number('current'), true);
    });
    box.addEventListener('scroll', () => {
      const at = host.flag('vertical') ? box.scrollTop / box.clientHeight : box.scrollLeft / box.clientWidth;
      const current = Math.round(at);
      if (Number.isNaN(at) || current === shown || Math.abs(at - current) > 0.1) return;
      shown = current;
      draw();
      const detail = { current, currentItemId: items()[current]?.dataset.itemId ?? '', source: 'touch' };
      host.emit('change', detail);
      host.emit('animationfinish', detail);
    });
    const timer = setInterval(() => {
      if (host.flag('autoplay') && items().length > 0) go((shown + 1) % items().length, true);
    }, host.number('interval'));
    return () => clearInterval(timer);
  },
};

export const scrollBuiltins: Record<string, Builtin> = {
  'scroll-view': scrollView,
  swiper,
  'swiper-item': { props: { itemId: String }, reflect: ['itemId'] },
};

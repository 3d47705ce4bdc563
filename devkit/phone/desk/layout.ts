import type { Slot } from '../host';
import { draw, drawButton } from '../runtime/ui/layer';
import { ROLES } from './seat';

const PHONE_WIDTH = 375 + 2 * 12;
const PHONE_HEIGHT = 812 + 2 * 12;
const NARROW = 1200;
const SMALLEST = 0.5;

/** What stands around the phones, as in desk.css: bars above them, and the chat, gaps and margins beside them. */
const ROOM = {
  wide: { above: 56 + 52 + 24, beside: 288 + 6 * 24 },
  close: { above: 56 + 52 + 16, beside: 248 + 6 * 14 },
  narrow: { above: 56 + 46 + 52 + 16, beside: 2 * 8 },
};
const CLOSE = 1600;

/** Which single phone, or the chat, is shown when the window is narrow. */
export type Tab = Slot | 'chat';

/** Tabs for narrow windows. */
export function drawTabs(picked: (tab: Tab) => void): HTMLElement {
  const tabs: [Tab, string][] = [...(Object.entries(ROLES) as [Slot, string][]), ['chat', '聊天 · 收银']];
  const bar = draw(
    'nav',
    'tabs',
    ...tabs.map(([tab, label]) => {
      const button = drawButton(label, 'tab', () => picked(tab));
      button.dataset.tab = tab;
      return button;
    }),
  );
  return bar;
}

/** Shows one tab; wide windows show everything whatever the tab. */
export function showTab(tab: Tab): void {
  document.body.dataset.tab = tab;
  for (const button of document.querySelectorAll<HTMLElement>('.tabs .tab')) {
    button.classList.toggle('on', button.dataset.tab === tab);
  }
}

/**
 * How large the phones may be drawn so that all four and the chat fit side by side.
 *
 * @example scaleFor(2100, 1000); // → 1
 */
export function scaleFor(width: number, height: number): number {
  const room = width < NARROW ? ROOM.narrow : width < CLOSE ? ROOM.close : ROOM.wide;
  const phones = width < NARROW ? 1 : 4;
  const tall = (height - room.above) / PHONE_HEIGHT;
  const wide = (width - room.beside) / (phones * PHONE_WIDTH);
  const scale = Math.max(SMALLEST, Math.min(1, tall, wide));
  return Math.floor(scale * 1000) / 1000;
}

/** Keeps the phones' size fitting while the window changes. */
export function followWindow(): void {
  const fit = () => {
    document.body.classList.toggle('narrow', innerWidth < NARROW);
    document.documentElement.style.setProperty('--scale', String(scaleFor(innerWidth, innerHeight)));
  };
  fit();
  addEventListener('resize', fit);
}

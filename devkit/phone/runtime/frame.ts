import type { AppJson, WindowConfig } from '../compile/project';
import { pictureUrl } from './files';
import { draw, drawButton } from './ui/layer';

const TAB_BAR_HEIGHT = 50;

/** The parts of a page's surroundings that the page stack needs. */
export interface Frame {
  element: HTMLElement;
  view: HTMLElement;
  scroller: HTMLElement;
  setTitle(title: string): void;
  setColors(front: string, background: string): void;
}

/** What the bars around a page do when tapped. */
export interface FrameActions {
  back: (() => void) | null;
  switchTab(pagePath: string): void;
}

/** Colours in app.json may name a theme variable (`@navBg`); this finds its value in the current theme. */
export function themed(
  config: WindowConfig,
  theme: Record<string, Record<string, string>>,
  dark: boolean,
): WindowConfig {
  const values = theme[dark ? 'dark' : 'light'] ?? {};
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      typeof value === 'string' && value.startsWith('@')
        ? (values[value.slice(1)] ?? '')
        : (value as unknown),
    ]),
  );
}

/** Draws a page's bars around an empty page area. */
export function drawFrame(route: string, config: WindowConfig, app: AppJson, actions: FrameActions): Frame {
  const custom = config.navigationStyle === 'custom';
  const element = draw('div', custom ? 'page page-custom' : 'page');
  element.dataset.route = route;
  const title = draw('span', 'nav-title', config.navigationBarTitleText ?? '');
  const nav = draw('div', 'nav', title);
  if (actions.back) {
    const back = drawButton('', 'nav-back', actions.back);
    back.ariaLabel = '返回';
    nav.append(back);
  }
  const scroller = draw('div', 'page-scroll');
  const view = draw('div', 'page-view', scroller);
  if (config.disableScroll) scroller.style.overflow = 'hidden';
  if (config.backgroundColor) view.style.background = config.backgroundColor;
  element.append(...(custom ? [] : [nav]), view);
  const bar = tabBar(route, app, actions);
  if (bar) {
    element.append(bar);
    element.style.setProperty('--below', `calc(${TAB_BAR_HEIGHT}px + var(--safe-bottom))`);
  }
  const setColors = (front: string, background: string) => {
    nav.style.background = background;
    nav.style.color = front;
    element.dataset.front = /^(#fff|white)/i.test(front) ? 'white' : 'black';
  };
  setColors(
    config.navigationBarTextStyle === 'white' ? '#ffffff' : '#000000',
    config.navigationBarBackgroundColor ?? '#ffffff',
  );
  return { element, view, scroller, setColors, setTitle: (text) => (title.textContent = text) };
}

function tabBar(route: string, app: AppJson, actions: FrameActions): HTMLElement | null {
  const config = app.tabBar;
  if (!config || config.custom || !config.list.some((t) => t.pagePath === route)) return null;
  const bar = draw('div', 'tab-bar');
  bar.style.background = config.backgroundColor ?? '#fff';
  for (const tab of config.list) {
    const on = tab.pagePath === route;
    const button = drawButton('', on ? 'tab on' : 'tab', () => actions.switchTab(tab.pagePath));
    const icon = on ? (tab.selectedIconPath ?? tab.iconPath) : tab.iconPath;
    if (icon) {
      const picture = draw('img', '');
      picture.src = pictureUrl(icon, '');
      picture.alt = '';
      button.append(picture);
    }
    button.append(draw('span', '', tab.text));
    button.style.color = (on ? config.selectedColor : config.color) ?? (on ? '#E4572E' : '#57606A');
    bar.append(button);
  }
  return bar;
}

import { formatAddress, parseAddress } from './address';
import { drawFrame, themed } from './frame';
import { attachPull } from './pull';
import type { Registry } from './registry';
import { callPage, type CompiledApp, type OpenPage, type PageInstance } from './types';

const MAX_DEPTH = 10;
const DEFAULT_REACH_BOTTOM = 50;

export type Route = 'navigateTo' | 'redirectTo' | 'reLaunch' | 'switchTab';

/** The pages of one phone, the visible one last. */
export class PageStack {
  private readonly stack: OpenPage[] = [];
  private readonly tabs = new Map<string, OpenPage>();

  constructor(
    private readonly compiled: CompiledApp,
    private readonly registry: Registry,
    private readonly place: HTMLElement,
    private readonly darkNow: () => boolean,
  ) {}

  get pages(): readonly OpenPage[] {
    return this.stack;
  }

  /** The visible page; an Error before the first one was opened. */
  current(): OpenPage {
    const page = this.stack.at(-1);
    if (!page) throw new Error('小程序还没有打开任何页面。');
    return page;
  }

  isTab(route: string): boolean {
    return this.compiled.app.tabBar?.list.some((t) => t.pagePath === route) ?? false;
  }

  /**
   * Opens a page the way WeChat's routes do.
   *
   * @throws Error whose message is WeChat's reason, e.g. `page "pages/x/x" is not found`
   */
  open(url: string, how: Route, channel?: unknown): OpenPage {
    const { route, query } = parseAddress(url, this.stack.at(-1)?.route);
    if (!this.compiled.pages.includes(route)) throw new Error(`page "${route}" is not found`);
    if ((how === 'navigateTo' || how === 'redirectTo') && this.isTab(route)) {
      throw new Error(`can not ${how} a tabbar page`);
    }
    if (how === 'switchTab' && !this.isTab(route)) throw new Error('can not switch to no-tabBar page');
    if (how === 'navigateTo') {
      if (this.stack.length >= MAX_DEPTH) throw new Error(`webview count limit exceed (${MAX_DEPTH})`);
      if (this.stack.length > 0) this.hide(this.current());
    } else if (how === 'redirectTo') this.closeTop();
    else if (how === 'reLaunch') this.closeAll();
    else return this.switchTo(route, query);
    return this.enter(route, query, channel);
  }

  back(delta = 1): void {
    if (this.stack.length < 2) return;
    for (let i = 0; i < delta && this.stack.length > 1; i += 1) this.closeTop();
    this.show(this.current());
  }

  show(page: OpenPage): void {
    page.element.hidden = false;
    page.component.triggerPageLifetime('show', []);
    callPage(page, 'onShow');
    document.body.dataset.front = page.element.dataset.front;
    history.replaceState(null, '', `#${formatAddress(page.route, page.query)}`);
  }

  /** Draws the bars of all pages again after the theme changed. */
  retheme(): void {
    for (const page of new Set([...this.stack, ...this.tabs.values()])) {
      const config = this.configOf(page.route);
      page.setColors(
        config.navigationBarTextStyle === 'white' ? '#ffffff' : '#000000',
        config.navigationBarBackgroundColor ?? '#ffffff',
      );
    }
    const top = this.stack.at(-1);
    if (top) document.body.dataset.front = top.element.dataset.front;
  }

  private hide(page: OpenPage): void {
    page.element.hidden = true;
    page.component.triggerPageLifetime('hide', []);
    callPage(page, 'onHide');
  }

  /** Tab pages live on when another tab is shown; every other page is closed. */
  private switchTo(route: string, query: Record<string, string>): OpenPage {
    const bottom = this.stack[0];
    while (this.stack.length > 1) this.closeTop();
    if (bottom?.route === route) {
      this.show(bottom);
      return bottom;
    }
    if (bottom && this.isTab(bottom.route)) {
      this.hide(bottom);
      this.stack.pop();
    } else if (bottom) this.closeTop();
    const known = this.tabs.get(route);
    if (!known) return this.enter(route, query);
    this.stack.push(known);
    this.show(known);
    return known;
  }

  private enter(route: string, query: Record<string, string>, channel?: unknown): OpenPage {
    const page = this.build(route, query);
    page.instance['getOpenerEventChannel'] = () => channel;
    this.stack.push(page);
    if (this.isTab(route)) this.tabs.set(route, page);
    callPage(page, 'onLoad', query);
    this.show(page);
    requestAnimationFrame(() => callPage(page, 'onReady'));
    return page;
  }

  private closeAll(): void {
    while (this.stack.length > 0) this.closeTop();
    for (const page of this.tabs.values()) this.close(page);
    this.tabs.clear();
  }

  private closeTop(): void {
    const page = this.stack.pop();
    if (!page) return;
    this.tabs.delete(page.route);
    this.close(page);
  }

  private close(page: OpenPage): void {
    callPage(page, 'onUnload');
    page.release();
    page.element.remove();
  }

  private configOf(route: string) {
    const { app, units, theme } = this.compiled;
    return themed({ ...app.window, ...units[route]?.json }, theme, this.darkNow());
  }

  private build(route: string, query: Record<string, string>): OpenPage {
    const { app } = this.compiled;
    const config = this.configOf(route);
    const back = this.stack.length > 0 ? () => this.back() : null;
    const frame = drawFrame(route, config, app, {
      back,
      switchTab: (path) => this.open(`/${path}`, 'switchTab'),
    });
    this.place.append(frame.element);
    const root = this.registry.backend.createRoot('page', this.registry.space, formatAddress(route, query));
    const instance = root.get() as unknown as PageInstance;
    instance.route = route;
    instance['__route__'] = route;
    instance.options = query;
    const alive = new AbortController();
    const page: OpenPage = {
      ...frame,
      route,
      query,
      config,
      instance,
      component: root.getComponent(),
      stopPullDown: () => undefined,
      startPullDown: () => undefined,
      release: () => {
        alive.abort();
        root.release();
      },
    };
    if (config.enablePullDownRefresh) {
      const refresh = () => callPage(page, 'onPullDownRefresh');
      const pull = attachPull(frame.view, frame.scroller, alive.signal, refresh);
      page.stopPullDown = pull.stop;
      page.startPullDown = pull.start;
    }
    this.followScrolling(page);
    const placeholder = document.createElement('div');
    frame.scroller.append(placeholder);
    root.attach(frame.scroller as never, placeholder as never);
    return page;
  }

  private followScrolling(page: OpenPage): void {
    const { scroller, config } = page;
    let wasLow = false;
    scroller.addEventListener('scroll', () => {
      callPage(page, 'onPageScroll', { scrollTop: scroller.scrollTop });
      const left = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
      const low = left <= (config.onReachBottomDistance ?? DEFAULT_REACH_BOTTOM);
      if (low && !wasLow) callPage(page, 'onReachBottom');
      wasLow = low;
    });
  }
}

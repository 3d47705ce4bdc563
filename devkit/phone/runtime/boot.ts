import { glassEasel } from 'glass-easel-miniprogram-adapter';
import { forgetAllStorage } from './wx/storage';
import { createWx } from './wx';
import { setOnline } from './wx/network';
import { visibleCodes } from './wx/scan';
import { installClock, setVirtualNow } from './clock';
import { listenToGestures } from './gestures';
import { installIntersectionObserver } from './intersection';
import { announce } from './listeners';
import { drawGlass } from './menu';
import { PageStack } from './pages';
import type { Phone } from './phone';
import { loadUnits, registerComponents } from './registry';
import { isDark, onThemeChange } from './screen';
import { installSelectorQuery } from './selector';
import { readSetup } from './setup';
import type { CompiledApp } from './types';
import { installWxsGlobals } from './wxs';

/** What the desk tells all phones of this browser. */
export type DeskNews = { kind: 'clock'; now: number } | { kind: 'reset' };

/** How the desk and tests reach into a phone. */
export interface PhoneHandle {
  openid: string;
  route(): string;
  codes(): string[];
  open(path: string): void;
  setOnline(online: boolean): void;
  shared: Phone['shared'];
  clipboard(): string;
}

const PLACE_ID = 'pages';

/** Starts the mini program in this document: environment, App, components, first page. */
export function boot(compiled: CompiledApp): void {
  const setup = readSetup();
  setVirtualNow(setup.now);
  installClock();
  installWxsGlobals();
  document.documentElement.dataset.style = compiled.app.style ?? 'v1';
  const place = document.getElementById(PLACE_ID) ?? document.body;
  const registry = registerComponents(compiled);
  installSelectorQuery();
  installIntersectionObserver();
  reportTrouble();
  const phone: Phone = {
    setup,
    compiled,
    pages: new PageStack(compiled, registry, place, isDark),
    app: {},
    online: true,
    clipboard: '',
    shared: [],
  };
  Object.assign(globalThis, {
    wx: createWx(phone),
    App: (definition: Record<string, unknown>) => Object.assign(phone.app, definition),
    getApp: () => phone.app,
    getCurrentPages: () => phone.pages.pages.map((p) => p.instance),
  });
  compiled.loadApp();
  loadUnits(registry.space, compiled.units);
  listenToGestures(document.body);
  drawGlass(phone, document.body);
  followDesk(phone);
  offerHandle(phone);
  enter(phone);
  document.documentElement.dataset.ready = 'true';
}

function callApp(phone: Phone, name: string, ...args: unknown[]): void {
  const method = phone.app[name];
  if (typeof method === 'function') (method as (...a: unknown[]) => void).apply(phone.app, args);
}

/** The address after `#` names the first page; without one, the app's own first page opens. */
function enter(phone: Phone): void {
  const first = `/${phone.compiled.pages[0] ?? ''}`;
  const wanted = location.hash.startsWith('#/') ? location.hash.slice(1) : first;
  const launch = { path: wanted.slice(1).split('?')[0], query: {}, scene: phone.setup.scene };
  callApp(phone, 'onLaunch', launch);
  callApp(phone, 'onShow', launch);
  const go = (url: string) => {
    try {
      phone.pages.open(url, 'reLaunch');
    } catch (cause) {
      console.error(cause);
      callApp(phone, 'onPageNotFound', { path: url, query: {}, isEntryPage: true });
      if (phone.pages.pages.length === 0) phone.pages.open(first, 'reLaunch');
    }
  };
  go(wanted);
  window.addEventListener('hashchange', () => {
    if (location.hash.startsWith('#/')) go(location.hash.slice(1));
  });
  document.addEventListener('visibilitychange', () =>
    callApp(phone, document.hidden ? 'onHide' : 'onShow', launch),
  );
}

/** The day moves for all phones at once; each page is shown again with the new day. */
function followDesk(phone: Phone): void {
  const channel = new BroadcastChannel('huitou-phones');
  channel.addEventListener('message', (event: MessageEvent<DeskNews>) => {
    if (event.data.kind === 'reset') {
      forgetAllStorage();
      location.reload();
      return;
    }
    setVirtualNow(event.data.now);
    callApp(phone, 'onShow', { path: phone.pages.current().route, query: {}, scene: phone.setup.scene });
    phone.pages.show(phone.pages.current());
  });
  onThemeChange((theme) => {
    phone.pages.retheme();
    announce('ThemeChange', { theme });
    callApp(phone, 'onThemeChange', { theme });
  });
  window.addEventListener('resize', () =>
    announce('WindowResize', { size: { windowWidth: innerWidth, windowHeight: innerHeight } }),
  );
}

/** Errors of pages reach the console, `wx.onError` and `App.onError`; harmless remarks of glass-easel do not. */
function reportTrouble(): void {
  glassEasel.addGlobalWarningListener((message, component) => {
    const where = typeof component === 'string' ? component : (component?.is ?? '');
    const foreign = `${where} ${message}`.includes('miniprogram_npm/'); // nobody here can mend a package's template
    if (!foreign && !/is not a valid property/.test(message)) console.warn(`${message} (${where})`);
    return false;
  });
  glassEasel.addGlobalErrorListener((error, method, component) => {
    const where = typeof component === 'string' ? component : (component?.is ?? '');
    console.error(`${where} ${method ?? ''}`, error); // with its stack, which glass-easel would leave out
    announce('Error', error instanceof Error ? `${error.message}\n${error.stack}` : String(error));
    return false;
  });
  window.addEventListener('error', (event) => announce('Error', String(event.message)));
  window.addEventListener('unhandledrejection', (event) =>
    announce('UnhandledRejection', { reason: event.reason as unknown, promise: event.promise }),
  );
}

function offerHandle(phone: Phone): void {
  const handle: PhoneHandle = {
    openid: phone.setup.openid,
    route: () => phone.pages.current().route,
    codes: () => visibleCodes(phone),
    open: (path) => void phone.pages.open(path, 'reLaunch'),
    setOnline: (online) => setOnline(phone, online),
    shared: phone.shared,
    clipboard: () => phone.clipboard,
  };
  Object.assign(globalThis, { huitouPhone: handle });
}

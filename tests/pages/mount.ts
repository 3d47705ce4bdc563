/**
 * Mounts the mini program's own pages and components in jsdom under miniprogram-simulate, compiled by WeChat's official
 * compiler. The cloud is answered by the test: what a page asks and with which request key is kept in `asked`.
 *
 * TDesign's components are not resolved here; they stay plain tags and their slots still show.
 */
import path from 'node:path';
import type { Contracts, FunctionName } from '../../miniprogram/contract/index';
import type { Failure } from '../../miniprogram/contract/failures';
import type { Call } from '../../miniprogram/contract/outcome';
import { figureFaults, figuresOf } from './measure';

const ROOT = path.resolve(__dirname, '../../miniprogram');

type Instance = Record<string, ((...args: unknown[]) => unknown) | undefined>;

/** What miniprogram-simulate gives back; its own types would bring WeChat's globals into every node file. */
export interface Mounted {
  readonly dom: HTMLElement;
  readonly data: Record<string, unknown>;
  readonly instance: Instance;
  attach(parent: Node): void;
  triggerPageLifeTime(name: 'show' | 'hide'): void;
  addEventListener(name: string, handler: (event: { detail: unknown }) => void): void;
}
interface Simulate {
  load(file: string, options: Record<string, unknown>): string;
  render(id: string, properties: Record<string, unknown>): Mounted;
  sleep(ms: number): Promise<void>;
}
const simulate = jest.requireActual<Simulate>('miniprogram-simulate');

type Ask<N extends FunctionName, A extends keyof Contracts[N]> = Contracts[N][A] extends { ask: infer T }
  ? T
  : never;
type Reply<N extends FunctionName, A extends keyof Contracts[N]> = Contracts[N][A] extends { reply: infer T }
  ? T
  : never;
type Answer = (ask: unknown) => unknown;

const answers = new Map<string, Answer>();

/** Every call since `startOver`, oldest first. */
export const asked: (Call & { name: string })[] = [];

/** The calls of one action. */
export const askedFor = (action: string): Call[] => asked.filter((call) => call.action === action);

/** Lets a cloud function answer an action with a reply, computed from what was asked. */
export function replies<N extends FunctionName, A extends keyof Contracts[N] & string>(
  name: N,
  action: A,
  reply: (ask: Ask<N, A>) => Reply<N, A> | Promise<Reply<N, A>>,
): void {
  answers.set(`${name}/${action}`, async (ask) => ({ ok: true, reply: await reply(ask as Ask<N, A>) }));
}

/** Lets a cloud function refuse an action. */
export function refuses<N extends FunctionName>(
  name: N,
  action: keyof Contracts[N] & string,
  failure: Failure,
): void {
  answers.set(`${name}/${action}`, () => ({ ok: false, failure }));
}

/** Lets the network be gone for one action, as WeChat reports it. */
export function loses<N extends FunctionName>(name: N, action: keyof Contracts[N] & string): void {
  answers.set(`${name}/${action}`, () => {
    throw Object.assign(new Error('lost'), { errMsg: 'cloud.callFunction:fail request:fail timeout' });
  });
}

/** WeChat's own doors, watched: `wx.navigateTo` and the like. */
export const phone = {
  navigateTo: jest.fn(() => Promise.resolve()),
  reLaunch: jest.fn(() => Promise.resolve()),
  redirectTo: jest.fn(() => Promise.resolve()),
  navigateBack: jest.fn(() => Promise.resolve()),
  showToast: jest.fn(() => Promise.resolve()),
  showModal: jest.fn<Promise<object>, [{ content: string }]>(() =>
    Promise.resolve({ confirm: true, cancel: false }),
  ),
  showActionSheet: jest.fn<Promise<object>, [{ itemList: string[] }]>(() => Promise.resolve({ tapIndex: 0 })),
  setClipboardData: jest.fn<Promise<void>, [{ data: string }]>(() => Promise.resolve()),
  setNavigationBarTitle: jest.fn(() => Promise.resolve()),
  pageScrollTo: jest.fn(() => Promise.resolve()),
  stopPullDownRefresh: jest.fn(() => Promise.resolve()),
  requestSubscribeMessage: jest.fn<Promise<Record<string, string>>, [{ tmplIds: string[] }]>(({ tmplIds }) =>
    Promise.resolve(Object.fromEntries(tmplIds.map((id) => [id, 'accept']))),
  ),
  vibrateShort: jest.fn(() => Promise.resolve()),
  hideShareMenu: jest.fn(() => Promise.resolve()),
  scanCode: jest.fn(() => Promise.resolve({ result: '12345678' })),
  makePhoneCall: jest.fn<Promise<void>, [{ phoneNumber: string }]>(() => Promise.resolve()),
};

/** What the phone keeps, and who listens to its network. */
const stored = new Map<string, string>();
const listeners = new Set<(change: { isConnected: boolean }) => void>();
const memory = {
  getAppBaseInfo: () => ({ theme: 'light', fontSizeScaleFactor: 1 }),
  getStorageSync: (key: string): unknown => JSON.parse(stored.get(key) ?? '""'),
  setStorageSync: (key: string, value: unknown) => stored.set(key, JSON.stringify(value)),
  removeStorageSync: (key: string) => stored.delete(key),
  onNetworkStatusChange: (listener: (change: { isConnected: boolean }) => void) => listeners.add(listener),
  offNetworkStatusChange: (listener: (change: { isConnected: boolean }) => void) =>
    listeners.delete(listener),
};

/** The phone loses its network or finds it again, and tells the pages that listen. */
export async function connected(isConnected: boolean): Promise<void> {
  for (const listener of listeners) listener({ isConnected });
  await settled();
}

const cloud = {
  init: () => undefined,
  callFunction: async ({ name, data }: { name: string; data: Call }) => {
    asked.push({ name, ...data });
    const answer = answers.get(`${name}/${data.action}`);
    if (!answer) throw new Error(`the test answers nothing to ${name}/${data.action}`);
    return { result: await Promise.resolve(answer(data.ask)) };
  },
};

const world = globalThis as unknown as {
  wx: Record<string, unknown>;
  Component(definition: Record<string, unknown>): void;
  Page(definition: Record<string, unknown>): void;
};
Object.assign(world.wx, phone, memory, { cloud });

/** A page is mounted as a component whose methods are the page's functions; its plain fields live on the instance. */
world.Page = (definition) => {
  const methods: Record<string, unknown> = {};
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(definition)) {
    if (name === 'data') continue;
    (typeof value === 'function' ? methods : fields)[name] = value;
  }
  world.Component({
    data: definition['data'],
    methods,
    lifetimes: {
      created(this: Record<string, unknown>) {
        Object.assign(this, fields);
      },
    },
  });
};

/** Forgets what was asked, answered and shown. Call it before each test. */
export function startOver(): void {
  answers.clear();
  asked.length = 0;
  stored.clear();
  listeners.clear();
  for (const door of Object.values(phone)) door.mockClear();
  document.body.innerHTML = '';
}

/** Lets everything that was promised happen. */
export const settled = (ms = 0): Promise<void> => simulate.sleep(ms);

/** Mounts one of our components, e.g. `components/load-state/load-state`. */
export function mountComponent(where: string, properties: Record<string, unknown> = {}): Mounted {
  let id = '';
  // Jest keeps the module registry, so a second load would not run Component() again.
  jest.isolateModules(() => {
    id = simulate.load(path.join(ROOT, where), { rootPath: ROOT, compiler: 'official' });
  });
  const mounted = simulate.render(id, properties);
  mounted.attach(document.body.appendChild(document.createElement('main')));
  return mounted;
}

/** The pages that this test mounted, measured when it ends: whatever it filled them with counts. */
const pages: { route: string; page: Mounted }[] = [];
afterEach(() => {
  const faults = pages
    .splice(0)
    .flatMap(({ route, page }) => figureFaults(route, figuresOf(page.dom, page.data)));
  expect(faults).toEqual([]);
});

/** Mounts a page as WeChat opens it, and waits for its first call. */
export async function mountPage(route: string, query: Record<string, string> = {}): Promise<Mounted> {
  const page = mountComponent(route);
  pages.push({ route, page });
  page.instance['onLoad']?.(query);
  page.instance['onShow']?.();
  page.triggerPageLifeTime('show');
  page.instance['onReady']?.();
  await settled();
  return page;
}

/** The text a person sees, without the template's line breaks. */
export function textOf(mounted: Mounted, selector?: string): string {
  const node = selector ? found(mounted, selector) : mounted.dom;
  return (node.textContent ?? '').replace(/\s+/g, ' ').trim();
}

function found(mounted: Mounted, selector: string): Element {
  const node = mounted.dom.querySelector(selector);
  if (!node) throw new Error(`nothing on the page is ${selector}`);
  return node;
}

/** Taps the nth thing of a class, with the touches WeChat makes a tap of. */
export async function tap(mounted: Mounted, selector: string, nth = 0): Promise<void> {
  const node = mounted.dom.querySelectorAll(selector)[nth];
  if (!node) throw new Error(`nothing on the page is ${selector} (${nth})`);
  const touch = { identifier: 1, pageX: 1, pageY: 1, clientX: 1, clientY: 1 } as Touch;
  const event = (name: string, touches: Touch[]): TouchEvent =>
    new TouchEvent(name, { bubbles: true, cancelable: true, touches, changedTouches: [touch] });
  node.dispatchEvent(event('touchstart', [touch]));
  node.dispatchEvent(event('touchend', []));
  await settled(20);
}

/** Lets a component on the page speak, e.g. the follow-up sheet handing over its form. */
export async function hands(
  mounted: Mounted,
  handler: string,
  detail: unknown,
  dataset: object = {},
): Promise<void> {
  await mounted.instance[handler]?.({ detail, currentTarget: { dataset } });
  await settled();
}

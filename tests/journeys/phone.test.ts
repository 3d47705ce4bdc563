import { chromiumPath } from './chromium';
import {
  openPhone,
  setStage,
  waitForText,
  type OpenedPhone,
  type PhoneOptions,
  type Stage,
} from './phoneStage';

const found = chromiumPath() !== null;
const TESTS = 13;
const test = found ? it : it.skip;
jest.setTimeout(40_000);
let stage: Stage | null = null;
let phone: OpenedPhone;

/** Opens the phone every test begins with. */
async function open(options: PhoneOptions = {}): Promise<OpenedPhone> {
  if (!stage) throw new Error('the stage was not set');
  phone = await openPhone(stage, options);
  return phone;
}

const textOf = (selector: string) => phone.on(selector).first().innerText();

const shows = (selector: string, text: string) => waitForText(phone, selector, text);

beforeAll(async () => {
  stage = await setStage(TESTS);
}, 60_000);
afterAll(async () => stage?.close());
afterEach(async () => phone?.close());

describe('a page in the browser phone', () => {
  test('draws text, lists, slots, wxs and npm components without any complaint', async () => {
    await open();
    await shows('.loaded', '已读到 12 位');
    expect(await textOf('.phone')).toBe('****1234');
    expect(await textOf('.badge--badge')).toBe('会员第1级');
    expect(await textOf('.t-tag')).toBe('高价值');
    expect(await phone.on('.item-name').count()).toBe(12);
    expect(await phone.page.locator('.nav-title').innerText()).toBe('首页');
    expect(phone.said).toEqual([]);
  });

  test('understands rpx, a component scope, an external class and a page scope', async () => {
    await open();
    const style = (selector: string, name: string) =>
      phone
        .on(selector)
        .first()
        .evaluate((e, n) => getComputedStyle(e).getPropertyValue(n), name);
    expect(await style('.title', 'font-size')).toBe('22px');
    expect(await style('.title', 'color')).toBe('rgb(228, 87, 46)');
    const badge = phone.on('wx-badge > wx-view');
    const own = await badge.evaluate((e) => [
      getComputedStyle(e).backgroundColor,
      getComputedStyle(e).fontWeight,
      getComputedStyle(e.parentElement ?? e).display,
    ]);
    expect(own).toEqual(['rgb(255, 240, 235)', '700', 'inline-block']);
    expect(await style('#head', 'color')).toBe('rgb(31, 35, 40)'); // .head of the list page is another one
  });

  test('draws icons from local files, sharp canvases and nothing from afar', async () => {
    const asked: string[] = [];
    await open({ deviceScaleFactor: 2 });
    phone.page.on('request', (r) => asked.push(r.url()));
    await phone.page.reload();
    await shows('.chart-size', '300x100');
    const canvas = phone.on('canvas');
    const ink = await canvas.evaluate((e: HTMLCanvasElement) => [
      e.width,
      e.getBoundingClientRect().width,
      ...(e.getContext('2d')?.getImageData(299, 100, 1, 1).data ?? []),
    ]);
    expect(ink).toEqual([600, 300, 228, 87, 46, 255]);
    expect(asked.some((u) => u.endsWith('/icons/user.svg'))).toBe(true);
    expect(asked.filter((u) => !u.startsWith('http://127.0.0.1:') && !u.startsWith('data:'))).toEqual([]);
  });

  test('runs wxs handlers, change listeners and methods called from wxs', async () => {
    await open();
    await phone.on('.scripted').click();
    await shows('.scripted', 'wxs:s1');
    const seen = () =>
      phone.on('.scripted').evaluate((e) => [getComputedStyle(e).color, getComputedStyle(e).borderLeftWidth]);
    expect(await seen()).toEqual(['rgb(1, 2, 3)', '3px']);
  });

  test('passes events with dataset, detail and long presses', async () => {
    await open();
    await phone.on('.badge--level').click(); // inside another mut-bind: only one of the two answers
    await shows('.badge--level', '第2级');
    await phone.on('.item-name').nth(2).click();
    await shows('.result', '点了 m3');
    await phone.on('.far').click({ delay: 500 });
    await shows('.result', '长按');
    expect(phone.page.url()).toContain('pages/home/home');
  });

  test('swipes a cell open with the mouse', async () => {
    await open();
    const cell = phone.on('.t-swipe-cell');
    await cell.scrollIntoViewIfNeeded();
    const box = await cell.boundingBox();
    if (!box) throw new Error('the cell has no box');
    await phone.page.mouse.move(box.x + 300, box.y + 20);
    await phone.page.mouse.down();
    await phone.page.mouse.move(box.x + 250, box.y + 20, { steps: 3 });
    await phone.page.mouse.move(box.x + 180, box.y + 20, { steps: 3 });
    await phone.page.mouse.up();
    await phone.page.waitForTimeout(700);
    await phone.on('.swipe-action').click();
    await shows('.result', '已稍后');
  });

  test('opens a popup and switches tabs', async () => {
    await open();
    await phone.on('.tab-now').scrollIntoViewIfNeeded();
    await phone.on('.t-tabs__item >> text=逾期').first().click();
    await shows('.tab-now', 'late');
    await phone.on('.pop').click();
    await phone.on('.popped-text').waitFor({ state: 'visible' });
    await phone.page.mouse.click(180, 120);
    await phone.on('.popped-text').waitFor({ state: 'hidden' });
  });

  test('refreshes when pulled down and reads on at the bottom', async () => {
    await open();
    await shows('.loaded', '已读到 12 位');
    await phone.page.mouse.move(180, 150);
    await phone.page.mouse.down();
    await phone.page.mouse.move(180, 330, { steps: 6 });
    await phone.page.mouse.up();
    await shows('.result', '已刷新');
    await phone.on('.end').scrollIntoViewIfNeeded();
    await shows('.end', '到底了');
    expect(await phone.on('.item-name').count()).toBe(17);
  });
});

describe('routes', () => {
  test('opens pages of subpackages, keeps the one below and comes back to it', async () => {
    await open();
    await phone.on('.far').click();
    await shows('.head', '礼包 1');
    expect(phone.page.url()).toContain('#/extra/list/list?gift=1');
    expect(await phone.on('.bar').evaluate((e) => getComputedStyle(e).paddingTop)).toBe('44px');
    await phone.on('.back').click();
    await shows('.shows', 'onShow 2');
  });

  test('hands events back through the channel of navigateTo', async () => {
    await open();
    await phone.on('.go').click();
    await phone.on('.submit').click();
    await phone.page.locator('.page:not([hidden]) .nav-back').click();
    await shows('.result', '收到 12.34');
  });

  test('leaves a query as it was written, as WeChat does', async () => {
    await open({ address: '/pages/home/home?title=%E6%99%9A%E5%AE%89' });
    expect(await textOf('.title')).toBe('晚安');
  });

  test('names a page that does not exist and opens the first one', async () => {
    await open({ address: '/pages/nowhere/nowhere' });
    expect(await textOf('.title')).toBe('回头客');
    expect(phone.said.join()).toContain('page "pages/nowhere/nowhere" is not found');
    const failure = await phone.page.evaluate(() =>
      (globalThis as unknown as { wx: { switchTab(o: object): Promise<unknown> } }).wx
        .switchTab({ url: '/pages/home/home' })
        .catch((e: { errMsg: string }) => e.errMsg),
    );
    expect(failure).toBe('switchTab:fail can not switch to no-tabBar page');
  });

  test('tells when a node comes into view and when a scroll-view ends', async () => {
    await open({ address: '/extra/list/list?gift=1' });
    expect(await textOf('.seen')).toBe('没看到');
    await phone.on('#row9').evaluate((e) => e.scrollIntoView());
    await shows('.lower', '到底');
    await phone.on('.mark').scrollIntoViewIfNeeded();
    await shows('.seen', '看到了');
    const tall = await phone.on('.tall').evaluate((e) => e.getBoundingClientRect().height);
    expect(Math.round(tall)).toBe(Math.round(812 * 1.2)); // the page has no bars, so 100vh is the whole glass
  });
});

import { chromiumPath } from './chromium';
import { openPhone, setStage, type OpenedPhone, type PhoneOptions, type Stage } from './phoneStage';

const found = chromiumPath() !== null;
const TESTS = 24;
const test = found ? it : it.skip;
jest.setTimeout(20_000);
let stage: Stage | null = null;
let phone: OpenedPhone;

/** Opens the phone every test begins with. */
async function open(options: PhoneOptions = {}): Promise<OpenedPhone> {
  if (!stage) throw new Error('the stage was not set');
  phone = await openPhone(stage, options);
  return phone;
}

const textOf = (selector: string) => phone.on(selector).first().innerText();

/** Waits until a text of the visible page is this one; fails after five seconds with the last seen. */
async function shows(selector: string, text: string): Promise<void> {
  await phone
    .on(selector)
    .filter({ hasText: text })
    .first()
    .waitFor({ state: 'attached' })
    .catch(async () => expect(await textOf(selector)).toBe(text));
}

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
      phone.on(selector).first().evaluate((e, n) => getComputedStyle(e).getPropertyValue(n), name);
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

describe('forms', () => {
  test('collects every kind of field and binds model:value both ways', async () => {
    await open({ address: '/pages/form/form' });
    await phone.on('.name input').fill('张姐');
    await shows('.mirror', '张姐');
    await phone.on('.note textarea').fill('爱喝茶');
    await phone.on('.tel input').fill('139');
    await shows('.tel-now', '139');
    await phone.on('.consent input').click();
    await phone.on('.label-vip').click();
    await shows('.said', '标签 vip');
    await phone.on('.tone-a').click();
    await phone.on('.tone-b').click();
    await phone.on('.reason').click();
    await phone.page.locator('.picker-column button', { hasText: '搬走' }).click();
    await phone.page.locator('.picker-bar .primary').click();
    await shows('.reason-now', '搬走');
    await phone.on('.submit').click();
    await shows('.value', '张姐');
    expect(JSON.parse(await textOf('.value'))).toEqual({
      name: '张姐',
      note: '爱喝茶',
      consent: true,
      tags: ['vip'],
      tone: 'b',
      reason: 1,
      days: 7,
    });
    await phone.on('.reset').click();
    await shows('.value', '清空了');
    expect(await phone.on('.name input').inputValue()).toBe('');
  });
});

describe('wx', () => {
  test('calls a cloud function as the person holding the phone and shows failures in WeChat’s form', async () => {
    await open({ person: 'clerk-2' });
    await phone.on('.call .t-button, .call').first().click();
    await shows('.result', '云:clerk-2 你好');
    const failure = await phone.page.evaluate(() =>
      (globalThis as unknown as { wx: { cloud: { callFunction(o: object): Promise<unknown> } } }).wx.cloud
        .callFunction({ name: 'nobody' })
        .catch((e: { errCode: number; errMsg: string }) => [e.errCode, e.errMsg]),
    );
    expect(failure).toEqual([
      -501000,
      'cloud.callFunction:fail Error: errCode: -501000 | errMsg: 没有云函数 nobody',
    ]);
  });

  test('fails like WeChat when this phone’s network is cut in the menu, and recovers', async () => {
    await open();
    await phone.page.getByRole('button', { name: '更多' }).click();
    await phone.page.getByText('断开这台手机的网络').click();
    await phone.on('.call').click();
    await shows('.result', '失败 -1 cloud.callFunction:fail');
    await phone.page.getByRole('button', { name: '更多' }).click();
    await phone.page.getByText('恢复这台手机的网络').click();
    await phone.on('.call').click();
    await shows('.result', '云:clerk-1 你好');
  });

  test('copies, and shares a card whose title was promised', async () => {
    await open();
    await phone.on('.copy').click();
    await phone.page.locator('.toast', { hasText: '内容已复制' }).waitFor();
    await phone.on('.share').click();
    await phone.page.locator('.share-card').waitFor();
    const handle = await phone.page.evaluate(() => {
      const own = (globalThis as unknown as { huitouPhone: { shared: unknown[]; clipboard(): string } }).huitouPhone;
      return [own.shared, own.clipboard()];
    });
    expect(handle).toEqual([
      [{ title: '给您的回归礼包(button)', path: '/extra/list/list?gift=7', imageUrl: '/mp/images/card.svg' }],
      '张姐,店里给您留了回归礼包,周末来坐坐?',
    ]);
  });

  test('asks: modal, subscription, phone call, code to scan', async () => {
    await open({ address: '/pages/form/form' });
    await phone.on('.ask').click();
    await phone.page.getByText('发了', { exact: true }).click();
    await shows('.said', '发了');
    await phone.on('.subscribe').click();
    await phone.page.getByText('允许', { exact: true }).click();
    await shows('.said', '订阅 accept');
    await phone.on('.dial').click();
    await phone.page.getByText('取消', { exact: true }).last().click();
    await shows('.said', 'makePhoneCall:fail cancel');
    await phone.on('.scan').click();
    await phone.page.locator('.scan-field').fill('桂花');
    await phone.page.locator('.scan-field').press('Enter');
    await shows('.said', '扫到 桂花');
  });

  test('reads a chosen file as bytes and as text', async () => {
    await open({ address: '/pages/form/form' });
    const [chooser] = await Promise.all([phone.page.waitForEvent('filechooser'), phone.on('.file').click()]);
    await chooser.setFiles({ name: '会员.csv', mimeType: 'text/csv', buffer: Buffer.from('张,1\n张,2\n李,3\n') });
    await shows('.said', '会员.csv 18 {"张":2,"李":1}');
  });

  test('names an interface it does not have and a setData that is too heavy', async () => {
    await open({ address: '/pages/form/form' });
    await phone.on('.missing').click();
    await shows('.said', 'undefined');
    await phone.on('.heavy').click();
    expect(phone.said.join('\n')).toContain('没有实现 wx.startBluetoothDevicesDiscovery');
    expect(phone.said.join('\n')).toMatch(/setData 一次传了 300 KB\(pages\/form\/form\)/);
  });

  test('keeps the storage of two people apart in one browser', async () => {
    await open({ person: 'clerk-1' });
    const answer = await phone.page.evaluate(() => {
      const { wx } = globalThis as unknown as { wx: Record<string, (...a: unknown[]) => unknown> };
      wx['setStorageSync']?.('mine', { a: 1 });
      return wx['getStorageSync']?.('mine');
    });
    expect(answer).toEqual({ a: 1 });
    const other = stage?.url('/phone/?slot=clerk&as=clerk-2') ?? '';
    await phone.page.goto(other);
    await phone.page.waitForSelector('html[data-ready]');
    const read = () =>
      phone.page.evaluate(() =>
        (globalThis as unknown as { wx: { getStorageSync(k: string): unknown } }).wx.getStorageSync('mine'),
      );
    expect(await read()).toBe('');
  });
});

describe('the glass', () => {
  test('tells the demo’s time and only that', async () => {
    await open();
    expect(await textOf('.day')).toBe('2025-03-01');
    const dates = await phone.page.evaluate(() => [
      new Date().getFullYear(),
      new Date(0).getTime(),
      new Date(2020, 1, 2).getMonth(),
      new Date() instanceof Date,
      typeof Date(),
    ]);
    expect(dates).toEqual([2025, 0, 1, true, 'string']);
  });

  test('follows dark mode in styles, bars and wx.onThemeChange', async () => {
    await open({ colorScheme: 'dark' });
    const background = () => phone.on('wx-page').evaluate((e) => getComputedStyle(e).backgroundColor);
    const nav = () => phone.on('.nav').evaluate((e) => getComputedStyle(e).backgroundColor);
    expect([await background(), await nav()]).toEqual(['rgb(0, 0, 0)', 'rgb(17, 17, 17)']);
    await phone.page.evaluate(() => {
      const { wx } = globalThis as unknown as { wx: { onThemeChange(f: (r: { theme: string }) => void): void } };
      wx.onThemeChange(({ theme }) => document.body.setAttribute('data-heard', theme));
    });
    await phone.page.emulateMedia({ colorScheme: 'light' });
    await phone.page.waitForSelector('body[data-heard=light]');
    expect([await background(), await nav()]).toEqual(['rgb(246, 245, 242)', 'rgb(255, 255, 255)']);
  });

  test('works with real touches and grows to a computer’s window', async () => {
    await open({ hasTouch: true });
    await phone.on('.badge--badge').tap();
    await shows('.badge--level', '第2级');
    await phone.close();
    await open({ width: 1024 });
    const size = await phone.on('.title').evaluate((e) => getComputedStyle(e).fontSize);
    const width = await phone.on('wx-page').evaluate((e) => e.clientWidth);
    expect([size, width]).toEqual(['22px', 1024]);
  });
});

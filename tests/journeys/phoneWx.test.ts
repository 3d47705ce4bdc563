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
      const own = (globalThis as unknown as { huitouPhone: { shared: unknown[]; clipboard(): string } })
        .huitouPhone;
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
    await chooser.setFiles({
      name: '会员.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('张,1\n张,2\n李,3\n'),
    });
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
      const { wx } = globalThis as unknown as {
        wx: { onThemeChange(f: (r: { theme: string }) => void): void };
      };
      wx.onThemeChange(({ theme }) => document.body.setAttribute('data-heard', theme));
    });
    await phone.page.emulateMedia({ colorScheme: 'light' });
    await phone.page.waitForSelector('body[data-heard=light]');
    expect([await background(), await nav()]).toEqual(['rgb(246, 245, 242)', 'rgb(255, 255, 255)']);
  });

  test('gives buttons the width WeChat’s newer style gives them only when app.json asks for it', async () => {
    await open({ address: '/pages/form/form' });
    const width = () => phone.on('.submit').evaluate((e) => Math.round(e.getBoundingClientRect().width));
    expect(await width()).toBe(375);
    await phone.page.evaluate(() => (document.documentElement.dataset.style = 'v2'));
    expect(await width()).toBe(184);
  });

  test('shares from the menu of the capsule and goes home from it', async () => {
    await open();
    await phone.page.getByRole('button', { name: '更多' }).click();
    await phone.page.getByText('转发给朋友').click();
    await phone.page.locator('.share-card', { hasText: '给您的回归礼包(menu无)' }).waitFor();
    await phone.page.locator('.layer .modal-confirm').click();
    await phone.on('.far').click();
    await phone.page.getByRole('button', { name: '回到首页' }).click();
    await shows('.shows', 'onShow 1');
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

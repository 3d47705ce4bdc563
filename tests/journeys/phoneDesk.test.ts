import type { BrowserContext, FrameLocator, Page } from 'playwright-core';
import { chromiumPath } from './chromium';
import { setStage, type Stage } from './phoneStage';

jest.setTimeout(60_000);
const found = chromiumPath() !== null;
const TESTS = 8;
const test = found ? it : it.skip;
let stage: Stage | null = null;
let context: BrowserContext;
let desk: Page;

beforeAll(async () => {
  stage = await setStage(TESTS);
}, 60_000);
afterAll(async () => stage?.close());
afterEach(async () => context?.close());

/** The desk with all four phones ready. */
async function open(width = 2040, height = 1000): Promise<void> {
  if (!stage) throw new Error('the stage was not set');
  context = await stage.browser.newContext({ viewport: { width, height }, timezoneId: 'America/New_York' });
  desk = await context.newPage();
  desk.setDefaultTimeout(12_000);
  await desk.goto(stage.url('/'));
  const phones = width >= 1200 ? ['hq', 'manager', 'clerk', 'member'] : ['clerk'];
  for (const slot of phones) await phone(slot).locator('html[data-ready]').waitFor();
}

const phone = (slot: string): FrameLocator => desk.frameLocator(`[data-slot=${slot}] iframe`);
const visible = (slot: string, selector: string) => phone(slot).locator(`.page:not([hidden]) ${selector}`);
const holder = (slot: string) => desk.locator(`[data-slot=${slot}] .holder-name`).innerText();

describe('the desk', () => {
  test('seats one person of each kind and switches to another one by searching', async () => {
    await open();
    expect(await Promise.all(['hq', 'manager', 'clerk', 'member'].map(holder))).toEqual([
      '沈总',
      '周店长',
      '小林',
      '张女士',
    ]);
    await desk.locator('[data-slot=clerk] .holder').click();
    await desk.locator('.switcher-field').fill('小赵');
    await desk.locator('.switcher .person:only-child').click();
    await visible('clerk', '.call').click();
    await visible('clerk', '.result').filter({ hasText: 'clerk-2 你好' }).waitFor();
    await visible('clerk', '.go').click();
    await desk.getByRole('button', { name: '在导购的手机上重新打开小程序' }).click();
    await visible('clerk', '.shows').filter({ hasText: 'onShow 1' }).waitFor(); // the first page again, by the same person
    expect(await holder('clerk')).toBe('小赵');
  });

  test('takes a copied script as a draft and sends it into the chat', async () => {
    await open();
    expect(await desk.locator('.chat-send').isDisabled()).toBe(true);
    await visible('clerk', '.copy').click();
    await desk.locator('.chat-draft.fresh').waitFor();
    expect(await desk.locator('.bubble').count()).toBe(0);
    await desk.locator('.chat-send').click();
    expect(await desk.locator('.mine .bubble').innerText()).toBe('张姐,店里给您留了回归礼包,周末来坐坐?');
    expect(await desk.locator('.chat-draft').inputValue()).toBe('');
  });

  test('opens a shared card as the member it was meant for, or as her friend', async () => {
    await open();
    await visible('clerk', '.share').click();
    await phone('clerk').locator('.layer .modal-confirm').click();
    const picture = desk.locator('.card .card-picture');
    await picture.waitFor();
    expect(await picture.evaluate((e: HTMLImageElement) => e.src)).toContain('/mp/images/card.svg');
    expect(await desk.locator('.card-title').innerText()).toBe('给您的回归礼包(button)');
    await desk.locator('.card').click();
    await visible('member', '.head').filter({ hasText: '礼包 7' }).waitFor();
    expect(await holder('member')).toBe('李先生');
    const scene = await phone('member')
      .locator('html')
      .evaluate(
        () =>
          (globalThis as unknown as { getApp(): { globalData: { scene: number } } }).getApp().globalData
            .scene,
      );
    expect(scene).toBe(1007);
    await desk.locator('.card-friend').click();
    await desk.locator('[data-slot=member] .holder-name', { hasText: '王小姐' }).waitFor();
  });

  test('lets the clerk scan the code on the member’s phone', async () => {
    await open();
    await visible('member', '.far').click();
    await visible('member', '.code').waitFor();
    await visible('clerk', '.go').click();
    await visible('clerk', '.scan').click();
    await phone('clerk').locator('.scan-code').click();
    await visible('clerk', '.said').filter({ hasText: '扫到 CODE-1' }).waitFor();
  });

  test('moves the day for every phone at once and shows each page again', async () => {
    await open();
    await desk.locator('.day', { hasText: '3月1日' }).waitFor();
    await desk.getByRole('button', { name: '+7 天' }).click();
    for (const slot of ['hq', 'member']) {
      await visible(slot, '.day').filter({ hasText: '2025-03-08' }).waitFor();
      expect(await visible(slot, '.shows').innerText()).toBe('onShow 2');
    }
    expect(await desk.locator('.news').innerText()).toBe('定时任务跑过：nightly、pulse');
    expect(await desk.locator('.day').innerText()).toContain('3月8日');
    expect(await phone('hq').locator('.status-clock').innerText()).toMatch(/^1[01]:\d\d$/);
    desk.once('dialog', (dialog) => void dialog.accept());
    await desk.getByRole('button', { name: '重置' }).click();
    await visible('member', '.day').filter({ hasText: '2025-03-01' }).waitFor();
    expect(stage?.host.resets).toBe(1);
  });

  test('plays days once however often it is asked, shows how far it is, and says why it stopped', async () => {
    await open();
    await desk.getByLabel('模拟几天').selectOption('3');
    await desk.getByRole('button', { name: '模拟' }).dblclick();
    await desk.locator('.news', { hasText: '正在模拟：1/3 天 · 联系 8' }).waitFor();
    expect(await desk.locator('.play-bar').evaluate((bar: HTMLProgressElement) => bar.value)).toBe(1);
    expect(await desk.getByRole('button', { name: '重置' }).isDisabled()).toBe(true);
    // Whoever opens the desk meanwhile sees the same play.
    await desk.reload();
    await desk.locator('.news', { hasText: '模拟了 3 天 · 联系 24' }).waitFor();
    expect(stage?.host.plays).toEqual([3]);
    if (stage) stage.host.stopsOn = 1;
    await desk.getByRole('button', { name: '模拟' }).click();
    await desk.locator('.news.bad', { hasText: '模拟停在第 1 天：磁盘满了。' }).waitFor();
    expect(await desk.getByRole('button', { name: '重置' }).isEnabled()).toBe(true);
    if (stage) await stage.host.reset();
  });

  test('rings up the member at the clerk’s branch', async () => {
    await open();
    await desk.locator('.till-amount').fill('-3');
    await desk.locator('.till-pay').click();
    expect(await desk.locator('.till-result').innerText()).toBe('请输入大于 0 的金额。');
    await desk.locator('.till-amount').fill('128.5');
    await desk.locator('.till-pay').click();
    await desk.locator('.till-result', { hasText: '已结账 128.5 元' }).waitFor();
    expect(stage?.host.sold).toEqual([{ memberId: 'm1', branchId: 'b1', yuan: 128.5 }]);
  });

  test('shows one phone with tabs in a narrow window, and all of it fits', async () => {
    await open(800, 900);
    expect(await desk.locator('.seat:visible').count()).toBe(1);
    await desk.locator('.tabs [data-tab=member]').click();
    expect(await desk.locator('.seat:visible').getAttribute('data-slot')).toBe('member');
    await desk.locator('.tabs [data-tab=chat]').click();
    expect(await desk.locator('.till').isVisible()).toBe(true);
    for (const [width, height] of [
      [800, 900],
      [390, 844],
      [1366, 768],
      [2040, 1000],
    ] as const) {
      await desk.setViewportSize({ width, height });
      const wide = await desk.locator('.row').evaluate((e) => e.scrollWidth - e.clientWidth);
      expect({ width, wide }).toEqual({ width, wide: 0 });
    }
  });
});

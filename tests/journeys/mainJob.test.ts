import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { chromiumPath, launchChromium } from './chromium';
import { runHuitou } from './huitou';

/**
 * The main job, end to end, on the desk: real pages in a real browser, real functions on the real SDK, the local cloud.
 * The steps build on each other, as a shop's day does.
 */
const journey = chromiumPath() ? describe : describe.skip;
/** A small chain: the journey is about people, and the numbers of a large one are the benchmarks'. */
const MEMBERS = Number(process.env['JOURNEY_MEMBERS'] ?? 400);
const PICTURES = path.resolve(__dirname, '../../artifacts/journey');

/** Orders of thirty members nobody knows yet, each bought twice and then stayed away for seven months. */
function ordersCsv(): string {
  const rows = Array.from({ length: 30 }, (_, i) => {
    const member = `JX${String(i + 1).padStart(3, '0')}`;
    return [
      `R${i}A,${member},B01,2025/6/${(i % 28) + 1} 15:04,¥${120 + i}.50,c01`,
      `R${i}B,${member},B01,2025-08-05 11:20,${99 + i},c01`,
    ];
  }).flat();
  const broken = ['R99,JX099,B01,去年夏天,88,c01', 'R98,JX098,B01,2025-08-05,八十八,c01'];
  return ['订单编号,会员号,门店编号,订单付款时间,买家实际支付金额,导购', ...rows, ...broken].join('\r\n');
}

function membersCsv(): string {
  return [
    '会员号,姓名,手机号,门店编号',
    ...Array.from(
      { length: 30 },
      (_, i) => `JX${String(i + 1).padStart(3, '0')},季小${i + 1},139001${String(10000 + i)},B01`,
    ),
  ].join('\n');
}

/** Asks again until the answer is the one hoped for; the last answer is in the error otherwise. */
async function eventually<T>(
  ask: () => Promise<T>,
  hoped: (answer: T) => boolean,
  withinMs = 15_000,
): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (hoped(answer)) return answer;
    if (Date.now() > until) throw new Error(`still ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

journey('the main job', () => {
  let browser: Browser;
  let desk: Page;
  let huitou: Awaited<ReturnType<typeof runHuitou>>;
  const errors: string[] = [];

  /** What is visible on one of the four phones. */
  const phone = (slot: string): FrameLocator => desk.frameLocator(`.seat[data-slot="${slot}"] iframe`);
  const on = (slot: string, selector = ''): Locator =>
    phone(slot).locator(`.page:not([hidden]) ${selector}`.trim());
  const tap = async (slot: string, text: string | RegExp) => {
    await on(slot, ':is(wx-button, wx-view, wx-text)').filter({ hasText: text }).last().click();
  };
  const picture = async (name: string) => {
    await desk.waitForTimeout(350);
    await desk.screenshot({ path: path.join(PICTURES, `${name}.png`) });
  };
  const number = (text: string | null): number => Number((text ?? '').replace(/[^\d]/g, ''));
  const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

  async function importFile(kind: '订单' | '会员', name: string, text: string): Promise<void> {
    const chooser = desk.waitForEvent('filechooser');
    await on('hq', `.kind[aria-label^="导入${kind}"]`).click();
    await (await chooser).setFiles(file(name, text));
    await tap('hq', '开始核对');
  }

  /** The steps build on each other: after one has failed the rest would only wait for what cannot come. */
  let stopped = false;
  const step = (name: string, act: () => Promise<void>, ms = 60_000) =>
    it(
      name,
      async () => {
        if (stopped) throw new Error('an earlier step failed');
        stopped = true;
        await act().catch(async (error: unknown) => {
          await picture('failed');
          throw error;
        });
        stopped = false;
      },
      ms,
    );
  /** Opens the mini program anew on a page, as after leaving and coming back. */
  const reopen = async (slot: string, route: string) => {
    const frame = desk.frames().find((f) => f.url().includes(`slot=${slot}&`))!;
    await frame.evaluate((to) => {
      location.hash = `#/${to}`;
      location.reload();
    }, route);
  };

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    huitou = await runHuitou({ members: MEMBERS });
    browser = (await launchChromium())!;
    desk = await browser.newPage({
      viewport: { width: 2100, height: 1010 },
      locale: 'zh-CN',
      timezoneId: 'America/Los_Angeles',
    });
    desk.setDefaultTimeout(20_000);
    desk.on('pageerror', (error) => errors.push(error.message));
    await desk.goto(huitou.url);
    await on('hq', '.matrix').waitFor();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await huitou?.stop();
  }, 30_000);

  let membersBefore = 0;

  step('shows headquarters every member by lifecycle and value', async () => {
    const total = await on('hq', '.matrix__row--totals .matrix__head').last().textContent();
    membersBefore = number(total);
    expect(membersBefore).toBeGreaterThan(MEMBERS * 0.9);
    await picture('1-four-phones');
  });

  step(
    'imports a file of orders: verdict first, then the rows, the bad ones named',
    async () => {
      await tap('hq', '导入');
      await importFile('订单', 'orders.csv', ordersCsv());
      const refused = on('hq', '.refused');
      await refused.first().waitFor();
      expect(await refused.count()).toBe(2);
      expect(await on('hq', '.stat-tile, stat-tile, .tiles').first().textContent()).toContain('60');
      await picture('2-verdict');
      await tap('hq', '确认导入');
      await on('hq', 'wx-button').filter({ hasText: '看总览' }).waitFor({ timeout: 40_000 });
      await tap('hq', '再导入一个');
      await importFile('会员', 'members.csv', membersCsv());
      await tap('hq', '确认导入');
      await on('hq', 'wx-button').filter({ hasText: '看总览' }).waitFor({ timeout: 40_000 });
      await tap('hq', '看总览');
      await on('hq', '.matrix').waitFor();
      const total = await on('hq', '.matrix__row--totals .matrix__head').last().textContent();
      expect(number(total)).toBe(membersBefore + 30);
    },
    120_000,
  );

  step('explains the tier of one of them in a sentence', async () => {
    await on('hq', '.matrix__cell[aria-label*="沉睡"]').first().waitFor();
    await on('hq', '.matrix__row').filter({ hasText: /^沉睡/ }).locator('.matrix__cell--total').click();
    const search = on('hq', 'input').first();
    await search.fill('季小7');
    const row = on('hq', 'wx-view').filter({ hasText: '季小7' }).last();
    await row.click();
    const sentence = on('hq')
      .getByText(/沉睡：.*2025年8月5日/)
      .first();
    await sentence.waitFor();
    await picture('3-explained');
  });

  step(
    'launches one recall campaign after a preview with holdout and printed reasons',
    async () => {
      await reopen('hq', 'hq/overview/overview');
      await on('hq', '.matrix').waitFor();
      await tap('hq', '发起召回');
      await on('hq', '.count')
        .filter({ hasText: /\d+ 位会员/ })
        .waitFor();
      await picture('4-audience');
      for (const to of ['优惠', '话术', '节奏']) {
        await tap('hq', '下一步');
        await on('hq', '.steps__one--now').filter({ hasText: to }).waitFor();
      }
      await picture('4-rhythm');
      await tap('hq', '看预览');
      await on('hq', 'wx-button').filter({ hasText: '保存并提交' }).waitFor({ timeout: 40_000 });
      expect(await on('hq').textContent()).toContain('对照组');
      await picture('4-preview');
      await tap('hq', '保存并提交');
      await on('hq', '.mark').filter({ hasText: '待审批' }).waitFor();
      await tap('hq', /^通过$/);
      await on('hq', '.mark').filter({ hasText: '已通过' }).waitFor();
      await picture('4-approved');
      await tap('hq', /^下发$/);
      await phone('hq')
        .locator('button')
        .filter({ hasText: /^下发$/ })
        .click({ timeout: 40_000 });
      await on('hq', '.mark').filter({ hasText: '进行中' }).waitFor({ timeout: 50_000 });
      await picture('4-live');
    },
    120_000,
  );

  let customer = '';

  step("puts the customers on the clerk's list with why now", async () => {
    await reopen('clerk', 'clerk/list/list');
    // Care tasks of the first night stand on the list too; the journey goes on with a recall, which has a gift.
    const card = on('clerk', '.task').filter({ hasText: '折' }).first();
    await card.waitFor();
    customer = (await card.locator('.task__name').textContent())!.trim();
    expect((await card.locator('.task__why').textContent())!.length).toBeGreaterThan(5);
    await picture('5-list');
    await card.click();
    await on('clerk', '.script').first().waitFor();
    expect(await on('clerk', '.script').count()).toBeGreaterThanOrEqual(2);
    expect(await on('clerk', '.script .filled').count()).toBeGreaterThan(0);
  });

  step('lets the clerk copy the words, say that she sent them, and note what came of it', async () => {
    await tap('clerk', '复制话术');
    const draft = desk.locator('.chat-draft');
    await eventually(
      () => draft.inputValue(),
      (text) => text !== '',
    );
    await desk.locator('.chat-send').click();
    await tap('clerk', /^已发送$/);
    // The sheet slides in; a thumb waits for it, and so does this one.
    const willCome = on('clerk', '.chip').filter({ hasText: '答应来店' });
    await eventually(
      async () => {
        await willCome.click();
        return willCome.getAttribute('class');
      },
      (look) => look?.includes('chip--on') === true,
    );
    await picture('6-follow-up');
    await tap('clerk', /^记下来$/);
    await on('clerk', '.event').filter({ hasText: '微信消息' }).first().waitFor();
  });

  step('sends the gift card into the chat', async () => {
    await tap('clerk', '发送礼包卡');
    await tap('clerk', '选择聊天');
    await desk.locator('.chat .card').first().waitFor();
    expect(await desk.locator('.chat .card-title').first().textContent()).not.toBe('');
  });

  step('shows a friend who opens the same card a polite page and no coupon', async () => {
    await desk.locator('.chat .card-friend').first().click();
    await on('member', '.gift .greeting').waitFor();
    expect(await on('member', '.claim').count()).toBe(0);
    expect(await on('member', '.ticket').count()).toBe(0);
    expect(await on('member').textContent()).not.toContain(customer);
    await picture('7-friend');
  });

  let code = '';
  let word = '';

  step('gives the member her coupon once, however often she taps', async () => {
    await desk.locator('.chat .card').first().click();
    const claim = on('member', '.claim');
    await claim.waitFor();
    await picture('8-gift');
    await claim.dblclick();
    await on('member', '.ticket--flipped').waitFor();
    code = number(await on('member', '.ticket-code').textContent())
      .toString()
      .padStart(8, '0');
    word = (await on('member', '.ticket-word').textContent())!.replace('暗号', '').trim();
    expect(code).toMatch(/^\d{8}$/);
    expect(word).toMatch(/^[\u4e00-\u9fff]{4}\d{2}$/);
    expect(await on('member').textContent()).toMatch(/距离到期/);
    await picture('9-claimed');
    await desk.locator('.chat .card').first().click();
    await on('member', '.ticket--flipped').waitFor();
    expect(number(await on('member', '.ticket-code').textContent())).toBe(Number(code));
  });

  step('redeems it in store by the secret word, once', async () => {
    await reopen('clerk', 'clerk/list/list');
    await tap('clerk', /^核销$/);
    const fields = on('clerk', 'input');
    await fields.nth(0).fill(word);
    await fields.nth(1).fill('268');
    await tap('clerk', '查这张券');
    await on('clerk', '.sum__pay').waitFor();
    await picture('10-till');
    await tap('clerk', /^确认核销/);
    await on('clerk', '.done').waitFor();
    await tap('clerk', '再核销一张');
    await on('clerk', 'input').nth(0).fill(code);
    await tap('clerk', '查这张券');
    await on('clerk', '.refusal').waitFor();
    expect(await on('clerk', '.refusal').textContent()).toContain('已经用过');
  });

  step('turns the task to woken when the order arrives from the till', async () => {
    await desk.locator('.till-pay').click();
    await eventually(
      () => desk.locator('.till-result').textContent(),
      (text) => text?.includes('已回传') === true,
    );
    await reopen('clerk', 'clerk/list/list');
    await on('clerk', '.shelf').filter({ hasText: '已完成' }).click();
    await on('clerk', '.task').filter({ hasText: customer }).first().waitFor();
    expect(await on('clerk', '.task').filter({ hasText: customer }).first().textContent()).toContain(
      '已唤醒',
    );
  });

  step("moves the branch up on the manager's board, with numerator and denominator", async () => {
    await reopen('manager', 'manager/board/board');
    await on('manager', '.place--own').waitFor();
    const own = (await on('manager', '.place--own').textContent())!;
    expect(own).toMatch(/唤醒\s*1\s*\/\s*\d+/);
    const line = (await on('manager', '.place').filter({ hasText: '下发' }).first().textContent())!;
    for (const step of ['联系 1', '领取 1', '核销 1', '唤醒 1'])
      expect(line.replace(/\s+/g, ' ')).toContain(step);
    await picture('11-board');
  });

  step("moves the demo's day forward, and the night's timer runs on the way", async () => {
    await desk.locator('.day-button').filter({ hasText: '+1 天' }).click();
    const news = await eventually(
      () => desk.locator('.news').textContent(),
      (text) => text?.includes('定时任务') === true,
      30_000,
    );
    expect(news).toContain('nightly');
    await eventually(
      () => on('clerk', '.head').first().textContent(),
      (text) => text?.includes('3月19日') === true,
    );
  });

  step('had no script error on any phone', async () => {
    expect(errors).toEqual([]);
  });
});

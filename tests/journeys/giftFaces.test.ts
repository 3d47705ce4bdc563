import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openChainDatabase } from '../../devkit/start/chainDatabase';
import type { BranchDoc, MemberDoc, StaffDoc } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import { addDays, dayOf } from '../../miniprogram/domain/kernel/day';
import type { MemberOffer } from '../../miniprogram/domain/offers/types';
import { aCampaign, aPlan, aTask } from '../functions/people';
import { chromiumPath, launchChromium } from './chromium';
import { runHuitou } from './huitou';

/**
 * Every face of the gift page that the demo reaches quickly, and a member's own pages, in a real browser on real functions.
 * The pictures stay in artifacts/faces.
 */
const journey = chromiumPath() ? describe : describe.skip;
const PICTURES = path.resolve(__dirname, '../../artifacts/faces');
const PACK: Partial<MemberOffer> = {
  more: [
    {
      title: '无门槛券',
      rule: { kind: 'amountOff', offFen: 2_000, minFen: 0 },
      validity: { kind: 'businessDays', days: 7 },
    },
  ],
  points: { points: 200, validDays: 90, on: 'claim' },
  levelKeep: { level: 'gold', months: 3 },
  surveyPoints: 50,
};
const HERS = 'faces-hers';

journey('the faces of a gift', () => {
  let browser: Browser;
  let huitou: Awaited<ReturnType<typeof runHuitou>>;
  let member: MemberDoc;
  let clerk: StaffDoc;
  const errors: string[] = [];
  const linkOf = (id: string): string => `linkfaces${id}`;

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    [huitou, browser] = await Promise.all([runHuitou(), launchChromium().then((one) => one!)]);
    const { cloud } = huitou;
    const db = openChainDatabase(cloud.sdkEnvironment(), cloud.env);
    const today = dayOf(cloud.clock.now());
    const one = async <T>(collection: string, where: object): Promise<T> =>
      (await db.page<T>(collection, where, 1))[0]!;
    clerk = await one<StaffDoc>('staff', { role: 'clerk' });
    const branch = await one<BranchDoc>('branches', { _id: clerk.branchId });
    const known = await one<MemberDoc>('members', { quiet: 'dormant', optOut: null });
    const memberOf = (id: string, over: Partial<MemberDoc> = {}): MemberDoc => ({
      ...known,
      _id: `faces-${id}`,
      name: '王芳',
      openid: `faces-${id}`,
      homeBranchId: branch._id,
      ...over,
    });
    member = memberOf('hers');
    const until = addDays(today, 14);
    const live = aCampaign('faces', { plan: aPlan({ startsOn: today, endsOn: until }) });
    const later = aCampaign('faceslater', { plan: aPlan({ startsOn: addDays(today, 2), endsOn: until }) });
    const closed = aCampaign('facesclosed', {
      status: 'closed',
      plan: aPlan({ startsOn: today, endsOn: until }),
    });
    const all: [string, MemberDoc, string][] = [
      ['hers', member, 'faces'],
      ['optedOut', memberOf('optedOut', { optOut: { at: 1, source: 'member' } }), 'faces'],
      ['later', memberOf('later'), 'faceslater'],
      ['closed', memberOf('closed'), 'facesclosed'],
      ['first', memberOf('first'), 'facesone'],
      ['late', memberOf('late'), 'facesone'],
      ['expired', memberOf('expired'), 'faces'],
      ['over', memberOf('over'), 'faces'],
      ['lost', memberOf('lost'), 'faces'],
    ];
    const ofOne = { ...live, _id: 'facesone' };
    await db.add('campaigns', [live, later, closed, ofOne]);
    await db.add(
      'members',
      all.map(([, who]) => who),
    );
    await db.add(
      'tasks',
      all.map(([id, who, campaignId]) => {
        const task = aTask(campaignId, who, {
          branchId: branch._id,
          clerkId: clerk._id,
          claimBy: id === 'over' ? addDays(today, -1) : until,
          link: linkOf(id),
          dueOn: today,
        });
        const stock = campaignId === 'facesone' ? { stock: 1 } : {};
        return { ...task, offer: task.offer && { ...task.offer, ...PACK, ...stock } };
      }),
    );
    // The only piece goes to somebody else, and a coupon ran out an hour ago.
    for (const id of ['first', 'expired']) {
      const ask = { link: linkOf(id) };
      const event = { action: 'gift.claim', ask, requestKey: `faces-${id}` };
      await cloud.invoke('gifts', event, { openid: `faces-${id}`, source: 'wx_client' });
    }
    const anHourAgo = cloud.clock.now() - 3_600_000;
    const ended = await table('coupons').changeAll(
      { memberId: 'faces-expired' },
      { expiresAt: anHourAgo, claimedAt: anHourAgo - 48 * 3_600_000 },
    );
    expect(ended).toBe(2);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await huitou?.stop();
  }, 30_000);

  /** A phone of its own, in the hand of somebody. */
  async function open(
    slot: 'member' | 'clerk',
    who: string,
    route: string,
    look: object = {},
  ): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 375, height: 812 },
      deviceScaleFactor: 2,
      timezoneId: 'America/Los_Angeles',
      reducedMotion: 'reduce',
      ...look,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => errors.push(error.message));
    const { font = 1 } = look as { font?: number };
    const query = `slot=${slot}&as=${encodeURIComponent(who)}&font=${font}`;
    await page.goto(`${huitou.url}phone/?${query}#/${route}`);
    await page.waitForSelector('html[data-ready]');
    return page;
  }
  const on = (page: Page, selector: string) => page.locator(`.page:not([hidden]) ${selector}`);
  const picture = async (page: Page, name: string) => {
    await page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
    await page.context().close();
  };

  /** How phones differ: width, theme, and the size of text that she chose in WeChat. */
  const LOOKS = [
    { name: '320', viewport: { width: 320, height: 700 } },
    { name: '320-dark-large', viewport: { width: 320, height: 700 }, colorScheme: 'dark', font: 1.4 },
    { name: '375-dark', viewport: { width: 375, height: 812 }, colorScheme: 'dark' },
    { name: '430-large', viewport: { width: 430, height: 932 }, font: 1.4 },
  ];
  /** One page in every look, with a picture of each; nothing reaches out of the screen. */
  async function inEveryLook(name: string, who: string, route: string, words: string): Promise<void> {
    for (const look of LOOKS) {
      const page = await open('member', who, route, look);
      await on(page, '.screen').filter({ hasText: words }).waitFor();
      const tooWide = await on(page, '.screen').evaluate((screen) =>
        [...screen.querySelectorAll('*')]
          .filter((one) => !one.closest('.burst, canvas, .ticket') && one.getClientRects().length > 0)
          .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
          .map((one) => `${one.className}: ${one.textContent?.slice(0, 20)}`),
      );
      expect([look.name, tooWide]).toEqual([look.name, []]);
      await picture(page, `${name}-${look.name}`);
    }
  }

  it.each([
    ['someoneElses', 'nobody-we-know', 'hers', '这份礼包有主人了'],
    ['staffPreview', 'clerk', 'hers', '员工不能领取'],
    ['optedOut', 'faces-optedOut', 'optedOut', '已为您停止接收'],
    ['notBegun', 'faces-later', 'later', '再等一等'],
    ['closed', 'faces-closed', 'closed', '这次活动提前结束了'],
    ['linkExpired', 'faces-over', 'over', '领取时间已过'],
    ['outOfStock', 'faces-late', 'late', '这份礼包领完了'],
    ['couponExpired', 'faces-expired', 'expired', '这张券过期了'],
    ['claimable', HERS, 'hers', '好久不见'],
  ])(
    '%s: is kind, and fits every phone',
    async (face, who, link, words) => {
      const route = `member/gift/gift?l=${linkOf(link)}`;
      await inEveryLook(face, who === 'clerk' ? clerk.openid : who, route, words);
    },
    60_000,
  );

  /** Cuts or restores the network of one phone. */
  const setOnline = (page: Page, online: boolean) =>
    page.evaluate(
      (is) =>
        (globalThis as unknown as { huitouPhone: { setOnline(is: boolean): void } }).huitouPhone.setOnline(
          is,
        ),
      online,
    );

  it('says that the network is lost, opens when it is back, and goes on with a claim by itself', async () => {
    const page = await open('member', 'faces-lost', 'pages/privacy/privacy');
    await setOnline(page, false);
    await page.evaluate((link) => {
      const { huitouPhone } = globalThis as unknown as { huitouPhone: { open(url: string): void } };
      huitouPhone.open(`/member/gift/gift?l=${link}`);
    }, linkOf('lost'));
    await on(page, '.gift').filter({ hasText: '礼包还在' }).waitFor();
    await page.screenshot({ path: path.join(PICTURES, 'lost.png') });
    await setOnline(page, true);
    await on(page, '.claim').waitFor();
    await setOnline(page, false);
    await on(page, '.claim').click();
    await on(page, '.refusal').filter({ hasText: '不会重复' }).waitFor();
    await page.screenshot({ path: path.join(PICTURES, 'lost-claiming.png') });
    await setOnline(page, true);
    await on(page, '.ticket--flipped').waitFor();
    const coupons = await table('coupons').all({ memberId: 'faces-lost' }, 10);
    expect(coupons).toHaveLength(2);
    await page.context().close();
  }, 30_000);

  it('lets a stranger register with her phone in one tap, or without it', async () => {
    const page = await open('member', 'nobody-we-know', `member/gift/gift?l=${linkOf('hers')}`);
    await on(page, '.register__field input').fill('王女士');
    await on(page, '.register__ask').click();
    await page.waitForTimeout(300);
    await page.screenshot({ path: path.join(PICTURES, 'register-sheet.png') });
    await page.locator('.layer[data-open] .pair-plain').click();
    await on(page, '.part').filter({ hasText: '不填手机号也可以登记' }).waitFor();
    await on(page, '.register__ask').click();
    await page.locator('.layer[data-open] .pair-main').click();
    await on(page, '.register__allowed').waitFor();
    await page.waitForTimeout(300);
    await page.screenshot({ path: path.join(PICTURES, 'register.png') });
    await on(page, '.register__send').click();
    await on(page, '.told').filter({ hasText: '手机号也保存好了' }).waitFor();
    const [member] = await table('members').all({ openid: 'nobody-we-know' }, 2);
    expect(member?.phoneTail).toMatch(/^\d{4}$/);
    await picture(page, 'registered');
  }, 30_000);

  let code = '';
  it('shows her the whole pack, and its codes once it is claimed', async () => {
    const page = await open('member', HERS, `member/gift/gift?l=${linkOf('hers')}`);
    await on(page, '.inside').first().waitFor();
    expect(await on(page, '.inside').count()).toBe(4);
    await on(page, '.claim').dblclick();
    await on(page, '.ticket--flipped').waitFor();
    expect(await on(page, '.stub').count()).toBe(2);
    code = ((await on(page, '.ticket-code').textContent()) ?? '').replace(/\D/g, '');
    expect(code).toMatch(/^\d{8}$/);
    const dark = await on(page, '.qr__canvas canvas').evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, i) => i % 4 === 0 && value < 128).length / (data.length / 4);
    });
    expect(dark).toBeGreaterThan(0.1);
    await on(page, '.reason').nth(4).click();
    await on(page, 'wx-button').filter({ hasText: '告诉你们' }).click();
    await on(page, '.told').filter({ hasText: '50 积分已到账' }).waitFor();
    await picture(page, 'claimed');
  }, 30_000);

  it.each([
    ['coupons', '可使用 2'],
    ['points', '250'],
    ['level', '金卡会员'],
    ['mine', '王芳'],
    ['invite', '把邀请发给一位朋友'],
  ])(
    'shows her %s on every phone',
    (name, words) => inEveryLook(name, HERS, `member/${name}/${name}`, words),
    60_000,
  );
  it('asks a friend in by an invitation, and makes her a member', async () => {
    const invitation = await table('referrals').findOne({ inviterId: 'faces-hers' });
    const route = `member/invite/invite?c=${invitation?.code ?? ''}`;
    await inEveryLook('invited', 'a-friend', route, '请您来坐坐');
    const page = await open('member', 'a-friend', route);
    await on(page, '.register__field input').fill('李云');
    await on(page, '.register__send').click();
    await on(page, '.head').filter({ hasText: '已经为您登记好了' }).waitFor();
    await picture(page, 'invited-accepted');
  }, 60_000);
  it('keeps what she claimed in every look', async () => {
    await inEveryLook('claimed', HERS, `member/gift/gift?l=${linkOf('hers')}`, '已经为您收好了');
  }, 60_000);

  it('is held and used up at the till, and thanks her then', async () => {
    const till = await open('clerk', clerk.openid!, 'clerk/redeem/redeem');
    await on(till, 'input').nth(0).fill(code);
    await on(till, 'input').nth(1).fill('300');
    await on(till, 'wx-button').filter({ hasText: '查这张券' }).click();
    await on(till, '.held').waitFor();
    await till.screenshot({ path: path.join(PICTURES, 'till.png') });
    await on(till, 'wx-button').filter({ hasText: '确认核销' }).click();
    await on(till, '.done').waitFor();
    await picture(till, 'till-done');
    const page = await open('member', HERS, `member/gift/gift?l=${linkOf('hers')}`);
    await on(page, '.greeting').filter({ hasText: '谢谢您回来' }).waitFor();
    await picture(page, 'redeemed');
  }, 30_000);

  it('had no script error on any phone', () => {
    expect(errors).toEqual([]);
  });
});

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openChainDatabase } from '../../devkit/start/chainDatabase';
import type { BranchDoc, MemberDoc, StaffDoc } from '../../cloudfunctions/common/store/documents';
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
    ];
    await db.add('campaigns', [live, later, closed]);
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
          claimBy: until,
          link: linkOf(id),
          dueOn: today,
        });
        return { ...task, offer: task.offer && { ...task.offer, ...PACK } };
      }),
    );
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
    await page.goto(`${huitou.url}phone/?slot=${slot}&as=${encodeURIComponent(who)}#/${route}`);
    await page.waitForSelector('html[data-ready]');
    return page;
  }
  const on = (page: Page, selector: string) => page.locator(`.page:not([hidden]) ${selector}`);
  const picture = async (page: Page, name: string) => {
    await page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
    await page.context().close();
  };

  it('keeps everybody else out of it, kindly', async () => {
    const faces = [
      ['someoneElses', 'nobody-we-know', 'hers', '这份礼包有主人了'],
      ['staffPreview', clerk.openid!, 'hers', '员工不能领取'],
      ['optedOut', 'faces-optedOut', 'optedOut', '已为您停止接收'],
      ['notBegun', 'faces-later', 'later', '再等一等'],
      ['closed', 'faces-closed', 'closed', '这次活动提前结束了'],
    ] as const;
    await Promise.all(
      faces.map(async ([face, who, link, words]) => {
        const route = `member/gift/gift?l=${linkOf(link)}`;
        const page = await open('member', who, route, { viewport: { width: 320, height: 700 } });
        await on(page, '.gift').filter({ hasText: words }).waitFor();
        expect(await on(page, '.claim').count()).toBe(0);
        await picture(page, face);
      }),
    );
  }, 60_000);

  let code = '';
  it('shows her the whole pack, and its codes once it is claimed', async () => {
    const page = await open('member', HERS, `member/gift/gift?l=${linkOf('hers')}`);
    await on(page, '.inside').first().waitFor();
    expect(await on(page, '.inside').count()).toBe(4);
    await page.screenshot({ path: path.join(PICTURES, 'claimable.png') });
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

  it('shows her coupons, points, level and data in the dark', async () => {
    const pages = [
      ['coupons', '可使用 2'],
      ['points', '250'],
      ['level', '金卡会员'],
      ['mine', '王芳'],
    ] as const;
    await Promise.all(
      pages.map(async ([name, words]) => {
        const page = await open('member', HERS, `member/${name}/${name}`, { colorScheme: 'dark' });
        await on(page, '.screen').filter({ hasText: words }).waitFor();
        await picture(page, name);
      }),
    );
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

import type { CouponDoc } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import { HOUR_MS, addDays } from '../../miniprogram/domain/kernel/day';
import { newKey, refusalOf, replyOf, startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { aCampaign, seedStaff, seedTask } from './people';

let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['gifts']);
  await seedStaff(chain);
  await chain.add('campaigns', [aCampaign('spring'), aCampaign('over', { status: 'closed' })]);
}, 60_000);
afterAll(() => chain.stop());

const open = (openid: string, link: string) => chain.call(openid, 'gifts', 'gift.open', { link });
const claim = (openid: string, link: string, key?: string) =>
  chain.call(openid, 'gifts', 'gift.claim', { link }, key);
const taskOf = async (id: string) => {
  const task = await table('tasks').find(id);
  if (!task) throw new Error(`no task ${id}`);
  return task;
};
const couponsOfTask = (taskId: string): Promise<CouponDoc[]> =>
  table('coupons').page({ where: { taskId }, limit: 100 });

describe('opening a card', () => {
  it('shows the member her gift and binds it to her', async () => {
    const { task } = await seedTask(chain, 'M1');
    const reply = replyOf(await open('wx-M1', task.link));
    expect(reply).toMatchObject({
      face: 'claimable',
      shopName: '半日闲茶集',
      memberName: '王小1',
      clerkName: '孙晓梅',
      branch: { name: '东湖店' },
      branchesText: '全部门店可用',
      offer: { headline: '7折', validHours: 48 },
      coupon: null,
    });
    expect((await table('members').find('M1'))?.openid).toBe('wx-M1');
    expect((await taskOf(task._id)).openedAt).toBe(reply.now);
  });

  it('writes the first opening down once', async () => {
    const { task } = await seedTask(chain, 'M2');
    const first = replyOf(await open('wx-M2', task.link));
    await open('wx-M2', task.link);
    expect((await taskOf(task._id)).openedAt).toBe(first.now);
  });

  it('costs one database call beside the scope once she is bound', async () => {
    const { task } = await seedTask(chain, 'M3');
    await open('wx-M3', task.link);
    const again = await chain.send('wx-M3', 'gifts', {
      action: 'gift.open',
      ask: { link: task.link },
      requestKey: newKey(),
    });
    expect(again.databaseCalls).toBe(2);
  });

  it('counts as her answer to what was sent before', async () => {
    const touch = { id: 't1', at: chain.now() - HOUR_MS, purpose: 'promo' as const, answered: false };
    const { task } = await seedTask(chain, 'M4', { member: { touches: [touch] } });
    const { now } = replyOf(await open('wx-M4', task.link));
    expect((await table('members').find('M4'))?.answeredAt).toBe(now);
  });

  it('shows a friend a polite page without the offer, the name, the clerk or a coupon', async () => {
    const { task } = await seedTask(chain, 'M5');
    replyOf(await claim('wx-M5', task.link));
    const friend = replyOf(await open('wx-friend', task.link));
    expect(friend).toMatchObject({
      face: 'someoneElses',
      memberName: null,
      clerkName: '',
      offer: null,
      coupon: null,
      rules: [],
    });
    expect(JSON.stringify(friend)).not.toContain('王小5');
    expect(refusalOf(await claim('wx-friend', task.link))).toBe('gift-someone-elses');
    expect(await couponsOfTask(task._id)).toHaveLength(1);
  });

  it('does not bind somebody who is another member already', async () => {
    const { task } = await seedTask(chain, 'M6');
    await seedTask(chain, 'N6', { member: { openid: 'wx-N6' } });
    expect(replyOf(await open('wx-N6', task.link)).face).toBe('someoneElses');
    expect((await table('members').find('M6'))?.openid).toBeNull();
    expect(replyOf(await open('wx-M6', task.link)).face).toBe('claimable');
  });

  it('binds one person to one member when two cards are opened in the same instant', async () => {
    const links = await Promise.all(
      ['P1', 'P2', 'P3'].map(async (id) => (await seedTask(chain, id)).task.link),
    );
    await Promise.all(links.map((link) => open('wx-twins', link)));
    expect(await table('members').count({ openid: 'wx-twins' })).toBe(1);
  });

  it('binds only one of two people who open it in the same instant', async () => {
    const { task } = await seedTask(chain, 'M7');
    const replies = await Promise.all(
      ['wx-a7', 'wx-b7'].map(async (openid) => replyOf(await open(openid, task.link))),
    );
    expect(replies.map(({ face }) => face).sort()).toEqual(['claimable', 'someoneElses']);
  });

  it('lets staff preview without binding or counting', async () => {
    const { task } = await seedTask(chain, 'M8');
    for (const openid of ['wx-c1', 'wx-m2', 'wx-hq']) {
      expect(replyOf(await open(openid, task.link))).toMatchObject({
        face: 'staffPreview',
        memberName: null,
      });
      expect(refusalOf(await claim(openid, task.link))).toBe('gift-not-for-staff');
    }
    expect((await table('members').find('M8'))?.openid).toBeNull();
    expect((await taskOf(task._id)).openedAt).toBeNull();
  });

  it('says so when the campaign is closed or its last day is over', async () => {
    const over = await seedTask(chain, 'M9', { campaignId: 'over' });
    const late = await seedTask(chain, 'M10', { task: { claimBy: addDays(TODAY, -1) } });
    for (const { task } of [over, late]) {
      expect(replyOf(await open('wx-late', task.link))).toMatchObject({ face: 'linkExpired', offer: null });
      expect(refusalOf(await claim('wx-late', task.link))).toBe('link-expired');
    }
  });

  it('does not know a wrong link, nor the one of a held-out member', async () => {
    const { task } = await seedTask(chain, 'M11', {
      task: { arm: 'heldOut', status: 'heldOut', clerkId: null },
    });
    expect(refusalOf(await open('wx-M11', task.link))).toBe('not-found');
    expect(refusalOf(await claim('wx-M11', task.link))).toBe('not-found');
    expect(refusalOf(await open('wx-M11', 'no-such-link'))).toBe('not-found');
  });
});

import type { CouponDoc } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import { HOUR_MS, addDays, startOf } from '../../miniprogram/domain/kernel/day';
import { newKey, refusalOf, replyOf, startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { aCampaign, aPlan, seedStaff, seedTask } from './people';

let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['gifts']);
  await seedStaff(chain);
  await chain.add('campaigns', [
    aCampaign('spring'),
    aCampaign('later', { plan: aPlan({ startsOn: addDays(TODAY, 3) }) }),
    aCampaign('west', {
      plan: aPlan({ audience: { lifecycles: ['dormant'], values: ['low'], branchIds: ['B2'] } }),
    }),
  ]);
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

describe('claiming', () => {
  it('gives a coupon of 48 hours to the millisecond, with a code and a secret word', async () => {
    const { task } = await seedTask(chain, 'K1');
    await open('wx-K1', task.link);
    const { face, coupon } = replyOf(await claim('wx-K1', task.link));
    expect(face).toBe('claimed');
    expect(coupon?.code).toMatch(/^\d{8}$/);
    expect(coupon?.secretWord).toMatch(/^\p{Script=Han}{4}\d{2}$/u);
    expect(coupon && coupon.expiresAt - coupon.claimedAt).toBe(48 * HOUR_MS);
    expect(await taskOf(task._id)).toMatchObject({
      claimedAt: coupon?.claimedAt,
      couponExpiresAt: coupon?.expiresAt,
    });
  });

  it('costs three database calls beside the scope', async () => {
    const { task } = await seedTask(chain, 'K2');
    await open('wx-K2', task.link);
    const sent = await chain.send('wx-K2', 'gifts', {
      action: 'gift.claim',
      ask: { link: task.link },
      requestKey: newKey(),
    });
    expect(sent.databaseCalls).toBe(4);
  });

  it('answers the same coupon to the same key and to another key', async () => {
    const { task } = await seedTask(chain, 'K3');
    const key = newKey();
    const first = replyOf(await claim('wx-K3', task.link, key));
    const same = replyOf(await claim('wx-K3', task.link, key));
    const other = replyOf(await claim('wx-K3', task.link));
    expect({ ...same, now: 0 }).toEqual({ ...first, now: 0 });
    expect({ ...other, now: 0 }).toEqual({ ...first, now: 0 });
    expect(await couponsOfTask(task._id)).toHaveLength(1);
  });

  it('makes one coupon of thirty simultaneous taps', async () => {
    const { task } = await seedTask(chain, 'K4');
    const taps = await Promise.all(Array.from({ length: 30 }, () => claim('wx-K4', task.link)));
    const codes = new Set(taps.map((tap) => replyOf(tap).coupon?.code));
    expect(codes.size).toBe(1);
    const coupons = await couponsOfTask(task._id);
    expect(coupons).toHaveLength(1);
    expect((await taskOf(task._id)).claimedAt).toBe(coupons[0]?.claimedAt);
  });

  it('heals a claim that died between coupon and task, at the next look', async () => {
    const { task } = await seedTask(chain, 'K5');
    await claim('wx-K5', task.link);
    const whole = await taskOf(task._id);
    await table('tasks').changeIf({ _id: task._id }, { claimedAt: null, couponExpiresAt: null });
    expect(replyOf(await open('wx-K5', task.link)).face).toBe('claimed');
    expect(await taskOf(task._id)).toEqual({ ...whole, uncounted: expect.any(String) });
  });

  it('claims without an opening before it, and that is one too', async () => {
    const { task } = await seedTask(chain, 'K6');
    const { now } = replyOf(await claim('wx-K6', task.link));
    expect((await taskOf(task._id)).openedAt).toBe(now);
    expect((await table('members').find('K6'))?.openid).toBe('wx-K6');
  });

  it('waits for the first day of the campaign', async () => {
    const { task } = await seedTask(chain, 'K7', { campaignId: 'later' });
    expect(replyOf(await open('wx-K7', task.link))).toMatchObject({
      face: 'notBegun',
      memberName: '王小7',
      opensAt: startOf(addDays(TODAY, 3)),
    });
    expect(refusalOf(await claim('wx-K7', task.link))).toBe('campaign-not-open');
    expect(await couponsOfTask(task._id)).toHaveLength(0);
  });

  it('gives a member who opted out no coupon', async () => {
    const { task } = await seedTask(chain, 'K8', { member: { optOut: { at: 1, source: 'import' } } });
    const reply = replyOf(await claim('wx-K8', task.link));
    expect(reply).toMatchObject({ face: 'optedOut', offer: null, coupon: null });
    expect(await couponsOfTask(task._id)).toHaveLength(0);
  });
});

describe('my coupons', () => {
  it("lists the caller's own and nobody else's", async () => {
    const { task } = await seedTask(chain, 'L1', { campaignId: 'west' });
    replyOf(await claim('wx-L1', task.link));
    const mine = replyOf(await chain.call('wx-L1', 'gifts', 'coupon.mine', {}));
    expect(mine.coupons).toMatchObject([{ headline: '7折', status: 'unused', branchesText: '西溪店' }]);
    expect(replyOf(await chain.call('wx-nobody', 'gifts', 'coupon.mine', {})).coupons).toEqual([]);
  });
});

describe('opting out', () => {
  const optOut = (openid: string, link: string, key?: string) =>
    chain.call(openid, 'gifts', 'optOut.set', { link }, key);

  it('is kept on the person, once, and the page says so from then on', async () => {
    const { task } = await seedTask(chain, 'O1');
    await open('wx-O1', task.link);
    const key = newKey();
    expect(replyOf(await optOut('wx-O1', task.link, key))).toEqual({ optedOut: true });
    const first = (await table('members').find('O1'))?.optOut;
    expect(first).toMatchObject({ source: 'member' });
    expect(replyOf(await optOut('wx-O1', task.link, key))).toEqual({ optedOut: true });
    expect((await table('members').find('O1'))?.optOut).toEqual(first);
    expect(replyOf(await open('wx-O1', task.link)).face).toBe('optedOut');
  });

  it('leaves her the coupon she holds', async () => {
    const { task } = await seedTask(chain, 'O2');
    await claim('wx-O2', task.link);
    await optOut('wx-O2', task.link);
    expect(replyOf(await open('wx-O2', task.link)).face).toBe('claimed');
  });

  it('is nobody else’s to decide, neither a friend’s nor the staff’s', async () => {
    const { task } = await seedTask(chain, 'O3');
    await open('wx-O3', task.link);
    expect(refusalOf(await optOut('wx-friend', task.link))).toBe('gift-someone-elses');
    expect(refusalOf(await optOut('wx-c1', task.link))).toBe('gift-not-for-staff');
    expect((await table('members').find('O3'))?.optOut).toBeNull();
  });

  it('works on a link that has run out', async () => {
    const { task } = await seedTask(chain, 'O4', {
      member: { openid: 'wx-O4' },
      task: { claimBy: addDays(TODAY, -9) },
    });
    expect(replyOf(await optOut('wx-O4', task.link))).toEqual({ optedOut: true });
  });
});

import { table } from '../../cloudfunctions/common/store/table';
import type { CouponShown } from '../../miniprogram/contract/gifts';
import { addDays } from '../../miniprogram/domain/kernel/day';
import { newKey, refusalOf, replyOf, startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { aCampaign, aPlan, seedStaff, seedTask } from './people';

let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['gifts']);
  await seedStaff(chain);
  await chain.add('campaigns', [
    aCampaign('spring'),
    aCampaign('west', {
      plan: aPlan({ audience: { lifecycles: ['dormant'], values: ['low'], branchIds: ['B2'] } }),
    }),
  ]);
}, 60_000);
afterAll(() => chain.stop());

async function claimed(memberId: string, campaignId = 'spring'): Promise<CouponShown & { link: string }> {
  const { task } = await seedTask(chain, memberId, { campaignId, task: { claimBy: addDays(TODAY, 60) } });
  const { coupon } = replyOf(await chain.call(`wx-${memberId}`, 'gifts', 'gift.claim', { link: task.link }));
  if (!coupon) throw new Error('no coupon');
  return { ...coupon, link: task.link };
}
const look = (openid: string, codeOrWord: string, basketFen: number | null = null) =>
  chain.call(openid, 'gifts', 'coupon.look', { codeOrWord, basketFen });
const redeem = (openid: string, couponId: string, basketFen: number, key?: string) =>
  chain.call(openid, 'gifts', 'coupon.redeem', { couponId, basketFen }, key);

describe('looking at a coupon', () => {
  it('finds it by its eight digits, however they are typed, and by the secret word', async () => {
    const coupon = await claimed('A1');
    const grouped = `${coupon.code.slice(0, 4)} ${coupon.code.slice(4)}`;
    const wide = coupon.secretWord.replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));
    for (const said of [coupon.code, grouped, coupon.secretWord, ` ${wide} `]) {
      expect(replyOf(await look('wx-c1', said)).couponId).toBe(coupon.couponId);
    }
  });

  it('says what it is worth for the basket, and shows no more of the phone than its tail', async () => {
    const coupon = await claimed('A2');
    const reply = replyOf(await look('wx-c1', coupon.code, 20_000));
    expect(reply).toMatchObject({
      memberName: '王小2',
      phoneTail: '1234',
      headline: '7折',
      trial: '新茶小样一份',
      worth: { basketFen: 20_000, offFen: 6_000, payFen: 14_000 },
    });
    expect(replyOf(await look('wx-c1', coupon.code)).worth).toBeNull();
  });

  it('refuses a clerk of a branch where it is not good, and names the branch', async () => {
    const coupon = await claimed('A3', 'west');
    const refused = await look('wx-c1', coupon.code);
    expect(refused).toEqual({ ok: false, failure: { code: 'coupon-wrong-branch', detail: '西溪店' } });
    expect(replyOf(await look('wx-c3', coupon.code)).couponId).toBe(coupon.couponId);
  });

  it('refuses an unknown code, and everybody who does not stand at a till', async () => {
    const coupon = await claimed('A4');
    expect(refusalOf(await look('wx-c1', '没有这个词99'))).toBe('code-not-found');
    expect(refusalOf(await look('wx-A4', coupon.code))).toBe('not-staff');
    expect(refusalOf(await look('wx-hq', coupon.code))).toBe('not-allowed');
  });
});

describe('redeeming', () => {
  it('uses the coupon up and turns the task to redeemed', async () => {
    const coupon = await claimed('R1');
    const reply = replyOf(await redeem('wx-c2', coupon.couponId, 20_000));
    expect(reply).toMatchObject({ couponId: coupon.couponId, offFen: 6_000, payFen: 14_000 });
    expect((await table('coupons').find(coupon.couponId))?.redeemed).toMatchObject({
      clerkId: 'c2',
      branchId: 'B1',
      basketFen: 20_000,
    });
    expect((await table('tasks').find('spring:R1'))?.redeemedAt).toBe(reply.redeemedAt);
    const page = replyOf(await chain.call('wx-R1', 'gifts', 'gift.open', { link: coupon.link }));
    expect(page).toMatchObject({ face: 'redeemed', coupon: { status: 'used' } });
  });

  it('answers the same to the same key, and tells another key when it was used', async () => {
    const coupon = await claimed('R2');
    const key = newKey();
    const first = await redeem('wx-c1', coupon.couponId, 10_000, key);
    expect(await redeem('wx-c1', coupon.couponId, 10_000, key)).toEqual(first);
    const other = await redeem('wx-c1', coupon.couponId, 10_000);
    expect(other).toMatchObject({
      ok: false,
      failure: { code: 'coupon-used', detail: expect.stringMatching(/^3月5日/) },
    });
    expect(refusalOf(await redeem('wx-c2', coupon.couponId, 10_000, key))).toBe('coupon-used');
  });

  it('lets only one of twelve simultaneous redemptions win', async () => {
    const coupon = await claimed('R3');
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, i) => redeem(i % 2 ? 'wx-c1' : 'wx-c2', coupon.couponId, 5_000)),
    );
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(new Set(all.filter(({ ok }) => !ok).map(refusalOf))).toEqual(new Set(['coupon-used']));
  });

  it('heals a redemption that died between coupon and task, by its own repetition', async () => {
    const coupon = await claimed('R4');
    const key = newKey();
    const first = replyOf(await redeem('wx-c1', coupon.couponId, 5_000, key));
    await table('tasks').changeIf({ _id: 'spring:R4' }, { redeemedAt: null });
    await redeem('wx-c1', coupon.couponId, 5_000, key);
    expect((await table('tasks').find('spring:R4'))?.redeemedAt).toBe(first.redeemedAt);
  });

  it('heals it at the member’s next look as well', async () => {
    const coupon = await claimed('R5');
    const { redeemedAt } = replyOf(await redeem('wx-c1', coupon.couponId, 5_000));
    await table('tasks').changeIf({ _id: 'spring:R5' }, { redeemedAt: null });
    await chain.call('wx-R5', 'gifts', 'gift.open', { link: coupon.link });
    expect((await table('tasks').find('spring:R5'))?.redeemedAt).toBe(redeemedAt);
  });

  it('refuses the wrong branch, a revoked coupon, an unknown one and whoever is no clerk', async () => {
    const west = await claimed('R6', 'west');
    expect(refusalOf(await redeem('wx-c1', west.couponId, 5_000))).toBe('coupon-wrong-branch');
    await table('coupons').changeIf({ _id: west.couponId }, { status: 'revoked' });
    expect(refusalOf(await redeem('wx-c3', west.couponId, 5_000))).toBe('coupon-revoked');
    expect(refusalOf(await redeem('wx-c1', 'spring:nobody:0', 5_000))).toBe('code-not-found');
    expect(refusalOf(await redeem('wx-R6', west.couponId, 5_000))).toBe('not-staff');
    expect(refusalOf(await redeem('wx-hq', west.couponId, 5_000))).toBe('not-allowed');
  });

  it('does not let a clerk redeem her own coupon', async () => {
    const coupon = await claimed('R7');
    await table('coupons').changeIf({ _id: coupon.couponId }, { openid: 'wx-c1' });
    expect(refusalOf(await redeem('wx-c1', coupon.couponId, 5_000))).toBe('coupon-own');
    expect((await redeem('wx-c2', coupon.couponId, 5_000)).ok).toBe(true);
  });
});

describe('the last second of forty-eight hours', () => {
  it('is good until its last millisecond and over from the next one on, on the page and at the till', async () => {
    const early = await claimed('E1');
    const late = await claimed('E2');
    const faceAt = async (now: number) => {
      await chain.cloud.clock.moveTo(now, { stand: true });
      return replyOf(await chain.call('wx-E2', 'gifts', 'gift.open', { link: late.link })).face;
    };
    expect(await faceAt(late.expiresAt - 1)).toBe('claimed');
    expect(await faceAt(late.expiresAt)).toBe('couponExpired');
    expect(refusalOf(await redeem('wx-c1', late.couponId, 5_000))).toBe('coupon-expired');
    expect(refusalOf(await redeem('wx-c1', early.couponId, 5_000))).toBe('coupon-expired');
    expect((await table('coupons').find(late.couponId))?.redeemed).toBeNull();
    // What was claimed stays claimed: an expired coupon is not handed out a second time.
    const again = replyOf(await chain.call('wx-E2', 'gifts', 'gift.claim', { link: late.link }));
    expect(again).toMatchObject({ face: 'couponExpired', coupon: { code: late.code } });
  });

  it('redeems a coupon one second before its end', async () => {
    const coupon = await claimed('E3');
    await chain.cloud.clock.moveTo(coupon.expiresAt - 1_000, { stand: true });
    const reply = replyOf(await redeem('wx-c1', coupon.couponId, 5_000));
    expect(reply.redeemedAt).toBeLessThan(coupon.expiresAt);
  });
});

import { table } from '../../cloudfunctions/common/store/table';
import { HOUR_MS } from '../../miniprogram/domain/kernel/day';
import { LOCK_MS } from '../../miniprogram/domain/offers/coupon';
import type { MemberOffer } from '../../miniprogram/domain/offers/types';
import { newKey, refusalOf, replyOf } from './chain';
import { startGiftShop } from './giftShop';
import type { GiftShop } from './giftShop';

jest.setTimeout(120_000);
let shop: GiftShop;
beforeAll(async () => {
  shop = await startGiftShop(['gifts', 'pulse']);
}, 60_000);
afterAll(() => shop.chain.stop());

async function claimed(memberId: string, offer: Partial<MemberOffer> = {}) {
  const [task] = await shop.campaign(`t${memberId}`, [memberId], offer);
  const link = task?.link ?? '';
  const { coupon, coupons } = replyOf(
    await shop.chain.call(`wx-${memberId}`, 'gifts', 'gift.claim', { link }),
  );
  if (!coupon) throw new Error('no coupon');
  return { ...coupon, coupons, link, me: `wx-${memberId}` };
}
const look = (clerk: string, codeOrWord: string, basketFen = 20_000) =>
  shop.chain.call(clerk, 'gifts', 'coupon.look', { codeOrWord, basketFen });
const lock = (clerk: string, couponId: string, key = newKey(), basketFen = 20_000) =>
  shop.chain.call(clerk, 'gifts', 'coupon.lock', { couponId, basketFen }, key);
const redeem = (clerk: string, couponId: string, key = newKey(), basketFen = 20_000) =>
  shop.chain.call(clerk, 'gifts', 'coupon.redeem', { couponId, basketFen }, key);

describe('a coupon held at the till', () => {
  it('is kept from every other till for two minutes, and used by the one that holds it', async () => {
    const { couponId, code } = await claimed('L1');
    const key = newKey();
    const held = replyOf(await lock('wx-c1', couponId, key));
    expect(held).toMatchObject({ offFen: 6_000, payFen: 14_000 });
    expect(held.lockedUntil - shop.chain.now()).toBeLessThanOrEqual(LOCK_MS);
    for (const refused of [
      await look('wx-c2', code),
      await lock('wx-c2', couponId),
      await redeem('wx-c2', couponId),
    ]) {
      expect(refused).toMatchObject({ failure: { code: 'coupon-locked', nextAllowedAt: held.lockedUntil } });
    }
    expect(replyOf(await look('wx-c1', code)).lock).toEqual({ until: held.lockedUntil, mine: true });
    expect(refusalOf(await redeem('wx-c1', couponId, key, 21_000))).toBe('coupon-other-basket');
    const first = replyOf(await redeem('wx-c1', couponId, key));
    expect(replyOf(await redeem('wx-c1', couponId, key))).toEqual(first);
    expect((await table('coupons').find(couponId))?.lock).toBeNull();
  });

  it('is free again when the customer would rather not, and by the clock when nobody says so', async () => {
    const { couponId } = await claimed('L2');
    replyOf(await lock('wx-c1', couponId));
    await shop.chain.call('wx-c2', 'gifts', 'coupon.unlock', { couponId });
    expect(refusalOf(await lock('wx-c2', couponId))).toBe('coupon-locked');
    await shop.chain.call('wx-c1', 'gifts', 'coupon.unlock', { couponId });
    const { lockedUntil } = replyOf(await lock('wx-c2', couponId));
    await shop.chain.cloud.clock.moveTo(lockedUntil);
    expect(replyOf(await lock('wx-c1', couponId)).couponId).toBe(couponId);
  });

  it('goes to one of many tills that reach for it in the same instant', async () => {
    const { couponId } = await claimed('L3');
    const all = await Promise.all(['wx-c1', 'wx-c2', 'wx-m1'].map((clerk) => lock(clerk, couponId)));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('is still good in the seconds after its end when it was held in time, at that till only', async () => {
    const { couponId, expiresAt, me, link } = await claimed('L4');
    await shop.chain.cloud.clock.moveTo(expiresAt - 5_000);
    const key = newKey();
    replyOf(await lock('wx-c1', couponId, key));
    await shop.chain.cloud.clock.moveTo(expiresAt + 1_000);
    expect(refusalOf(await redeem('wx-c2', couponId))).toMatch(/coupon-(expired|locked)/);
    expect(replyOf(await shop.chain.call(me, 'gifts', 'gift.open', { link }))).toMatchObject({
      face: 'couponExpired',
    });
    expect(replyOf(await redeem('wx-c1', couponId, key)).offFen).toBe(6_000);
  });
});

describe('the basket', () => {
  const SCOPED: Partial<MemberOffer> = {
    rule: { kind: 'percent', pay: 50, minFen: 0, capFen: null },
    scope: { categories: ['茶'] },
    more: [
      {
        title: '立减',
        rule: { kind: 'amountOff', offFen: 1_000, minFen: 0 },
        validity: { kind: 'seconds', seconds: 3_600 },
      },
    ],
  };
  it('is asked for its categories, counts those, and says what does not count and what goes together', async () => {
    const { code, couponId, coupons } = await claimed('B1x', SCOPED);
    expect(refusalOf(await look('wx-c1', code, 10_000))).toBe('coupon-needs-categories');
    const categoryFen = { 茶: 6_000, 糖: 4_000 };
    const ask = { codeOrWord: code, basketFen: 10_000, categoryFen };
    expect(replyOf(await shop.chain.call('wx-c1', 'gifts', 'coupon.look', ask))).toMatchObject({
      categories: ['茶'],
      worth: { offFen: 3_000, payFen: 7_000 },
      notCounted: ['糖'],
      together: { couponIds: [couponId, coupons[1]?.couponId], offFen: 4_000, payFen: 6_000 },
    });
    const used = { couponId, basketFen: 10_000, categoryFen };
    expect(replyOf(await shop.chain.call('wx-c1', 'gifts', 'coupon.redeem', used)).offFen).toBe(3_000);
  });
});

describe('guessing words', () => {
  it('ends after twelve wrong ones in an hour, also when they come at once, and not for who is right', async () => {
    const { secretWord, code } = await claimed('G1');
    for (let n = 0; n < 15; n++) replyOf(await look('wx-c2', secretWord));
    const guesses = await Promise.all(
      Array.from({ length: 30 }, (_, n) => look('wx-c2', `海棠清风${n + 100}`)),
    );
    const codes = guesses.map(refusalOf);
    expect(codes.filter((one) => one === 'code-not-found').length).toBeLessThanOrEqual(12);
    expect(codes).toContain('too-many-guesses');
    expect(refusalOf(await look('wx-c2', secretWord))).toBe('too-many-guesses');
    // Her colleague, and the code itself, still work.
    expect(replyOf(await look('wx-c1', secretWord)).memberName).toBe('王小1');
    expect(replyOf(await look('wx-c2', code)).memberName).toBe('王小1');
    await shop.chain.cloud.clock.moveTo(shop.chain.now() + HOUR_MS);
    expect(replyOf(await look('wx-c2', secretWord)).memberName).toBe('王小1');
  });
});

describe('a branch without network', () => {
  const codeOf = async (me: string, couponId: string) =>
    replyOf(await shop.chain.call(me, 'gifts', 'coupon.offlineCode', { couponId }));
  const handIn = (clerk: string, offlineCode: string, usedAt: number, key = newKey()) =>
    shop.chain.call(clerk, 'gifts', 'coupon.redeemOffline', { offlineCode, basketFen: 20_000, usedAt }, key);

  it('hands the code in later, once, with the moment it was used', async () => {
    const { couponId, me } = await claimed('O1');
    const { offlineCode } = await codeOf(me, couponId);
    const usedAt = shop.chain.now() + 60_000;
    await shop.chain.cloud.clock.moveTo(shop.chain.now() + 30 * HOUR_MS);
    const key = newKey();
    const written = offlineCode.replace(/-/g, ' ').toLowerCase();
    const reply = replyOf(await handIn('wx-c1', written, usedAt, key));
    expect(reply).toMatchObject({ offFen: 6_000, redeemedAt: usedAt });
    expect(replyOf(await handIn('wx-c1', written, usedAt, key))).toEqual(reply);
    expect((await table('coupons').find(couponId))?.redeemed).toMatchObject({ offline: true });
  });

  it('is told when the coupon was used elsewhere meanwhile, and so is the manager', async () => {
    const { couponId, me } = await claimed('O2');
    const { offlineCode } = await codeOf(me, couponId);
    replyOf(await redeem('wx-c2', couponId));
    expect(refusalOf(await handIn('wx-c1', offlineCode, shop.chain.now()))).toBe('coupon-used');
    const { flags } = replyOf(await shop.chain.call('wx-m1', 'gifts', 'flags.list', {}));
    expect(flags).toMatchObject([{ kind: 'usedOffline', clerkName: '孙晓梅', evidence: [{ couponId }] }]);
  });

  it('is refused a changed code, a late one, one from before it was shown, and another member’s', async () => {
    const { couponId, me } = await claimed('O3');
    const { offlineCode } = await codeOf(me, couponId);
    const now = shop.chain.now();
    const changed = offlineCode.slice(0, -1) + (offlineCode.endsWith('A') ? 'B' : 'A');
    expect(refusalOf(await handIn('wx-c1', changed, now))).toBe('offline-code-bad');
    await shop.chain.cloud.clock.moveTo(now + HOUR_MS);
    expect(refusalOf(await handIn('wx-c1', offlineCode, now + 17 * 60_000))).toBe('offline-code-late');
    expect(refusalOf(await handIn('wx-c1', offlineCode, now - 7 * 60_000))).toBe('offline-code-late');
    expect(refusalOf(await handIn('wx-c1', offlineCode, now + 2 * HOUR_MS))).toBe('offline-code-late');
    expect(refusalOf(await shop.chain.call('wx-O1', 'gifts', 'coupon.offlineCode', { couponId }))).toBe(
      'not-found',
    );
    expect(replyOf(await handIn('wx-c1', offlineCode, now + 9 * 60_000)).couponId).toBe(couponId);
  });
});

describe('到期前提醒我', () => {
  it('puts one message into the outbox, and takes it back when the coupon is used', async () => {
    const { couponId, me, expiresAt } = await claimed('N1');
    const remind = () => shop.chain.call(me, 'gifts', 'coupon.remind', { couponId });
    const { remindAt } = replyOf(await remind());
    expect(replyOf(await remind()).remindAt).toBe(remindAt);
    const id = `couponEnding:${couponId}`;
    expect(await table('outbox').find(id)).toMatchObject({
      status: 'waiting',
      purpose: 'service',
      dueAt: remindAt,
      notAfter: expiresAt,
    });
    expect(refusalOf(await shop.chain.call('wx-O1', 'gifts', 'coupon.remind', { couponId }))).toBe(
      'not-found',
    );
    replyOf(await redeem('wx-c1', couponId));
    expect((await table('outbox').find(id))?.status).toBe('dropped');
  });
});

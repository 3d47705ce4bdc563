import { table } from '../../cloudfunctions/common/store/table';
import { addDays, addMonths, dayOf, DAY_MS, HOUR_MS } from '../../miniprogram/domain/kernel/day';
import { newKey, refusalOf, replyOf, TODAY } from './chain';
import { couponsOf, expectBooksBalance, PHONE_KEY, potsOf, startGiftShop } from './giftShop';
import type { GiftShop } from './giftShop';
import { AWAITS, killedAt } from './killing';
import { seedMember } from './people';
import { PACK, packsIn } from './packs';

/** Where the function dies between an answer to the survey and its points: behind the answer, the points, the task. */
const SURVEY_KILLED_AT = process.env['GIFT_AWAITS'] ? [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] : [4, 5, 6, 10];
/** `GIFT_KILLED_AT=1,2,3,4,5,6`: at which write of a refund its function dies. */
const KILLED_AT = (process.env['GIFT_KILLED_AT'] ?? '3').split(',').map(Number);

jest.setTimeout(120_000);
let shop: GiftShop;
beforeAll(async () => {
  process.env['HUITOU_PHONE_KEY'] = PHONE_KEY;
  shop = await startGiftShop(['gifts', 'ingest', 'members', 'pulse']);
}, 60_000);
afterAll(() => shop.chain.stop());
const { claimed, redeem, pointsOf, heldOf } = packsIn(() => shop);

describe('a pack', () => {
  it('comes whole: its coupons, each with a word of its own, and the kept level', async () => {
    const { reply, me } = await claimed('A1');
    expect(reply.coupons.map(({ headline }) => headline)).toEqual(['7折', '新茶', '减¥20']);
    expect(new Set(reply.coupons.map(({ secretWord }) => secretWord)).size).toBe(3);
    expect(reply.contents.map(({ kind }) => kind)).toEqual([
      'coupon',
      'trial',
      'coupon',
      'trial',
      'points',
      'levelKeep',
      'surveyPoints',
    ]);
    expect(reply.survey).toEqual({ points: 100, answered: false });
    const level = replyOf(await shop.chain.call(me, 'gifts', 'level.mine', {}));
    expect(level).toMatchObject({ level: 'gold', keepMissingFen: 461_600 });
    expect(replyOf(await shop.chain.call(me, 'gifts', 'coupon.mine', {})).coupons).toHaveLength(3);
    expect(
      replyOf(await shop.chain.call(me, 'gifts', 'gift.open', { link: `linkpA1A1` })).coupons,
    ).toHaveLength(3);
  });

  it('gives a member back what it holds of the budget: the worst case, what was taken off, then nothing', async () => {
    const { campaignId, id } = await claimed('A2');
    expect(await heldOf(campaignId)).toBe(50_000 - 13_500);
    replyOf(await redeem(id(0)));
    expect(await heldOf(campaignId)).toBe(50_000 - 3_500 - 6_000);
    await shop.chain.cloud.clock.moveTo(shop.chain.now() + HOUR_MS);
    await shop.pulse();
    expect(await heldOf(campaignId)).toBe(50_000 - 1_500 - 6_000);
    await expectBooksBalance(campaignId);
  });

  it('is not given when the branch has nothing left to give, and the piece goes back', async () => {
    const { task } = await claimed('A3', { ...PACK, branchBudgetFen: 13_499, stock: 5 });
    expect(await couponsOf(task.campaignId)).toHaveLength(0);
    expect((await potsOf('budgets', task.campaignId))[0]?.left).toBe(13_499);
  });

  it('keeps its points while it is used, takes them back with the refund, and gives them again', async () => {
    const { campaignId, task, id } = await claimed('A4');
    expect(await pointsOf('A4')).toBe(0);
    replyOf(await redeem(id(0)));
    replyOf(await redeem(id(1)));
    expect(await pointsOf('A4')).toBe(50);
    const order = { orderNo: 'o-A4', memberNo: 'A4' };
    expect(await shop.deliver({ event: 'order.paid', ...order })).toBe(200);
    expect((await table('coupons').find(id(0)))?.redeemed?.orderId).toBe('pos:o-A4');
    // Part of it returned: she keeps what she used it for.
    await shop.deliver({ event: 'order.refunded', ...order, refundedFen: 5_000 });
    expect((await table('coupons').find(id(0)))?.status).toBe('used');
    for (let times = 0; times < 2; times++) {
      await shop.deliver({ event: 'order.refunded', ...order, refundedFen: 20_000 });
      const pack = await couponsOf(campaignId);
      expect(pack.map(({ status }) => status)).toEqual(['unused', 'unused', 'unused']);
      expect(pack[0]?.reversed).toMatchObject([{ orderId: 'pos:o-A4' }]);
      expect(await pointsOf('A4')).toBe(0);
      expect((await table('tasks').find(task._id))?.redeemedAt).toBeNull();
    }
    await shop.pulse();
    await expectBooksBalance(campaignId);
    replyOf(await redeem(id(0)));
    expect(await pointsOf('A4')).toBe(50);
    // The old return, told once more, has nothing to do with the new purchase.
    await shop.deliver({ event: 'order.refunded', ...order, refundedFen: 20_000 });
    expect((await table('coupons').find(id(0)))?.status).toBe('used');
    await expectBooksBalance(campaignId);
  });

  it('gives a coupon back only for as long as it would have lasted', async () => {
    const { campaignId, id, me } = await claimed('A5', { ...PACK, more: [] });
    replyOf(await redeem(id(0)));
    const order = { orderNo: 'o-A5', memberNo: 'A5' };
    await shop.deliver({ event: 'order.paid', ...order });
    await shop.chain.cloud.clock.moveTo(shop.chain.now() + 3 * DAY_MS);
    await shop.deliver({ event: 'order.refunded', ...order, refundedFen: 20_000 });
    expect(refusalOf(await redeem(id(0)))).toBe('coupon-expired');
    const [coupon] = replyOf(await shop.chain.call(me, 'gifts', 'coupon.mine', {})).coupons;
    expect(coupon?.status).toBe('expired');
    expect(await heldOf(campaignId)).toBe(50_000);
  });

  it('finds the coupon by the code the till tells, before the nearest one', async () => {
    const { id, reply } = await claimed('A6', { ...PACK, more: [] });
    replyOf(await redeem(id(0)));
    const event = { event: 'order.paid' as const, memberNo: 'A6', branchNo: 'B2' };
    await shop.deliver({ ...event, orderNo: 'elsewhere' });
    expect((await table('coupons').find(id(0)))?.redeemed?.orderId ?? null).toBeNull();
    await shop.deliver({ ...event, orderNo: 'told', couponCode: reply.coupon?.code });
    expect((await table('coupons').find(id(0)))?.redeemed?.orderId).toBe('pos:told');
  });

  it.each([
    ['before a write', 'error'],
    ['after it, its answer lost', 'dropReply'],
  ] as const)('is used or not when the till dies %s, and given back or not', async (_, kind) => {
    const actions = ['database.modifyDocument', 'database.commitTransaction', '*'];
    const memberId = `R${kind}`;
    const { campaignId, id } = await claimed(memberId, { ...PACK, branchBudgetFen: 90_000 });
    const order = { orderNo: `o-${memberId}`, memberNo: memberId };
    for (const action of actions) {
      await killedAt(shop.chain, 'gifts', 1, kind, () => redeem(id(1)), action);
      await killedAt(shop.chain, 'gifts', 2, kind, () => redeem(id(0)), action);
      await redeem(id(0));
      for (const write of action === '*' ? AWAITS : KILLED_AT) {
        const back = { event: 'order.refunded' as const, ...order, orderNo: `${order.orderNo}${action}` };
        await killedAt(
          shop.chain,
          'ingest',
          write,
          kind,
          () => shop.deliver({ ...back, refundedFen: 20_000 }),
          action,
        );
      }
      await shop.settle();
      await expectBooksBalance(campaignId);
      expect(await table('coupons').count({ campaignId, owes: 1 })).toBe(0);
      const used = (await couponsOf(campaignId)).some(({ status }) => status === 'used');
      expect(await pointsOf(memberId)).toBe(used ? 50 : 0);
    }
  });

  it.each(['error', 'dropReply'] as const)(
    'is used by any of its coupons, the second alone as well, wherever its till dies (%s)',
    async (kind) => {
      for (const write of [1, 2, 3]) {
        const memberId = `S${kind}${write}`;
        const { task, id } = await claimed(memberId, PACK);
        await killedAt(shop.chain, 'gifts', write, kind, () => redeem(id(1)), 'database.modifyDocument');
        await shop.settle();
        const isUsed = (await table('coupons').find(id(1)))?.status === 'used';
        // Killed before the very write that uses it, nothing has happened; after it, all of it has.
        expect(isUsed).toBe(!(kind === 'error' && write === 1));
        expect((await table('tasks').find(task._id))?.redeemedAt !== null).toBe(isUsed);
        expect(await pointsOf(memberId)).toBe(isUsed ? 50 : 0);
      }
    },
  );
});

describe('the pack of the follow-up', () => {
  it('has coupons, pieces and points of its own, and leaves the first one alone', async () => {
    const { campaignId, task, id, me } = await claimed('U1', { ...PACK, stock: 3 });
    await shop.chain.cloud.clock.moveTo(shop.chain.now() + 3 * DAY_MS);
    const { offer } = task;
    await table('tasks').changeIf(
      { _id: task._id },
      { round: 1, earlierOffer: offer, offer: { ...offer, stock: 1 }, couponExpiresAt: null },
    );
    const reply = replyOf(await shop.chain.call(me, 'gifts', 'gift.claim', { link: task.link }));
    expect(reply.coupons.map(({ couponId }) => couponId)).toEqual([10, 11, 12].map(id));
    expect(replyOf(await shop.chain.call(me, 'gifts', 'gift.claim', { link: task.link })).coupons).toEqual(
      reply.coupons,
    );
    replyOf(await redeem(id(10)));
    expect(await pointsOf('U1')).toBe(50);
    const order = { orderNo: 'o-U1', memberNo: 'U1' };
    await shop.deliver({ event: 'order.paid', ...order });
    await shop.deliver({ event: 'order.refunded', ...order, refundedFen: 20_000 });
    expect(await pointsOf('U1')).toBe(0);
    await shop.settle();
    expect((await potsOf('stock', campaignId)).map(({ of, left }) => [of, left])).toEqual([
      ['pU1', 2],
      ['pU1:later', 0],
    ]);
    await expectBooksBalance(campaignId);
    expect(await couponsOf(campaignId)).toHaveLength(6);
  });
});

describe('the survey', () => {
  it('gives points for the first answer, and the reason to the task', async () => {
    const { task, me } = await claimed('V1');
    const key = newKey();
    const ask = { link: task.link, reason: 'moved' as const, note: '搬去城北了' };
    const answer = () => shop.chain.call(me, 'gifts', 'survey.answer', ask, key);
    expect(replyOf(await answer())).toEqual({ points: 100 });
    expect(replyOf(await answer())).toEqual({ points: 100 });
    expect(refusalOf(await shop.chain.call(me, 'gifts', 'survey.answer', ask))).toBe('survey-answered');
    expect(replyOf(await shop.chain.call(me, 'gifts', 'points.mine', {}))).toMatchObject({
      points: 100,
      expiring: { points: 100 },
      lines: [{ words: '问卷', points: 100 }],
    });
    expect((await table('tasks').find(task._id))?.surveyed).toMatchObject({ reason: 'moved' });
  });

  it.each(SURVEY_KILLED_AT)(
    'pays though the function died at its wait number %i and she never sent it again',
    async (nth) => {
      const who = `W${nth}`;
      const { task, me } = await claimed(who);
      const ask = { link: task.link, reason: 'price' as const, note: '' };
      await killedAt(
        shop.chain,
        'gifts',
        nth,
        'dropReply',
        () => shop.chain.call(me, 'gifts', 'survey.answer', ask),
        '*',
      );
      await shop.pulse();
      const stands = (await table('surveys').find(task._id)) !== null;
      expect(await pointsOf(who)).toBe(stands ? 100 : 0);
      expect((await table('surveys').find(task._id))?.owes).toBeUndefined();
      expect((await table('tasks').find(task._id))?.surveyed !== undefined).toBe(stands);
    },
  );
});

describe('what the calendar ends', () => {
  it('takes points and a kept level away with the day after their last, by the next pulse', async () => {
    const { task, me } = await claimed('E1', { ...PACK, points: { points: 50, validDays: 10, on: 'claim' } });
    await shop.chain.call(me, 'gifts', 'survey.answer', { link: task.link, reason: 'price', note: '' });
    expect(await pointsOf('E1')).toBe(150);
    await shop.chain.cloud.clock.moveTo(shop.chain.now() + 11 * DAY_MS);
    await shop.pulse();
    const member = await table('members').find('E1');
    expect(member?.loyalty).toMatchObject({ points: 0, expiring: null, level: 'gold' });
    expect(member?.loyaltyChangesOn).toBe(addDays(member?.loyalty?.levelUntil ?? TODAY, 1));
    const lines = replyOf(await shop.chain.call(me, 'gifts', 'points.mine', {})).lines;
    expect(lines.filter(({ words }) => words === '到期')).toHaveLength(2);
    await expectBooksBalance('pE1');
  });
});

describe('her level', () => {
  it('follows her orders by the next pulse, up and down again', async () => {
    await seedMember(shop.chain, 'N1', []);
    const levelOf = async () => {
      await shop.pulse();
      return (await table('members').find('N1'))?.loyalty;
    };
    const order = { orderNo: 'o-N1', memberNo: 'N1', amountFen: 200_000 };
    await shop.deliver({ event: 'order.paid', ...order, amountFen: 199_999 });
    expect((await levelOf())?.level ?? 'basic').toBe('basic');
    await shop.deliver({ event: 'order.paid', ...order });
    const until = addDays(addMonths(dayOf(shop.chain.now()), 12), -1);
    expect(await levelOf()).toMatchObject({ level: 'silver', levelUntil: until });
    await shop.deliver({ event: 'order.refunded', ...order, refundedFen: 1 });
    expect(await levelOf()).toMatchObject({ level: 'basic', levelUntil: null });
  });
});

describe('her own data', () => {
  it('is given to her whole, and gone when she says so, with the books unharmed', async () => {
    const { campaignId, me, id, task } = await claimed('W1');
    replyOf(await redeem(id(0)));
    const { json } = replyOf(await shop.chain.call(me, 'gifts', 'data.export', {}));
    expect(JSON.parse(json)).toMatchObject({
      会员: { _id: 'W1' },
      优惠券: { length: 3 },
      积分: [{ points: 50 }],
    });
    expect(json).not.toContain('"sealed"');
    for (let times = 0; times < 2; times++) {
      expect(replyOf(await shop.chain.call(me, 'gifts', 'data.erase', { sure: true }))).toEqual({
        erased: true,
      });
    }
    await shop.settle();
    const member = await table('members').find('W1');
    expect(member).toMatchObject({ openid: null, phoneTail: '', phone: null, optOut: { source: 'member' } });
    const kept = JSON.stringify([member, await couponsOf(campaignId), await table('tasks').find(task._id)]);
    expect(kept).not.toContain('王小1');
    expect(kept).not.toContain('wx-W1');
    expect((await couponsOf(campaignId)).map(({ status }) => status)).toEqual(['used', 'revoked', 'revoked']);
    await expectBooksBalance(campaignId);
    expect(refusalOf(await shop.chain.call(me, 'gifts', 'data.export', {}))).toBe('not-a-member');
  });
});

import { table } from '../../cloudfunctions/common/store/table';
import {
  addDays,
  addMonths,
  dayOf,
  DAY_MS,
  HOUR_MS,
  spokenDay,
  startOf,
} from '../../miniprogram/domain/kernel/day';
import { DEFAULT_OFFERS } from '../../miniprogram/domain/offers/settings';
import type { OfferSettings } from '../../miniprogram/domain/offers/settings';
import { returnOffersSince } from '../../cloudfunctions/common/store/returnOffers';
import type { MemberOffer } from '../../miniprogram/domain/offers/types';
import { newKey, refusalOf, replyOf, TODAY } from './chain';
import { openPhone, sealPhone } from '../../cloudfunctions/common/people/phones';
import { couponsOf, expectBooksBalance, PHONE_KEY, potsOf, startGiftShop } from './giftShop';
import type { GiftShop } from './giftShop';
import { AWAITS, killedAt } from './killing';
import { seedMember } from './people';

/** Where the function dies between an answer to the survey and its points: behind the answer, the points, the task. */
const SURVEY_KILLED_AT = process.env['GIFT_AWAITS'] ? [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] : [4, 5, 6, 10];
/** `GIFT_KILLED_AT=1,2,3,4,5,6`: at which write of a refund its function dies. */
const KILLED_AT = (process.env['GIFT_KILLED_AT'] ?? '3').split(',').map(Number);

jest.setTimeout(120_000);
let shop: GiftShop;
beforeAll(async () => {
  process.env['HUITOU_PHONE_KEY'] = PHONE_KEY;
  shop = await startGiftShop(['gifts', 'ingest', 'members', 'pulse', 'nightly']);
}, 60_000);
afterAll(() => shop.chain.stop());

const PACK: Partial<MemberOffer> = {
  rule: { kind: 'percent', pay: 70, minFen: 0, capFen: 10_000 },
  branchBudgetFen: 50_000,
  more: [
    {
      title: '新品体验',
      rule: { kind: 'trial', product: '新茶', worthFen: 1_500, minFen: 0 },
      validity: { kind: 'businessDays', days: 7 },
    },
    {
      title: '茶具立减',
      rule: { kind: 'amountOff', offFen: 2_000, minFen: 5_000 },
      validity: { kind: 'seconds', seconds: 3600 },
      scope: { categories: ['茶具'] },
      stacking: 'alone',
    },
  ],
  points: { points: 50, validDays: 90, on: 'redeem' },
  levelKeep: { level: 'gold', months: 3 },
  surveyPoints: 100,
};

async function claimed(memberId: string, offer: Partial<MemberOffer> = PACK) {
  const campaignId = `p${memberId}`;
  const [task] = await shop.campaign(campaignId, [memberId], offer);
  if (!task) throw new Error('no task');
  const reply = replyOf(await shop.chain.call(`wx-${memberId}`, 'gifts', 'gift.claim', { link: task.link }));
  return { campaignId, task, reply, me: `wx-${memberId}`, id: (n: number) => `${task._id}:${n}` };
}
const redeem = (couponId: string, basketFen = 20_000, key = newKey(), clerk = 'wx-c1') =>
  shop.chain.call(clerk, 'gifts', 'coupon.redeem', { couponId, basketFen }, key);
const pointsOf = async (memberId: string) => (await table('members').find(memberId))?.loyalty?.points ?? 0;
const heldOf = async (campaignId: string) => (await potsOf('budgets', campaignId))[0]?.left;

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

describe('a message about what ends', () => {
  const night = () => shop.chain.send(undefined, 'nightly', { Type: 'Timer', TriggerName: 'nightly' });
  const messages = () => table('outbox').all({ kind: 'pointsEnding' }, 100);
  const later = (days: number) => shop.chain.cloud.clock.moveTo(shop.chain.now() + days * DAY_MS);

  it('is put into the outbox a week before, once, for who said yes, and taken back when the points go', async () => {
    const pack = { ...PACK, points: { points: 50, validDays: 10, on: 'redeem' as const } };
    const [yes, no] = [await claimed('L1', pack), await claimed('L2', pack)];
    for (const { id } of [yes, no]) replyOf(await redeem(id(0)));
    replyOf(await shop.chain.call(yes.me, 'gifts', 'loyalty.remind', { what: 'points' }));
    expect(refusalOf(await shop.chain.call(yes.me, 'gifts', 'loyalty.remind', { what: 'level' }))).toBe(
      'remind-none',
    );
    const order = { orderNo: 'o-L1', memberNo: 'L1', paidAt: shop.chain.now() };
    await shop.deliver({ event: 'order.paid', ...order });
    await later(2);
    await night();
    expect(await messages()).toEqual([]);
    await later(1);
    await night();
    await night();
    const on = addDays(dayOf(shop.chain.now()), 7);
    expect(await messages()).toMatchObject([
      { _id: `pointsEnding:L1:${on}`, status: 'waiting', words: { points: '50', until: spokenDay(on) } },
    ]);
    await shop.deliver({ event: 'order.refunded', ...order, refundedFen: 20_000 });
    expect(await messages()).toMatchObject([{ status: 'dropped' }]);
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

describe('a visitor who registers', () => {
  const register = (openid: string, link: string | null, phoneCode?: string) =>
    shop.chain.call(openid, 'gifts', 'member.register', {
      link,
      name: ' 小云 ',
      ...(phoneCode === undefined ? {} : { phoneCode }),
    });
  const codeOf = (phone: string) => shop.chain.cloud.wechat.phoneCode(phone);
  const numbered = (phone: string) => ({ phone: sealPhone(phone), phoneTail: phone.slice(-4) });

  it('keeps the pack that was meant for her, and gives a name where none was known', async () => {
    const [task] = await shop.campaign('reg', ['G0001']);
    await table('members').changeIf({ _id: 'G0001' }, { name: '会员0001' });
    const reply = replyOf(await register('wx-new', task?.link ?? ''));
    expect(reply).toEqual({ memberId: 'G0001', giftIsHers: true, phone: 'none' });
    expect((await table('members').find('G0001'))?.name).toBe('小云');
    const friend = replyOf(await register('wx-friend', task?.link ?? ''));
    expect(friend.giftIsHers).toBe(false);
    expect(replyOf(await register('wx-friend', null)).memberId).toBe(friend.memberId);
    expect(refusalOf(await register('wx-c1', null))).toBe('gift-not-for-staff');
  });

  it('has the phone she allowed kept sealed, once, however often her phone asks', async () => {
    const code = codeOf('13900010001');
    const { memberId, phone } = replyOf(await register('wx-p1', null, code));
    expect(phone).toBe('kept');
    const member = await table('members').find(memberId);
    expect([member?.phoneTail, openPhone(member?.phone ?? { sealed: '' })]).toEqual(['0001', '13900010001']);
    // The answer was lost: the code is used up by now, and her number stands.
    expect(replyOf(await register('wx-p1', null, code)).phone).toBe('kept');
    expect(replyOf(await register('wx-p1', null, codeOf('13900019999'))).phone).toBe('differs');
    expect(JSON.stringify(shop.chain.cloud.wechat.sent())).not.toContain('13900010001');
    const { logs } = await shop.chain.send('wx-p1', 'gifts', { action: 'data.mine', ask: {} });
    expect(logs.join('')).not.toContain('13900010001');
  });

  it('is the one member of her phone, and nobody new', async () => {
    await seedMember(shop.chain, 'P2', [], { name: '会员0002', ...numbered('13900010002') });
    const reply = replyOf(await register('wx-p2', null, codeOf('13900010002')));
    expect(reply).toEqual({ memberId: 'P2', giftIsHers: false, phone: 'united' });
    expect(await table('members').all({ openid: 'wx-p2' }, 10)).toMatchObject([{ _id: 'P2', name: '小云' }]);
  });

  it('stays somebody new where the phone is another account’s, or two members’', async () => {
    await seedMember(shop.chain, 'P3', [], { openid: 'wx-other', ...numbered('13900010003') });
    await seedMember(shop.chain, 'P4', [], numbered('13900010004'));
    await seedMember(shop.chain, 'P5', [], numbered('13900010004'));
    for (const phone of ['13900010003', '13900010004']) {
      const reply = replyOf(await register(`wx-${phone}`, null, codeOf(phone)));
      expect(reply.phone).toBe('taken');
      expect(await table('members').find(reply.memberId)).toMatchObject({ phoneTail: '' });
    }
  });

  it('is a member without the phone that WeChat did not tell, and is united when she taps again', async () => {
    await seedMember(shop.chain, 'P6', [], numbered('13900010006'));
    const { memberId, phone } = replyOf(await register('wx-p6', null, 'a-code-of-yesterday'));
    expect(phone).toBe('unread');
    const again = replyOf(await register('wx-p6', null, codeOf('13900010006')));
    expect(again).toEqual({ memberId: 'P6', giftIsHers: false, phone: 'united' });
    expect(await table('members').find(memberId)).toBeNull();
    expect((await table('members').find('P6'))?.openid).toBe('wx-p6');
  });

  it('does not merge two numbers of the shop’s own because one opened the other’s card', async () => {
    const [task] = await shop.campaign('reg2', ['G0007']);
    await seedMember(shop.chain, 'P7', [], numbered('13900010007'));
    await table('members').changeIf({ _id: 'G0007' }, { phoneTail: '' });
    const reply = replyOf(await register('wx-p7', task?.link ?? '', codeOf('13900010007')));
    expect(reply).toEqual({ memberId: 'G0007', giftIsHers: true, phone: 'taken' });
    expect((await table('members').find('P7'))?.openid).toBeNull();
  });
});

describe('the rebate of an order', () => {
  const RULE = { ...DEFAULT_OFFERS.rebate.rule, trialProduct: '新茶小样' };
  const save = (part: Partial<OfferSettings>, version: number, key = newKey()) =>
    shop.chain.call(
      'wx-hq',
      'gifts',
      'offers.save',
      { settings: { ...DEFAULT_OFFERS, ...part, version } },
      key,
    );
  const on = { rebate: { isOn: true, rule: RULE } };
  const rebateOf = (orderNo: string) => table('coupons').all({ taskId: `rebate:pos:${orderNo}` }, 10);
  const mine = async (memberId: string) =>
    replyOf(await shop.chain.call(`wx-${memberId}`, 'gifts', 'coupon.mine', {})).coupons;
  const pay = (memberNo: string, orderNo: string, paidAt = shop.chain.now()) =>
    shop.deliver({ event: 'order.paid', orderNo, memberNo, paidAt, createdAt: paidAt });

  it('is switched on once, by whoever read the settings as they stand, and accounted for', async () => {
    const key = newKey();
    const saved = replyOf(await save(on, 0, key)).settings;
    expect(saved.version).toBe(1);
    expect(replyOf(await save(on, 0, key)).settings.version).toBe(1);
    expect(refusalOf(await save({ returnMonths: 6 }, 0))).toBe('offers-stale');
    expect(refusalOf(await save({ returnMonths: 99 }, 1))).toBe('bad-ask');
    expect(refusalOf(await save({ rebate: { isOn: true, rule: { ...RULE, trialProduct: '' } } }, 1))).toBe(
      'offers-unfit',
    );
    const read = replyOf(await shop.chain.call('wx-hq', 'gifts', 'offers.settings', {}));
    expect(read).toMatchObject({
      settings: { version: 1, rebate: { isOn: true } },
      saved: { by: '总部小陈' },
    });
    const told = await table('audit').all({ what: 'offers' }, 10);
    expect(told.map(({ staffId, detail }) => [staffId, detail])).toEqual([
      ['hq', expect.stringContaining('返利开') as string],
    ]);
  });

  it('lies in her own list after she paid, once however often the till tells it, and is good at the till', async () => {
    await seedMember(shop.chain, 'R1', [], { openid: 'wx-R1' });
    const before = shop.chain.now();
    await shop.chain.cloud.clock.moveTo(before + 60_000);
    await Promise.all([pay('R1', 'reb1'), pay('R1', 'reb1')]);
    await pay('R1', 'reb1');
    const coupons = await mine('R1');
    expect(coupons.map(({ headline, conditions }) => [headline, conditions]).sort()).toEqual([
      ['减¥20', '无门槛'],
      ['新茶小样', '无门槛'],
    ]);
    const off = coupons.find(({ headline }) => headline === '减¥20');
    expect(dayOf((off?.expiresAt ?? 0) - 1)).toBe(addDays(dayOf(shop.chain.now()), 29));
    const seen = replyOf(
      await shop.chain.call('wx-c1', 'gifts', 'coupon.look', {
        codeOrWord: off?.secretWord ?? '',
        basketFen: 5_000,
      }),
    );
    expect(seen).toMatchObject({ memberName: '王小1', worth: { offFen: 2_000, payFen: 3_000 } });
    replyOf(await redeem(off?.couponId ?? '', 5_000));
    // It is no return offer: the next campaign asks her all the same.
    expect((await returnOffersSince(['R1'], 0, null)).size).toBe(0);
    // An order paid before it was switched on earns none.
    await pay('R1', 'reb0', before - DAY_MS);
    expect(await rebateOf('reb0')).toEqual([]);
  });

  it('stays while more than half of the order does, and goes with the rest as far as nobody used it', async () => {
    await seedMember(shop.chain, 'R2', [], { openid: null });
    await pay('R2', 'reb2');
    const refund = (orderNo: string, refundedFen: number) =>
      shop.deliver({ event: 'order.refunded', orderNo, memberNo: 'R2', refundedFen });
    const states = async (orderNo: string) => (await rebateOf(orderNo)).map(({ status }) => status);
    await refund('reb2', 9_999);
    expect(await states('reb2')).toEqual(['unused', 'unused']);
    // Only now she has an account; the coupons are hers at her first look.
    await table('members').changeIf({ _id: 'R2' }, { openid: 'wx-R2' });
    expect(await mine('R2')).toHaveLength(2);
    // She uses one in another order, returns the first, then the second: it does not come back to life.
    replyOf(await redeem('rebate:pos:reb2:1'));
    await pay('R2', 'reb3');
    for (let times = 0; times < 2; times++) {
      await refund('reb2', 10_000);
      expect(await states('reb2')).toEqual(['revoked', 'used']);
    }
    await refund('reb3', 20_000);
    expect(await states('reb2')).toEqual(['revoked', 'revoked']);
    expect(await states('reb3')).toEqual(['revoked', 'revoked']);
    expect(refusalOf(await redeem('rebate:pos:reb3:0'))).toBe('coupon-revoked');
  });

  it.each(['error', 'dropReply'] as const)(
    'is given whole, and taken back whole, when the till dies at whatever it waits for and tells again (%s)',
    async (kind) => {
      await seedMember(shop.chain, `R4${kind}`, []);
      for (const nth of AWAITS) {
        const order = { orderNo: `reb4${kind}${nth}`, memberNo: `R4${kind}`, paidAt: shop.chain.now() };
        const states = async () => (await rebateOf(order.orderNo)).map(({ status }) => status);
        const paid = { event: 'order.paid' as const, ...order };
        const back = { event: 'order.refunded' as const, ...order, refundedFen: 20_000 };
        for (const [event, then] of [
          [paid, 'unused'],
          [back, 'revoked'],
        ] as const) {
          await killedAt(shop.chain, 'ingest', nth, kind, () => shop.deliver(event), '*');
          await shop.deliver(event);
          expect(await states()).toEqual([then, then]);
        }
      }
    },
  );

  it('costs no call while it was never on, and one for an order once it is', async () => {
    await seedMember(shop.chain, 'R3', []);
    const callsOf = async (orderNo: string): Promise<number> => {
      const paidAt = shop.chain.now();
      return (await shop.told({ event: 'order.paid', orderNo, memberNo: 'R3', paidAt })).databaseCalls;
    };
    const calls = await callsOf('reb4');
    const { offers } = (await table('chain').find('chain')) ?? {};
    await table('chain').changeIf({ _id: 'chain' }, { offers: null });
    expect(await callsOf('reb5')).toBe(calls - 1);
    await table('chain').changeIf({ _id: 'chain' }, { offers });
    replyOf(await save({ rebate: { isOn: false, rule: RULE } }, 1));
    expect(await callsOf('reb6')).toBe(calls - 1);
    expect(await rebateOf('reb6')).toEqual([]);
  });
});

describe('an order that a file tells', () => {
  /** As a till's export has it: of the time no more than the day. */
  async function told(orderNo: string, memberNo: string, refundedFen: number, key = newKey()): Promise<void> {
    const paidAt = startOf(dayOf(shop.chain.now()));
    const row = { row: 1, orderNo, memberNo, branchNo: 'B1', paidAt, createdAt: paidAt, amountFen: 20_000 };
    const more = { refundedFen, clerkNo: null, withCoupon: true, line: null };
    const ask = { rows: [{ ...row, ...more }], dryRun: false };
    replyOf(await shop.chain.call('wx-hq', 'members', 'import.orders', ask, key));
    for (;;) if (replyOf(await shop.chain.call('wx-hq', 'members', 'import.settle', {})).finished) return;
  }

  it('takes its coupons back with a return as the till’s telling does: coupon, points and step, once', async () => {
    const { id, task } = await claimed('Q1');
    replyOf(await redeem(id(0)));
    expect(await pointsOf('Q1')).toBe(50);
    await told('v1', 'Q1', 0);
    expect((await table('coupons').find(id(0)))?.redeemed?.orderId).toBe('csv:v1');
    for (let times = 0; times < 2; times++) {
      await told('v1', 'Q1', 20_000);
      const coupon = await table('coupons').find(id(0));
      expect(coupon).toMatchObject({ status: 'unused', reversed: [{ orderId: 'csv:v1' }] });
      expect(coupon?.reversed).toHaveLength(1);
      expect(await pointsOf('Q1')).toBe(0);
      expect((await table('tasks').find(task._id))?.redeemedAt).toBeNull();
    }
    // Good again, and a return told again leaves the new use alone.
    replyOf(await redeem(id(0)));
    await told('v1', 'Q1', 20_000);
    expect((await table('coupons').find(id(0)))?.status).toBe('used');
  });

  it('earns its rebate and loses it with the return, and pays an invitation as any other', async () => {
    const rebate = { isOn: true, rule: { ...DEFAULT_OFFERS.rebate.rule, trialProduct: '茶' } };
    const since = startOf(dayOf(shop.chain.now()));
    await table('chain').changeIf(
      { _id: 'chain' },
      {
        offers: {
          settings: { ...DEFAULT_OFFERS, rebate, version: 9 },
          savedAt: since,
          savedBy: 'hq',
          requestKey: 'k',
          rebated: { since, first: since },
        },
      },
    );
    await chainReferral('Q2', 'Q3');
    const states = async () =>
      (await table('coupons').all({ taskId: 'rebate:csv:v2' }, 10)).map(({ status }) => status);
    const { id } = await claimed('Q3', { more: [] });
    replyOf(await redeem(id(0)));
    await told('v2', 'Q3', 0);
    await told('v2', 'Q3', 0);
    expect(await states()).toEqual(['unused', 'unused']);
    expect((await table('referrals').find('Q2:0'))?.state).toBe('bought');
    await told('v2', 'Q3', 20_000);
    expect(await states()).toEqual(['revoked', 'revoked']);
    expect((await table('referrals').find('Q2:0'))?.state).toBe('registered');
    await table('chain').changeIf({ _id: 'chain' }, { offers: null });
  });

  async function chainReferral(inviterId: string, friendId: string): Promise<void> {
    await seedMember(shop.chain, inviterId, [], { openid: `wx-${inviterId}` });
    const { now } = shop.chain;
    await shop.chain.add('referrals', [
      {
        _id: `${inviterId}:0`,
        state: 'registered',
        inviterId,
        friendId,
        code: `code${inviterId}`,
        at: now(),
        boughtAt: null,
        orderId: null,
      },
    ]);
  }
});

describe('an invitation', () => {
  const invite = (openid: string) => shop.chain.call(openid, 'gifts', 'referral.invite', {});
  const accept = (openid: string, code: string, device?: string) =>
    shop.chain.call(openid, 'gifts', 'referral.accept', {
      code,
      name: '小友',
      ...(device ? { device } : {}),
    });

  const look = async (openid: string, code: string) =>
    replyOf(await shop.chain.call(openid, 'gifts', 'referral.look', { code }));

  it('knows the inviter’s own second account and a member of before by the phone, at once or before the reward', async () => {
    const phone = (tail: string) => `1390002${tail}`;
    const numbered = (tail: string) => ({ phone: sealPhone(phone(tail)), phoneTail: tail });
    await seedMember(shop.chain, 'J1', [], { openid: 'wx-J1', ...numbered('0001') });
    await seedMember(shop.chain, 'J2', [], numbered('0002'));
    const code = replyOf(await invite('wx-J1')).code ?? '';
    const by = (openid: string, tail: string) =>
      shop.chain.call(openid, 'gifts', 'referral.accept', {
        code,
        name: '小友',
        phoneCode: shop.chain.cloud.wechat.phoneCode(phone(tail)),
      });
    expect(refusalOf(await by('wx-J1b', '0001'))).toBe('referral-self');
    expect(refusalOf(await by('wx-J1b', '0002'))).toBe('referral-known');
    const { memberId } = replyOf(await by('wx-J1b', '0003'));
    expect(await table('members').find(memberId)).toMatchObject({ phoneTail: '0003', invitedBy: 'J1:0' });
    // Afterwards she turns out to have the inviter's number all the same: nobody is paid.
    await table('members').changeIf({ _id: memberId }, numbered('0001'));
    const due = { state: 'bought', boughtAt: shop.chain.now(), dueAt: shop.chain.now(), orderId: 'o' };
    await table('referrals').changeIf({ _id: 'J1:0' }, due);
    await shop.pulse();
    expect([await pointsOf('J1'), await pointsOf(memberId)]).toEqual([0, 0]);
    expect(replyOf(await invite('wx-J1')).invitations).toMatchObject([
      { state: 'void', words: '和您是同一个手机号，没有奖励' },
    ]);
  });

  it('pays both when the friend’s purchase can no longer be returned, and takes it back when it is', async () => {
    await seedMember(shop.chain, 'I1', [], { openid: 'wx-I1' });
    const first = replyOf(await invite('wx-I1'));
    const code = first.code ?? '';
    expect(first).toMatchObject({ isOn: true, path: `/member/invite/invite?c=${code}`, invitations: [] });
    expect(replyOf(await invite('wx-I1')).code).toBe(code);
    expect((await look('wx-I1', code)).face).toBe('mine');
    expect(await look('wx-friend1', code)).toMatchObject({
      face: 'open',
      inviterName: '王**',
      reward: { friendPoints: 200, refundDays: 7 },
    });
    expect(refusalOf(await accept('wx-I1', code))).toBe('referral-self');
    expect(refusalOf(await accept('wx-c1', code))).toBe('referral-staff');
    const { memberId } = replyOf(await accept('wx-friend1', code, 'phone-1'));
    expect(replyOf(await accept('wx-friend1', code, 'phone-1')).memberId).toBe(memberId);
    expect(refusalOf(await accept('wx-friend2', code))).toBe('referral-taken');
    const again = replyOf(await invite('wx-I1'));
    expect(again.invitations).toMatchObject([{ state: 'registered', friendName: '小**', points: 200 }]);
    expect((await look('wx-friend1', code)).face).toBe('accepted');
    expect((await look('wx-friend2', code)).face).toBe('taken');
    expect(refusalOf(await accept('wx-friend3', again.code ?? '', 'phone-1'))).toBe('referral-device');

    // She uses a coupon and buys.
    await table('members').changeIf({ _id: memberId }, { campaignId: 'ref' });
    const { id } = await claimed('X1', {});
    await table('coupons').changeAll({ _id: id(0) }, { memberId, openid: 'wx-friend1' });
    replyOf(await redeem(id(0)));
    const order = { orderNo: 'o-ref', memberNo: memberId };
    await shop.deliver({ event: 'order.paid', ...order });
    await shop.pulse();
    expect([await pointsOf('I1'), await pointsOf(memberId)]).toEqual([0, 0]);
    expect(replyOf(await invite('wx-I1')).invitations).toMatchObject([
      { state: 'bought', rewardOn: addDays(dayOf(shop.chain.now()), 8) },
    ]);
    await shop.chain.cloud.clock.moveTo(shop.chain.now() + 8 * DAY_MS);
    await shop.pulse();
    await shop.pulse();
    expect([await pointsOf('I1'), await pointsOf(memberId)]).toEqual([200, 200]);
    for (let times = 0; times < 2; times++) {
      await shop.deliver({
        event: 'order.refunded',
        ...order,
        refundedFen: 20_000,
        paidAt: shop.chain.now() - 8 * DAY_MS,
      });
      expect([await pointsOf('I1'), await pointsOf(memberId)]).toEqual([0, 0]);
    }
  });
});

it('keeps findings for the manager of the branch, with the redemptions, until she has looked', async () => {
  const ids = ['F1', 'F2', 'F3', 'F4', 'F5'];
  for (const memberId of ids)
    replyOf(await redeem((await claimed(memberId, { more: [] })).id(0), 9_000, newKey(), 'wx-c2'));
  const night = () => shop.chain.send(undefined, 'nightly', { Type: 'Timer', TriggerName: 'nightly' });
  await night();
  await night();
  const list = async () => replyOf(await shop.chain.call('wx-m1', 'gifts', 'flags.list', {})).flags;
  const [flag] = (await list()).filter(({ clerkName }) => clerkName === '李婷');
  expect(flag).toMatchObject({
    kind: 'onTheSpot',
    branchName: '东湖店',
    settled: null,
    evidence: { length: 5 },
  });
  expect(replyOf(await shop.chain.call('wx-m2', 'gifts', 'flags.list', {})).flags).toEqual([]);
  const flagId = flag?.flagId ?? '';
  expect(flagId).toBe(`onTheSpot:c2:${dayOf(shop.chain.now())}`);
  expect(refusalOf(await shop.chain.call('wx-m2', 'gifts', 'flags.settle', { flagId, note: '' }))).toBe(
    'other-branch',
  );
  replyOf(await shop.chain.call('wx-m1', 'gifts', 'flags.settle', { flagId, note: '试营业当天' }));
  expect((await list()).find((one) => one.flagId === flagId)?.settled).toMatchObject({ byName: '赵店长' });
});

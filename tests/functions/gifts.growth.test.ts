import { table } from '../../cloudfunctions/common/store/table';
import { addDays, dayOf, DAY_MS, startOf } from '../../miniprogram/domain/kernel/day';
import { DEFAULT_OFFERS } from '../../miniprogram/domain/offers/settings';
import type { OfferSettings } from '../../miniprogram/domain/offers/settings';
import { returnOffersSince } from '../../cloudfunctions/common/store/returnOffers';
import { newKey, refusalOf, replyOf } from './chain';
import { sealPhone } from '../../cloudfunctions/common/people/phones';
import { PHONE_KEY, startGiftShop } from './giftShop';
import type { GiftShop } from './giftShop';
import { AWAITS, killedAt } from './killing';
import { seedMember } from './people';
import { packsIn } from './packs';

jest.setTimeout(120_000);
let shop: GiftShop;
beforeAll(async () => {
  process.env['HUITOU_PHONE_KEY'] = PHONE_KEY;
  shop = await startGiftShop(['gifts', 'ingest', 'members', 'pulse', 'nightly']);
}, 60_000);
afterAll(() => shop.chain.stop());
const { claimed, redeem, pointsOf } = packsIn(() => shop);

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

import { addDays, day, startOf } from '../../../miniprogram/domain/kernel/day';
import { contactFlags, flagsOf } from '../../../miniprogram/domain/offers/flags';
import type { RedemptionFact } from '../../../miniprogram/domain/offers/flags';
import { keepsRebate, rebateOf, USUAL_REBATE } from '../../../miniprogram/domain/offers/rebate';
import { nextReferral } from '../../../miniprogram/domain/offers/referral';
import type { Referral, ReferralEvent, ReferralFriend } from '../../../miniprogram/domain/offers/referral';

describe('a rebate (返利)', () => {
  const rule = { ...USUAL_REBATE, trialProduct: '茶包' };
  it('splits ¥20 of a ¥100 order into a trial and a coupon without threshold of ¥10 each', () => {
    expect(rebateOf(10_000, rule).map((one) => one.rule)).toEqual([
      { kind: 'trial', product: '茶包', worthFen: 1_000, minFen: 0 },
      { kind: 'amountOff', offFen: 1_000, minFen: 0 },
    ]);
  });
  it('loses no fen when it does not divide, and is none when it is too small or everything was returned', () => {
    const fen = rebateOf(10_005, rule).map((one) =>
      one.rule.kind === 'trial' ? one.rule.worthFen : one.rule.kind === 'amountOff' ? one.rule.offFen : 0,
    );
    expect(fen).toEqual([1_000, 1_001]);
    expect(rebateOf(999, rule)).toEqual([]);
    expect(rebateOf(1_000, rule)).toHaveLength(2);
    expect(rebateOf(0, rule)).toEqual([]);
  });
  it('is kept while more than half of the order is, and brings something', () => {
    expect([10_000, 5_001, 5_000, 0].map((netFen) => keepsRebate(10_000, netFen, rule))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(keepsRebate(1_000, 999, rule)).toBe(false);
  });
});

describe('an invitation (老带新)', () => {
  const RULE = { leastFen: 5_000, refundDays: 7 };
  const D = day('2025-03-05');
  const start: Referral = { state: 'invited', inviterId: 'A', friendId: null, boughtAt: null };
  const friend: ReferralFriend = {
    memberId: 'F',
    isStaff: false,
    isKnown: false,
    sameDevice: false,
    samePhone: false,
    inviterChain: ['A'],
  };
  const through = (events: ReferralEvent[], from = start): Referral =>
    events.reduce((one, event) => {
      const next = nextReferral(one, event, RULE);
      if (!next.ok) throw new Error(next.failure.code);
      return next.value;
    }, from);
  const registered: ReferralEvent = { kind: 'registered', friend, at: 0 };
  const paid = (netFen: number, redeemed = true): ReferralEvent => ({
    kind: 'paid',
    netFen,
    redeemed,
    at: startOf(D, 15),
  });
  const on = (days: number): ReferralEvent => ({ kind: 'day', today: addDays(D, days) });

  it('pays both the day after the purchase can no longer be returned', () => {
    expect(through([registered, paid(5_000), on(7)]).state).toBe('bought');
    expect(through([registered, paid(5_000), on(8)]).state).toBe('rewarded');
  });

  it('asks for a purchase large enough, with a coupon used in the shop', () => {
    expect(through([registered, paid(4_999), on(30)]).state).toBe('registered');
    expect(through([registered, paid(9_000, false), on(30)]).state).toBe('registered');
    expect(through([paid(9_000), on(30)]).state).toBe('invited');
  });

  it('waits for another purchase when the first is returned, and is void when that comes after the reward', () => {
    const back: ReferralEvent = { kind: 'refunded', netFen: 0, at: 0 };
    expect(through([registered, paid(5_000), back, on(30)]).state).toBe('registered');
    expect(through([registered, paid(5_000), back, paid(6_000), on(30)]).state).toBe('rewarded');
    expect(through([registered, paid(5_000), on(8), back]).state).toBe('void');
    expect(through([registered, paid(9_000), { ...back, netFen: 5_000 }]).state).toBe('bought');
  });

  it.each([
    ['herself', { memberId: 'A' }, 'referral-self'],
    ['her other phone number', { samePhone: true }, 'referral-self'],
    ['staff', { isStaff: true }, 'referral-staff'],
    ['the same phone', { sameDevice: true }, 'referral-device'],
    ['whoever invited her', { memberId: 'Z', inviterChain: ['A', 'Z'] }, 'referral-loop'],
    ['a member of before', { isKnown: true }, 'referral-known'],
  ])('does not count %s', (_, known, code) => {
    const event: ReferralEvent = { kind: 'registered', friend: { ...friend, ...known }, at: 0 };
    expect(nextReferral(start, event, RULE)).toEqual({ ok: false, failure: { code } });
  });

  it('is for one friend, and for her again when she taps twice', () => {
    const once = through([registered]);
    expect(through([registered], once)).toEqual(once);
    const other: ReferralEvent = { kind: 'registered', friend: { ...friend, memberId: 'G' }, at: 0 };
    expect(nextReferral(once, other, RULE)).toMatchObject({ failure: { code: 'referral-taken' } });
  });
});

describe('what looks like gaming', () => {
  const T = startOf(day('2025-03-05'), 10);
  const use = (n: number, known: Partial<RedemptionFact> = {}): RedemptionFact => ({
    couponId: `k${n}`,
    memberId: `m${n}`,
    clerkId: 'c1',
    branchId: 'B1',
    claimedAt: T - 3_600_000,
    at: T + n * 60_000,
    basketFen: 20_000,
    offFen: 1_000,
    minFen: 0,
    device: null,
    ...known,
  });
  const many = (count: number, known: (n: number) => Partial<RedemptionFact>) =>
    Array.from({ length: count }, (_, n) => use(n, known(n)));
  const kinds = (facts: RedemptionFact[]) => flagsOf(facts).map(({ kind }) => kind);

  it('is five coupons of a day used within three minutes of the claim, not four', () => {
    const quick = (n: number) => ({ claimedAt: T + n * 60_000 - 179_999 });
    expect(kinds(many(4, quick))).toEqual([]);
    expect(kinds(many(5, quick))).toEqual(['onTheSpot']);
    expect(kinds(many(5, (n) => ({ claimedAt: T + n * 60_000 - 180_000 })))).toEqual([]);
  });

  it('is a member whose coupons always the same clerk takes', () => {
    expect(kinds(many(2, () => ({ memberId: 'm' })))).toEqual([]);
    const [flag] = flagsOf(many(3, () => ({ memberId: 'm' })));
    expect(flag).toMatchObject({
      id: 'sameMember:c1:m',
      branchId: 'B1',
      couponIds: ['k0', 'k1', 'k2'],
      memberIds: ['m'],
    });
  });

  it('is many members on one phone', () => {
    expect(kinds(many(2, () => ({ device: 'd' })))).toEqual([]);
    expect(kinds(many(3, () => ({ device: 'd' })))).toEqual(['oneDevice']);
    expect(kinds(many(3, () => ({ device: 'd', memberId: 'm' })))).not.toContain('oneDevice');
  });

  it('is one purchase cut into several, each just above the minimum', () => {
    const cut = { memberId: 'm', minFen: 10_000, basketFen: 10_100 };
    expect(kinds([use(0, cut), use(20, cut)])).toEqual(['splitOrders']);
    expect(kinds([use(0, cut), use(31, cut)])).toEqual([]);
    expect(kinds([use(0, cut), use(20, { ...cut, basketFen: 15_000 })])).toEqual([]);
  });

  it('is a clerk who says she wrote to twenty of whom nobody opened anything', () => {
    const said = (contacted: number, opened: number) =>
      contactFlags([{ clerkId: 'c1', branchId: 'B1', contacted, opened }], '2025-03');
    expect(said(19, 0)).toEqual([]);
    expect(said(20, 1)).toEqual([]);
    expect(said(20, 0)).toMatchObject([{ id: 'neverOpened:c1:2025-03', kind: 'neverOpened' }]);
  });
});

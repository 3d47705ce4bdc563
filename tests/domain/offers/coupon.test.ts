import fc from 'fast-check';
import { conditionsOf, couponStatusAt, headlineOf, worthOf } from '../../../miniprogram/domain/offers/coupon';
import { couponExpiry } from '../../../miniprogram/domain/offers/claim';
import type { CouponFact, CouponRule } from '../../../miniprogram/domain/offers/types';

const percent = (pay: number, more: Partial<Extract<CouponRule, { kind: 'percent' }>> = {}): CouponRule => ({
  kind: 'percent',
  pay,
  minFen: 0,
  capFen: null,
  ...more,
});
const off = (offFen: number, minFen = 0): CouponRule => ({ kind: 'amountOff', offFen, minFen });

describe('what a coupon is worth', () => {
  it('takes three tenths off at 7折, rounded down to whole fen', () => {
    expect(worthOf(percent(70), 21_999)).toEqual({ ok: true, value: { offFen: 6_599, payFen: 15_400 } });
  });

  it('stops at its cap', () => {
    const capped = percent(60, { capFen: 10_000 });
    expect(worthOf(capped, 25_000)).toEqual({ ok: true, value: { offFen: 10_000, payFen: 15_000 } });
    expect(worthOf(capped, 25_003)).toEqual({ ok: true, value: { offFen: 10_000, payFen: 15_003 } });
    expect(worthOf(capped, 24_997)).toEqual({ ok: true, value: { offFen: 9_998, payFen: 14_999 } });
  });

  it('asks for the minimum, and says how many yuan are missing', () => {
    expect(worthOf(off(2_000, 10_000), 10_000)).toEqual({
      ok: true,
      value: { offFen: 2_000, payFen: 8_000 },
    });
    expect(worthOf(off(2_000, 10_000), 9_999)).toEqual({
      ok: false,
      failure: { code: 'coupon-below-minimum', detail: '0.01' },
    });
    expect(worthOf(percent(70, { minFen: 10_000 }), 4_000)).toMatchObject({ failure: { detail: '60' } });
  });

  it('never pays the member out', () => {
    expect(worthOf(off(2_000), 1_500)).toEqual({ ok: true, value: { offFen: 1_500, payFen: 0 } });
  });

  it('always splits the basket into what is taken off and what is paid', () => {
    const rule = fc.oneof(
      fc.record({
        kind: fc.constant('percent' as const),
        pay: fc.integer({ min: 0, max: 100 }),
        minFen: fc.constant(0),
        capFen: fc.option(fc.integer({ min: 0, max: 50_000 })),
      }),
      fc.record({ kind: fc.constant('amountOff' as const), offFen: fc.nat(50_000), minFen: fc.constant(0) }),
    );
    fc.assert(
      fc.property(rule, fc.nat(10_000_000), (one: CouponRule, basketFen) => {
        const worth = worthOf(one, basketFen);
        if (!worth.ok) throw new Error('refused without a minimum');
        const { offFen, payFen } = worth.value;
        expect(offFen + payFen).toBe(basketFen);
        expect(Number.isInteger(offFen) && offFen >= 0 && payFen >= 0).toBe(true);
        if (one.kind === 'percent') {
          expect(offFen).toBeLessThanOrEqual(one.capFen ?? Infinity);
          expect(offFen * 100).toBeLessThanOrEqual(basketFen * (100 - one.pay));
        } else if (one.kind === 'amountOff') expect(offFen).toBeLessThanOrEqual(one.offFen);
      }),
    );
  });
});

describe('the life of a coupon', () => {
  const claimedAt = Date.UTC(2025, 2, 3, 4, 5, 6);
  const coupon: CouponFact = {
    status: 'unused',
    claimedAt,
    expiresAt: couponExpiry(claimedAt, 48),
    redeemedAt: null,
  };
  const after = (h: number, m: number, s: number, ms: number) =>
    claimedAt + ((h * 60 + m) * 60 + s) * 1000 + ms;

  it('is valid at 47:59:59.999 and expired at 48:00:00.000', () => {
    expect(couponStatusAt(coupon, after(47, 59, 59, 999))).toBe('unused');
    expect(couponStatusAt(coupon, after(48, 0, 0, 0))).toBe('expired');
  });

  it('stays used or revoked when its time is over', () => {
    expect(couponStatusAt({ ...coupon, status: 'used' }, after(99, 0, 0, 0))).toBe('used');
    expect(couponStatusAt({ ...coupon, status: 'revoked' }, after(1, 0, 0, 0))).toBe('revoked');
  });
});

describe('the words on a ticket', () => {
  it.each([
    [percent(70), '7折', '无门槛'],
    [percent(75, { minFen: 10_000, capFen: 5_000 }), '7.5折', '满¥100可用，最高减¥50'],
    [percent(88, { capFen: 10_000 }), '8.8折', '无门槛，最高减¥100'],
    [off(2_000), '减¥20', '无门槛'],
    [off(1_250, 99_900), '减¥12.50', '满¥999可用'],
  ])('%j', (rule, headline, conditions) => {
    expect(headlineOf(rule)).toBe(headline);
    expect(conditionsOf(rule)).toBe(conditions);
  });
});

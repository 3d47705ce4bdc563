import fc from 'fast-check';
import { day, startOf } from '../../../miniprogram/domain/kernel/day';
import { bestCombination } from '../../../miniprogram/domain/offers/combine';
import type { Combinable } from '../../../miniprogram/domain/offers/combine';
import { conditionsOf, couponStateAt, headlineOf, worthOf } from '../../../miniprogram/domain/offers/coupon';
import { expiryOf, spokenValidity } from '../../../miniprogram/domain/offers/validity';
import type { CouponFact, CouponRule } from '../../../miniprogram/domain/offers/types';

const off = (offFen: number, minFen = 0): CouponRule => ({ kind: 'amountOff', offFen, minFen });
const percent = (pay: number, capFen: number | null = null): CouponRule => ({
  kind: 'percent',
  pay,
  minFen: 0,
  capFen,
});
const TEA = { categories: ['茶'] };

describe('a coupon for some categories', () => {
  const basket = { totalFen: 10_000, categoryFen: { 茶: 6_000, 糖: 4_000 } };

  it('counts only what is of them, towards the minimum too', () => {
    expect(worthOf(percent(50), basket, TEA)).toMatchObject({ value: { offFen: 3_000, payFen: 7_000 } });
    expect(worthOf(off(1_000, 6_000), basket, TEA).ok).toBe(true);
    expect(worthOf(off(1_000, 6_001), basket, TEA)).toMatchObject({ failure: { detail: '0.01' } });
  });

  it('says what does not count, so that a wrong name is noticed', () => {
    expect(worthOf(percent(50), basket, TEA)).toMatchObject({ value: { notCounted: ['糖'] } });
    expect(worthOf(percent(50), basket)).toEqual({ ok: true, value: { offFen: 5_000, payFen: 5_000 } });
  });

  it('asks for the categories when nobody told them', () => {
    expect(worthOf(percent(50), 10_000, TEA)).toEqual({
      ok: false,
      failure: { code: 'coupon-needs-categories', detail: '茶' },
    });
  });

  it('never counts more than the basket came to', () => {
    const told = { totalFen: 3_000, categoryFen: { 茶: 9_000 } };
    expect(worthOf(percent(50), told, TEA)).toMatchObject({ value: { offFen: 1_500 } });
  });

  it('is said with its categories; a trial is the product and takes nothing off', () => {
    expect(conditionsOf(percent(70, 5_000), TEA)).toBe('无门槛，最高减¥50，限茶');
    const trial: CouponRule = { kind: 'trial', product: '新茶一袋', worthFen: 900, minFen: 0 };
    expect(headlineOf(trial)).toBe('新茶一袋');
    expect(worthOf(trial, 5_000)).toMatchObject({ value: { offFen: 0, payFen: 5_000 } });
  });
});

describe('how long a coupon is good', () => {
  const eleven = startOf(day('2025-03-05'), 23);

  it('lasts forty-eight hours to the second', () => {
    expect(expiryOf({ kind: 'seconds', seconds: 172_800 }, eleven)).toBe(eleven + 48 * 3_600_000);
  });

  it('lasts to the last millisecond of the business day in Shanghai, whatever zone the machine is in', () => {
    const midnight = startOf(day('2025-03-06'));
    expect(expiryOf({ kind: 'businessDays', days: 1 }, eleven)).toBe(midnight);
    expect(expiryOf({ kind: 'businessDays', days: 1 }, midnight - 1)).toBe(midnight);
    expect(expiryOf({ kind: 'businessDays', days: 1 }, midnight)).toBe(startOf(day('2025-03-07')));
    expect(expiryOf({ kind: 'untilDay', on: day('2025-03-05') }, eleven)).toBe(midnight);
    const coupon: CouponFact = { status: 'unused', claimedAt: eleven, expiresAt: midnight, redeemedAt: null };
    expect(couponStateAt(coupon, midnight - 1)).toBe('unused');
    expect(couponStateAt(coupon, midnight)).toBe('expired');
  });

  it('is said as people say it', () => {
    expect(spokenValidity({ kind: 'seconds', seconds: 172_800 })).toBe('领取后48小时内');
    expect(spokenValidity({ kind: 'businessDays', days: 1 })).toBe('领取当天内');
  });

  it('keeps a coupon that a till locked in time, no longer than the lock', () => {
    const lock = { until: 1_120, clerkId: 'c1' };
    const coupon: CouponFact = { status: 'unused', claimedAt: 0, expiresAt: 1_000, redeemedAt: null, lock };
    expect(couponStateAt(coupon, 1_119)).toBe('locked');
    expect(couponStateAt(coupon, 1_120)).toBe('expired');
  });
});

describe('several coupons on one basket', () => {
  const half: Combinable = { couponId: 'b-half', rule: percent(50) };
  const ten: Combinable = { couponId: 'a-ten', rule: off(1_000) };

  it('go on in the order that is best for her: the share of the full price first', () => {
    expect(bestCombination([ten, half], 10_000)).toEqual({
      used: [
        { couponId: 'b-half', offFen: 5_000 },
        { couponId: 'a-ten', offFen: 1_000 },
      ],
      offFen: 6_000,
      payFen: 4_000,
    });
  });

  it('takes only one where one stands alone or two are of a group, the better one', () => {
    expect(bestCombination([ten, { ...half, stacking: 'alone' }], 10_000).used).toEqual([
      { couponId: 'b-half', offFen: 5_000 },
    ]);
    const group = { group: '满减' };
    const best = bestCombination(
      [
        { ...ten, stacking: group },
        { couponId: 'c', rule: off(2_000), stacking: group },
      ],
      10_000,
    );
    expect(best.used).toEqual([{ couponId: 'c', offFen: 2_000 }]);
  });

  it('measures the minimum on what the ones before have left', () => {
    const strict: Combinable = { couponId: 'c', rule: off(3_000, 6_000) };
    expect(bestCombination([half, strict], 10_000).used.map(({ couponId }) => couponId)).toEqual([
      'c',
      'b-half',
    ]);
  });

  it('finds the same whatever order they are given in, never worse than one alone, never below nothing', () => {
    const some = fc.uniqueArray(
      fc.record({
        couponId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        rule: fc.oneof(
          fc.integer({ min: 10, max: 99 }).map((pay) => percent(pay)),
          fc.tuple(fc.nat(8_000), fc.nat(8_000)).map(([fen, min]) => off(fen, min)),
        ),
        stacking: fc.constantFrom(undefined, 'alone' as const, { group: 'g' }),
        scope: fc.constantFrom(undefined, TEA),
      }),
      { selector: ({ couponId }) => couponId, maxLength: 5 },
    );
    fc.assert(
      fc.property(some, fc.nat(20_000), fc.nat(20_000), (coupons, tea, rest) => {
        const basket = { totalFen: tea + rest, categoryFen: { 茶: tea, 别的: rest } };
        const best = bestCombination(coupons, basket);
        expect(bestCombination([...coupons].reverse(), basket)).toEqual(best);
        expect(best.payFen).toBe(basket.totalFen - best.offFen);
        expect(best.payFen).toBeGreaterThanOrEqual(0);
        for (const { rule, scope } of coupons) {
          const alone = worthOf(rule, basket, scope);
          if (alone.ok) expect(best.offFen).toBeGreaterThanOrEqual(alone.value.offFen);
        }
      }),
      { numRuns: 60 },
    );
  });
});

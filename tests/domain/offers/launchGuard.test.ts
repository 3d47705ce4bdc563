import fc from 'fast-check';
import { judgedOffers, launchGuard, upliftWords } from '../../../miniprogram/domain/offers/launchGuard';
import type { OffersOfPlan } from '../../../miniprogram/domain/offers/launchGuard';
import type { CouponRule, GiftOffer } from '../../../miniprogram/domain/offers/types';

const RATES = { chain: 0.4, byCategory: { 茶: 0.3 }, floor: 0.15 };
const percent = (pay: number): CouponRule => ({ kind: 'percent', pay, minFen: 0, capFen: null });
const amount = (offFen: number, minFen: number): CouponRule => ({ kind: 'amountOff', offFen, minFen });
const offer = (rule: CouponRule, part: Partial<GiftOffer> = {}): GiftOffer => ({
  title: '礼包',
  ladder: [{ stage: 'dormant', rule }],
  validHours: 48,
  trial: null,
  ...part,
});
const detailOf = (plan: OffersOfPlan, typicalFen: number | null = 20_000) => {
  const guarded = launchGuard(judgedOffers(plan, RATES, typicalFen));
  return guarded.ok ? null : guarded.failure.detail;
};

describe('the guard at the launch', () => {
  it('lets 7.5折 through at 40 % margin and a floor of 15 %, and names the rung that gives more', () => {
    expect(detailOf({ offer: offer(percent(75)) })).toBeNull();
    expect(detailOf({ offer: offer(percent(74)) })).toBe(
      '沉睡这一档 7.4折，让利 26% 后毛利只剩 14%，底线是 15%；7.5折或更少的优惠可以',
    );
    expect(detailOf({ offer: offer(percent(50)) })).toContain('毛利亏 10%');
  });

  it('says what amount off would pass, by its minimum or by the chain’s usual basket', () => {
    expect(detailOf({ offer: offer(amount(2_000, 8_000)) })).toBeNull();
    expect(detailOf({ offer: offer(amount(2_100, 8_000)) })).toContain('最多减¥20，或者满¥84减¥21可以');
    expect(detailOf({ offer: offer(amount(5_000, 0)) })).toBeNull();
    expect(detailOf({ offer: offer(amount(5_001, 0)) })).toContain('最多减¥50');
    expect(
      detailOf({ offer: offer({ kind: 'trial', product: '茶', worthFen: 5_001, minFen: 0 }) }),
    ).toContain('体验品最多值¥50');
  });

  it('says nothing of a coupon without minimum while nobody knows what a basket comes to', () => {
    expect(detailOf({ offer: offer(amount(5_001, 0)) }, null)).toBeNull();
    expect(detailOf({ offer: offer(percent(74)) }, null)).toContain('7.5折');
  });

  it('looks at every ladder, at what else a pack holds, at the follow-up, and at the categories they are for', () => {
    const plan = { offer: offer(percent(80)) };
    expect(detailOf({ ...plan, ladders: { high: [{ stage: 'lost', rule: percent(60) }] } })).toMatch(
      /^高价值会员的流失这一档 6折/,
    );
    expect(detailOf({ ...plan, followUpOffer: offer(percent(60)) })).toMatch(/^追加的沉睡这一档 6折/);
    const tea = { title: '买茶', rule: percent(80), validity: { kind: 'seconds', seconds: 60 } } as const;
    const scope = { categories: ['茶'] };
    expect(detailOf({ offer: offer(percent(80), { more: [tea] }) })).toBeNull();
    expect(detailOf({ offer: offer(percent(80), { more: [{ ...tea, scope }] }) })).toMatch(
      /^礼包里的“买茶”，让利 20% 后毛利只剩 10%/,
    );
    expect(detailOf({ offer: offer(percent(60), { more: [{ ...tea, scope }] }) })).toContain(
      '另有 1 档也不够',
    );
  });

  it('passes what it says would pass', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 99 }),
        fc.integer({ min: 2, max: 90 }),
        fc.integer({ min: 0, max: 80 }),
        (pay, chain, floor) => {
          const rates = { chain: chain / 100, floor: floor / 100 };
          const [rung] = judgedOffers({ offer: offer(percent(pay)) }, rates, null);
          const told = /^([\d.]+)折/.exec(rung?.wouldPass ?? '')?.[1];
          if (told === undefined) return;
          const than = Math.round(Number(told) * 10);
          expect(judgedOffers({ offer: offer(percent(than)) }, rates, null)[0]?.passes).toBe(true);
          expect(judgedOffers({ offer: offer(percent(than - 1)) }, rates, null)[0]?.passes).toBe(false);
        },
      ),
      { seed: 6, numRuns: 200 },
    );
  });

  it('tells how much more has to be sold, by the coupon that gives most', () => {
    const judged = (pay: number) => judgedOffers({ offer: offer(percent(pay)) }, RATES, null);
    expect(upliftWords([...judged(90), ...judged(84)])).toBe('成交要多出 67% 才不亏（按让得最多的一档算）');
    expect(upliftWords(judged(60))).toBe('有一档卖一单亏一单，多卖也回不来');
    expect(judged(60)[0]?.uplift).toBeNull();
  });
});

import fc from 'fast-check';
import { day, startOf } from '../../../miniprogram/domain/kernel/day';
import {
  breakEvenUplift,
  heldFenOf,
  marginGuard,
  packFault,
  worstOfPack,
} from '../../../miniprogram/domain/offers/margin';
import { contentsOf, worthWords } from '../../../miniprogram/domain/offers/pack';
import { remindAt } from '../../../miniprogram/domain/offers/remind';
import { mayGetReturnOffer } from '../../../miniprogram/domain/offers/returnOffer';
import { shardOrder, shardsOf } from '../../../miniprogram/domain/offers/stock';
import type { CouponRule, MemberOffer } from '../../../miniprogram/domain/offers/types';

const percent = (pay: number, capFen: number | null = null): CouponRule => ({
  kind: 'percent',
  pay,
  minFen: 0,
  capFen,
});
const RATES = { chain: 0.55, byCategory: { 茶: 0.3 }, floor: 0.2 };

describe('the margin guard', () => {
  it('lets an offer through that leaves the floor, and refuses one that leaves less', () => {
    expect(marginGuard(percent(65), RATES, 20_000).ok).toBe(true);
    expect(marginGuard(percent(64), RATES, 20_000)).toEqual({
      ok: false,
      failure: { code: 'below-margin', detail: '让利 36% 后毛利只剩 19%，底线是 20%' },
    });
  });

  it('goes by the thinnest of the categories it is good for', () => {
    expect(marginGuard(percent(90), RATES, 20_000, ['茶']).ok).toBe(true);
    expect(marginGuard(percent(89), RATES, 20_000, ['茶', '糖']).ok).toBe(false);
  });

  it('measures an amount off at its minimum, where it is deepest', () => {
    const amount = (minFen: number): CouponRule => ({ kind: 'amountOff', offFen: 2_000, minFen });
    expect(marginGuard(amount(10_000), RATES, 100).ok).toBe(true);
    expect(marginGuard(amount(5_000), RATES, 100_000).ok).toBe(false);
  });

  it('says how many times more has to be sold', () => {
    expect(breakEvenUplift(0.5, 0.25)).toBe(2);
    expect(breakEvenUplift(0.3, 0.3)).toBe(Infinity);
  });
});

describe('a branch’s budget', () => {
  const offer = {
    rule: percent(70, 10_000),
    more: [{ title: '', rule: percent(70), validity: { kind: 'seconds' as const, seconds: 60 } }],
  };

  it('needs every coupon bounded', () => {
    expect(worstOfPack({ rule: offer.rule })).toBe(10_000);
    expect(worstOfPack(offer)).toBeNull();
    expect(packFault({ more: offer.more, rules: [offer.rule] })).toBeNull();
    expect(packFault({ more: offer.more, rules: [offer.rule], branchBudgetFen: 1 })).toContain('最高减');
  });

  it('is tied up by the worst case, then by what was given, then by nothing', () => {
    const held = (state: Parameters<typeof heldFenOf>[0]['state']) =>
      heldFenOf({ state, offFen: 600 }, 1_000);
    expect([held('unused'), held('locked'), held('used'), held('expired'), held('revoked')]).toEqual([
      1_000, 1_000, 600, 0, 0,
    ]);
  });
});

describe('one return offer in so many months', () => {
  const last = startOf(day('2025-01-31'), 9);
  it('comes back on the same day of the month, held at its end', () => {
    expect(mayGetReturnOffer(last, startOf(day('2025-04-30')) - 1, 3)).toBe(false);
    expect(mayGetReturnOffer(last, startOf(day('2025-04-30')), 3)).toBe(true);
  });
  it('is for everybody who never had one, or where nobody counts', () => {
    expect(mayGetReturnOffer(null, 0, 3)).toBe(true);
    expect(mayGetReturnOffer(last, last, 0)).toBe(true);
  });
});

describe('a stock in shards', () => {
  it('loses no piece, and differs by at most one between shards', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (stock) => {
        const shards = shardsOf(stock);
        expect(shards.reduce((sum, one) => sum + one, 0)).toBe(stock);
        expect(Math.max(...shards) - Math.min(...shards)).toBeLessThanOrEqual(1);
        expect(shards.length).toBeLessThanOrEqual(32);
      }),
    );
  });
  it('is tried in the same order by the same claim, all of it, evenly by many', () => {
    const firsts = Array.from({ length: 4_000 }, (_, i) => shardOrder(`c:M${i}`, 8)[0] ?? -1);
    for (let shard = 0; shard < 8; shard++) {
      expect(firsts.filter((first) => first === shard).length).toBeGreaterThan(400);
    }
    expect([...shardOrder('c:M1', 8)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(shardOrder('c:M1', 8)).toEqual(shardOrder('c:M1', 8));
  });
});

describe('what is in a pack', () => {
  const offer: MemberOffer = {
    title: '回归礼',
    rule: percent(70, 10_000),
    validHours: 48,
    trial: null,
    more: [
      {
        title: '无门槛',
        rule: { kind: 'amountOff', offFen: 1_000, minFen: 0 },
        validity: { kind: 'businessDays', days: 7 },
      },
    ],
    points: { points: 100, validDays: 30, on: 'redeem' },
    levelKeep: { level: 'gold', months: 3 },
  };
  it('is said thing by thing, with a worth only where it is certain', () => {
    const items = contentsOf(offer);
    expect(items.map(({ title }) => title)).toEqual(['7折', '减¥10', '100 积分', '等级保级']);
    expect(items.map(({ valueFen }) => valueFen)).toEqual([null, 1_000, null, null]);
    expect(worthWords(items)).toBe('价值 ¥10，另有好礼');
    expect(worthWords(items.slice(0, 1))).toBeNull();
  });
});

describe('the reminder', () => {
  const D = day('2025-03-07');
  it('comes six hours before the end, or half-way', () => {
    expect(remindAt(startOf(D, 18), startOf(D, -20))).toBe(startOf(D, 12));
    expect(remindAt(startOf(D, 14), startOf(D, 10))).toBe(startOf(D, 12));
  });
  it('leaves the night alone, and is not promised too late', () => {
    expect(remindAt(startOf(D, 10), startOf(D, -38))).toBe(startOf(day('2025-03-06'), 20));
    expect(remindAt(startOf(D, 10), startOf(D, 10) - 600_000)).toBeNull();
  });
});

import fc from 'fast-check';
import { day } from '../../../../miniprogram/domain/kernel/day';
import { NO_FACTS } from '../../../../miniprogram/domain/membership/facts';
import { hasTags } from '../../../../miniprogram/domain/outreach/campaign/audience';
import { worstFenOf as worstOf } from '../../../../miniprogram/domain/offers/margin';
import { worstCase } from '../../../../miniprogram/domain/outreach/campaign/budget';
import { mayReenter } from '../../../../miniprogram/domain/outreach/campaign/cycle';
import {
  followUpReason,
  isAskedAgain,
  laterDay,
} from '../../../../miniprogram/domain/outreach/campaign/followUp';
import { preferredScripts } from '../../../../miniprogram/domain/outreach/campaign/preferred';
import { followUpDay, launchDay, rhythmFault } from '../../../../miniprogram/domain/outreach/campaign/rhythm';
import { dueDay, waveOf } from '../../../../miniprogram/domain/outreach/clerkDays';
import type { ClerkLoads } from '../../../../miniprogram/domain/outreach/types';

const WINDOW = { startsOn: day('2025-03-10'), endsOn: day('2025-03-23') };
const withFollowUp = (begins: 'onDay' | 'lastDays', days: number) => ({
  ...WINDOW,
  rhythm: { noticeDays: 3, followUp: { begins, days } },
});

describe('the rhythm', () => {
  it('puts the tasks on the lists on the first day, or so many days before', () => {
    expect(launchDay(WINDOW)).toBe('2025-03-10');
    expect(launchDay(withFollowUp('onDay', 8))).toBe('2025-03-07');
  });

  it('counts the follow-up from the first day or from the last', () => {
    expect(followUpDay(WINDOW)).toBeNull();
    expect(followUpDay(withFollowUp('onDay', 8))).toBe('2025-03-17');
    expect(followUpDay(withFollowUp('lastDays', 3))).toBe('2025-03-21');
    expect(followUpDay(withFollowUp('lastDays', 1))).toBe('2025-03-23');
  });

  it('has the follow-up behind the first day and not behind the last', () => {
    expect(rhythmFault(withFollowUp('onDay', 1))).toContain('开始之后');
    expect(rhythmFault(withFollowUp('onDay', 2))).toBeNull();
    expect(rhythmFault(withFollowUp('onDay', 14))).toBeNull();
    expect(rhythmFault(withFollowUp('onDay', 15))).toContain('赶不上');
    expect(rhythmFault(withFollowUp('lastDays', 13))).toBeNull();
    expect(rhythmFault(withFollowUp('lastDays', 14))).toContain('开始之后');
  });
});

describe('coming in again', () => {
  const last = { campaignId: 'c1', endedOn: day('2025-03-01') };

  it('is for everybody who was in none', () => {
    expect(mayReenter(null, null, day('2025-03-01'))).toBe(true);
  });

  it('is never, where the campaign says so', () => {
    expect(mayReenter(last, null, day('2035-03-01'))).toBe(false);
  });

  it('is after N days, not a day earlier', () => {
    expect(mayReenter(last, 30, day('2025-03-30'))).toBe(false);
    expect(mayReenter(last, 30, day('2025-03-31'))).toBe(true);
    expect(mayReenter(last, 0, day('2025-03-01'))).toBe(true);
  });
});

describe('the follow-up', () => {
  const fact = {
    openedAt: null,
    claimedAt: null,
    redeemedAt: null,
    wokenAt: null,
    couponExpiresAt: null,
    outcome: null,
    round: 0,
  };
  const NOW = 1_000;

  it.each([
    ['opened her gift', { openedAt: 1 }, '看过礼包还没领'],
    ['let her coupon run out', { openedAt: 1, claimedAt: 1, couponExpiresAt: NOW }, '领过的券过期没用'],
    ['said she would come', { outcome: 'willCome' as const }, '答应来店还没来'],
  ])('asks again who %s, and says so', (_, did, reason) => {
    expect(isAskedAgain({ ...fact, ...did }, NOW)).toBe(true);
    expect(followUpReason({ ...fact, ...did })).toContain(reason);
  });

  it.each([
    ['did nothing', {}],
    ['only said that it does not suit her', { outcome: 'notNow' as const }],
    ['bought', { openedAt: 1, wokenAt: 2 }],
    ['used her gift', { openedAt: 1, claimedAt: 1, redeemedAt: 2 }],
    ['was asked again already', { openedAt: 1, round: 1 }],
    ['holds a coupon that is good for another millisecond', { claimedAt: 1, couponExpiresAt: NOW + 1 }],
  ])('leaves alone who %s', (_, did) => {
    expect(isAskedAgain({ ...fact, ...did }, NOW)).toBe(false);
  });

  it('keeps within the clerk’s day and the campaign’s window', () => {
    const on = (nth: number) => laterDay(day('2025-03-21'), nth, 2, WINDOW.endsOn);
    expect([0, 1, 2, 3, 4, 5, 99].map(on)).toEqual([
      '2025-03-21',
      '2025-03-21',
      '2025-03-22',
      '2025-03-22',
      '2025-03-23',
      '2025-03-23',
      '2025-03-23',
    ]);
  });
});

describe('waves', () => {
  it('bring so many members a day', () => {
    expect([0, 499, 500, 999, 1000].map((nth) => waveOf(nth, 500))).toEqual([0, 0, 1, 1, 2]);
    expect(waveOf(1_000_000, null)).toBe(0);
  });

  it('never put more on a clerk’s day than she can do, nor anybody before her wave', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 80 }),
        fc.array(fc.boolean(), { maxLength: 30 }),
        (capacity, steps, highs) => {
          const loads: ClerkLoads = {};
          const perDay = new Map<number, number>();
          const put = (on: number) => perDay.set(on, (perDay.get(on) ?? 0) + 1);
          for (const isHigh of highs) put(dueDay(loads, 'c', isHigh, capacity));
          let wave = 0;
          for (const step of steps) {
            wave += step;
            const on = dueDay(loads, 'c', false, capacity, wave);
            expect(on).toBeGreaterThanOrEqual(wave);
            put(on);
          }
          for (const tasks of perDay.values()) expect(tasks).toBeLessThanOrEqual(capacity);
          expect(loads['c']).toBe(highs.length + steps.length || undefined);
        },
      ),
    );
  });
});

describe('the budget', () => {
  it('is compared with every coupon used to its cap', () => {
    expect(worstOf({ kind: 'percent', pay: 70, minFen: 0, capFen: 5_000 })).toBe(5_000);
    expect(worstOf({ kind: 'amountOff', offFen: 2_000, minFen: 0 })).toBe(2_000);
    expect(worstCase([5_000, 2_000], 7_000)).toEqual({ fen: 7_000, budgetFen: 7_000, mayExceed: false });
    expect(worstCase([5_000, 2_000], 6_999).mayExceed).toBe(true);
  });

  it('says that nobody can say where a percentage has no cap', () => {
    expect(worstCase([5_000, worstOf({ kind: 'percent', pay: 70, minFen: 0, capFen: null })], 7_000)).toEqual(
      {
        fen: null,
        budgetFen: 7_000,
        mayExceed: true,
      },
    );
    expect(worstCase([null], null).mayExceed).toBe(false);
  });
});

describe('an audience by tags', () => {
  const tea = { name: '茶', orders: 2, fen: 6_000, lastOn: day('2025-01-01'), gapDays: null };
  const her = {
    facts: { ...NO_FACTS, paidOrders: 4, paidFen: 10_000, ordersWithCoupon: 2, categories: [tea] },
    place: { lng: 120, lat: 30 },
    branchPlace: { lng: 120, lat: 30.01 },
  };

  it('asks for what her page says of her', () => {
    expect(hasTags(undefined, her)).toBe(true);
    expect(hasTags({ categories: ['咖啡', '茶'], promotion: true, distances: ['3公里内'] }, her)).toBe(true);
    expect(hasTags({ categories: ['咖啡'] }, her)).toBe(false);
    expect(hasTags({ distances: ['500米内'] }, her)).toBe(false);
    expect(hasTags({ promotion: true }, { ...her, facts: { ...her.facts, ordersWithCoupon: 1 } })).toBe(
      false,
    );
  });

  it('has nobody in a distance whose place is not known', () => {
    expect(hasTags({ distances: ['500米内', '3公里内', '3公里外'] }, { ...her, place: null })).toBe(false);
  });
});

it('prefers scripts of her exact tier before those of her lifecycle', () => {
  const tiers = [
    { lifecycle: 'lost' as const, value: null, scriptIds: ['b', 'c'] },
    { lifecycle: 'lost' as const, value: 'high' as const, scriptIds: ['a', 'b'] },
    { lifecycle: 'dormant' as const, value: null, scriptIds: ['d'] },
  ];
  expect(preferredScripts(tiers, { lifecycle: 'lost', value: 'high' })).toEqual(['a', 'b', 'c']);
  expect(preferredScripts(tiers, { lifecycle: 'lost', value: 'low' })).toEqual(['b', 'c']);
  expect(preferredScripts(undefined, { lifecycle: 'lost', value: 'low' })).toEqual([]);
});

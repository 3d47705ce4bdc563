import { day } from '../../../miniprogram/domain/kernel/day';
import { refillSentence, rhythmSentence } from '../../../miniprogram/domain/membership/explain';
import { factsOf } from '../../../miniprogram/domain/membership/facts';
import { rulesOf } from '../../../miniprogram/domain/membership/presets';
import { refillsOf, rhythmOf } from '../../../miniprogram/domain/membership/rhythm';
import type { ChainRhythm, TierRules } from '../../../miniprogram/domain/membership/types';
import { boughtOn, paidOrder, stranger } from '../people';

const chain: ChainRhythm = { computedOn: day('2025-01-01'), days: { high: 14, low: 45.5 } };
const monthly = boughtOn('2025-01-01', '2025-01-31', '2025-03-02');

describe('how often a member buys', () => {
  it('is the median of her own gaps, and says when she is expected', () => {
    expect(rhythmOf(monthly, 'low', chain, day('2025-05-01'))).toEqual({
      gapDays: 30,
      from: 'own',
      expectedNextPurchaseOn: '2025-04-01',
      overdueRatio: 2,
    });
  });

  it.each([
    ['2025-03-02', 0],
    ['2025-03-17', 0.5],
    ['2025-04-01', 1],
    ['2025-04-16', 1.5],
  ])('is on %s %d rounds since her last purchase', (today, ratio) => {
    expect(rhythmOf(monthly, 'low', chain, day(today))?.overdueRatio).toBe(ratio);
  });

  it('is that of her value tier while she has bought on two days only', () => {
    const twice = boughtOn('2025-01-01', '2025-01-31', '2025-01-31');
    expect(rhythmOf(twice, 'high', chain, day('2025-02-14'))).toEqual({
      gapDays: 14,
      from: 'segment',
      expectedNextPurchaseOn: '2025-02-14',
      overdueRatio: 1,
    });
    expect(rhythmOf(twice, 'low', chain, day('2025-02-14'))?.gapDays).toBe(46);
  });

  it('is not known where her tier has none, before the chain was measured, and of who never bought', () => {
    const once = boughtOn('2025-01-01');
    expect(rhythmOf(once, 'mid', chain, day('2025-02-14'))).toBeNull();
    expect(rhythmOf(once, 'high', null, day('2025-02-14'))).toBeNull();
    expect(rhythmOf(stranger, 'high', chain, day('2025-02-14'))).toBeNull();
  });

  it('is never shorter than a day', () => {
    const busy: ChainRhythm = { ...chain, days: { high: 0.3 } };
    expect(rhythmOf(boughtOn('2025-01-01'), 'high', busy, day('2025-01-03'))).toMatchObject({
      gapDays: 1,
      overdueRatio: 2,
    });
  });

  it('is said with its source and how late she is', () => {
    const said = (today: string) => {
      const rhythm = rhythmOf(monthly, 'low', chain, day(today));
      return rhythm && rhythmSentence(rhythm, monthly);
    };
    expect(said('2025-05-01')).toBe(
      '通常每30天买一次（按她自己的3次消费），预计2025年4月1日再来，已是平常间隔的2倍。',
    );
    expect(said('2025-03-31')).toContain('还没到时候');
    expect(said('2025-04-01')).toContain('该来了');
    expect(said('2025-04-06')).toContain('该来了');
    expect(said('2025-04-07')).toContain('已是平常间隔的1.2倍');
    const once = boughtOn('2025-01-01');
    const rhythm = rhythmOf(once, 'high', chain, day('2025-01-02'));
    expect(rhythm && rhythmSentence(rhythm, once)).toContain('按同价值会员的中位数');
  });
});

describe('what runs out', () => {
  const maternity = rulesOf('maternity', 1);
  const milk = (...days: string[]) =>
    factsOf(
      days.map((on) => paidOrder(on, { categoryFen: { 奶粉: 8_000, 玩具: 2_000 } })),
      [],
    );

  it.each([
    ['2025-03-30', -1],
    ['2025-03-31', 0],
    ['2025-04-05', 5],
  ])('by the chain’s rule: on %s it is %d days over', (today, overdueDays) => {
    expect(refillsOf(milk('2025-03-01'), maternity, day(today))).toEqual([
      { category: '奶粉', cycleDays: 30, from: 'rules', dueOn: '2025-03-31', overdueDays },
    ]);
  });

  it('goes by her own rhythm once she has bought on three days', () => {
    const own = milk('2025-01-01', '2025-01-21', '2025-02-10');
    expect(refillsOf(own, maternity, day('2025-03-12'))).toEqual([
      { category: '奶粉', cycleDays: 20, from: 'own', dueOn: '2025-03-02', overdueDays: 10 },
      { category: '玩具', cycleDays: 20, from: 'own', dueOn: '2025-03-02', overdueDays: 10 },
    ]);
    expect(refillsOf(milk('2025-01-01', '2025-01-21'), maternity, day('2025-03-12'))).toMatchObject([
      { category: '奶粉', cycleDays: 30, from: 'rules' },
    ]);
  });

  it('takes 婴儿奶粉 for 奶粉, and of two fitting rules the closer one', () => {
    const cycles = { 奶粉: 30, 婴儿奶粉: 25 };
    const of = (name: string) =>
      refillsOf(
        factsOf([paidOrder('2025-03-01', { categoryFen: { [name]: 8_000 } })], []),
        { ...maternity, cycles },
        day('2025-04-05'),
      ).map(({ cycleDays }) => cycleDays);
    expect([of('进口奶粉'), of('进口婴儿奶粉'), of('奶瓶')]).toEqual([[30], [25], []]);
  });

  it('puts the longest overdue first', () => {
    const facts = factsOf(
      [
        paidOrder('2025-03-10', { categoryFen: { 奶粉: 8_000 } }),
        paidOrder('2025-03-15', { categoryFen: { 辅食: 1_000 } }),
      ],
      [],
    );
    expect(refillsOf(facts, maternity, day('2025-04-20')).map(({ category }) => category)).toEqual([
      '辅食',
      '奶粉',
    ]);
  });

  it('is nothing where neither she nor the rules know how long it lasts', () => {
    expect(refillsOf(milk('2025-03-01'), rulesOf('retail', 1), day('2025-04-05'))).toEqual([]);
    const without: TierRules = { ...maternity, cycles: undefined };
    expect(refillsOf(milk('2025-03-01'), without, day('2025-04-05'))).toEqual([]);
    const odd = factsOf([paidOrder('2025-03-01', { categoryFen: { constructor: 100 } })], []);
    expect(refillsOf(odd, maternity, day('2025-04-05'))).toEqual([]);
    expect(refillsOf(stranger, maternity, day('2025-04-05'))).toEqual([]);
  });

  it('is said with when she bought and how long it lasts', () => {
    const said = (today: string) =>
      refillsOf(milk('2025-03-01'), maternity, day(today)).map(refillSentence).join();
    expect(said('2025-04-05')).toBe(
      '奶粉：上次买是2025年3月1日，约30天用完（店里设定的周期），2025年3月31日该补，已过5天。',
    );
    expect(said('2025-03-31')).toContain('就是今天');
    expect(said('2025-03-29')).toContain('还有2天');
  });
});

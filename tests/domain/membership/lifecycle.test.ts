import fc from 'fast-check';
import { addMonths, day, newestDayMonthsAgo } from '../../../miniprogram/domain/kernel/day';
import { factsOf } from '../../../miniprogram/domain/membership/facts';
import { lifecycleOf, quietStageOf } from '../../../miniprogram/domain/membership/lifecycle';
import { rulesOf } from '../../../miniprogram/domain/membership/presets';
import { boughtOn, paidOrder, someDay, someRules, stranger, unpaidOrder } from '../people';

const retail = rulesOf('retail', 1);
const stageOn = (lastPaidOn: string, today: string) => quietStageOf(day(lastPaidOn), retail, day(today));
/** Two purchases, so that 一单未复购 stays out of the way. */
const regular = (last: string) => boughtOn('2023-01-01', last);

describe('how quiet a member is', () => {
  it.each([
    ['2025-03-10', '2025-06-09', 'awake'],
    ['2025-03-10', '2025-06-10', 'drowsy'],
    ['2025-03-10', '2025-09-09', 'drowsy'],
    ['2025-03-10', '2025-09-10', 'dormant'],
    ['2025-03-10', '2026-03-09', 'dormant'],
    ['2025-03-10', '2026-03-10', 'lost'],
  ])('last bought %s, on %s she is %s', (last, today, stage) => {
    expect(stageOn(last, today)).toBe(stage);
  });

  it('turns someone who bought on 31 August drowsy on 30 November, not a day earlier', () => {
    expect(stageOn('2025-08-31', '2025-11-29')).toBe('awake');
    expect(stageOn('2025-08-31', '2025-11-30')).toBe('drowsy');
  });

  it('ends a window that began in a longer month on the last of February', () => {
    expect(stageOn('2023-11-30', '2024-02-28')).toBe('awake');
    expect(stageOn('2023-11-30', '2024-02-29')).toBe('drowsy');
    expect(stageOn('2024-11-30', '2025-02-27')).toBe('awake');
    expect(stageOn('2024-11-30', '2025-02-28')).toBe('drowsy');
  });

  it.each([
    ['2023-08-29', '2024-02-28', 'drowsy'],
    ['2023-08-29', '2024-02-29', 'dormant'],
    ['2023-08-31', '2024-02-28', 'drowsy'],
    ['2023-08-31', '2024-02-29', 'dormant'],
    ['2024-02-28', '2025-02-27', 'dormant'],
    ['2024-02-28', '2025-02-28', 'lost'],
    ['2023-02-28', '2024-02-27', 'dormant'],
    ['2023-02-28', '2024-02-28', 'lost'],
    ['2024-05-31', '2024-08-30', 'awake'],
    ['2024-05-31', '2024-08-31', 'drowsy'],
    ['2024-12-31', '2025-03-30', 'awake'],
    ['2024-12-31', '2025-03-31', 'drowsy'],
  ])('over a short month: last bought %s, on %s she is %s', (last, today, stage) => {
    expect(stageOn(last, today)).toBe(stage);
  });

  it.each([
    ['daily', '2025-02-27', 'awake'],
    ['daily', '2025-02-28', 'drowsy'],
    ['daily', '2025-03-30', 'drowsy'],
    ['daily', '2025-03-31', 'dormant'],
    ['daily', '2025-05-30', 'dormant'],
    ['daily', '2025-05-31', 'lost'],
    ['retail', '2025-04-29', 'awake'],
    ['retail', '2025-04-30', 'drowsy'],
    ['retail', '2025-07-30', 'drowsy'],
    ['retail', '2025-07-31', 'dormant'],
    ['retail', '2026-01-30', 'dormant'],
    ['retail', '2026-01-31', 'lost'],
    ['maternity', '2025-07-30', 'awake'],
    ['maternity', '2025-07-31', 'drowsy'],
    ['maternity', '2026-01-30', 'drowsy'],
    ['maternity', '2026-01-31', 'dormant'],
    ['maternity', '2026-07-30', 'dormant'],
    ['maternity', '2026-07-31', 'lost'],
  ] as const)('%s: who bought last on 31 January 2025 is on %s %s', (preset, today, stage) => {
    expect(quietStageOf(day('2025-01-31'), rulesOf(preset, 1), day(today))).toBe(stage);
  });

  it('counts a year from 29 February to 28 February', () => {
    expect(stageOn('2024-02-29', '2025-02-27')).toBe('dormant');
    expect(stageOn('2024-02-29', '2025-02-28')).toBe('lost');
  });

  it('knows that a night purchase belongs to the day in Shanghai', () => {
    const beforeMidnight = factsOf(
      [paidOrder('2025-03-10', { paidAt: Date.UTC(2025, 2, 10, 15, 59, 59, 999) })],
      [],
    );
    const atMidnight = factsOf([paidOrder('2025-03-10', { paidAt: Date.UTC(2025, 2, 10, 16) })], []);
    expect(beforeMidnight.lastPaidOn).toBe('2025-03-10');
    expect(atMidnight.lastPaidOn).toBe('2025-03-11');
  });

  it('gives other trades other windows', () => {
    const [last, today] = [day('2025-01-15'), day('2025-06-15')];
    expect(quietStageOf(last, rulesOf('daily', 1), today)).toBe('lost');
    expect(quietStageOf(last, retail, today)).toBe('drowsy');
    expect(quietStageOf(last, rulesOf('maternity', 1), today)).toBe('awake');
  });

  it('says the same by comparing with one day as by adding months to each', () => {
    fc.assert(
      fc.property(someDay, someDay, fc.integer({ min: 1, max: 24 }), (last, today, months) => {
        expect(last <= newestDayMonthsAgo(today, months)).toBe(addMonths(last, months) <= today);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('where a member stands', () => {
  const on = (facts: Parameters<typeof lifecycleOf>[0], today: string) =>
    lifecycleOf(facts, retail, day(today));

  it('tells someone who never came from someone who came and did not buy', () => {
    expect(on(stranger, '2025-06-01')).toBe('prospect');
    expect(on(factsOf([], [day('2025-05-30')]), '2025-06-01')).toBe('visitedNoOrder');
  });

  it('counts an unpaid order for seven days', () => {
    const facts = factsOf([unpaidOrder('2025-06-01')], []);
    expect(on(facts, '2025-06-01')).toBe('orderUnpaid');
    expect(on(facts, '2025-06-07')).toBe('orderUnpaid');
    expect(on(facts, '2025-06-08')).toBe('prospect');
  });

  it('counts the seven days of an unpaid order from midnight in Shanghai', () => {
    const at = (createdAt: number) => factsOf([{ ...unpaidOrder('2025-06-01'), createdAt }], []);
    // 16:00 in UTC is midnight there.
    expect(on(at(Date.UTC(2025, 5, 1, 15, 59, 59, 999)), '2025-06-08')).toBe('prospect');
    expect(on(at(Date.UTC(2025, 5, 1, 16)), '2025-06-08')).toBe('orderUnpaid');
    expect(on(at(Date.UTC(2025, 5, 1, 16)), '2025-06-09')).toBe('prospect');
  });

  it('counts who only looked at a page with those who came and did not buy', () => {
    expect(on(factsOf([], [], [day('2025-05-30')]), '2025-06-01')).toBe('visitedNoOrder');
    expect(on(factsOf([paidOrder('2025-05-01')], [], [day('2025-05-30')]), '2025-05-31')).toBe('active');
  });

  it('calls one order not repeated earlier where people buy daily', () => {
    const daily = rulesOf('daily', 1);
    const once = boughtOn('2025-03-10');
    expect(lifecycleOf(once, daily, day('2025-03-24'))).toBe('active');
    expect(lifecycleOf(once, daily, day('2025-03-25'))).toBe('oneOrderOnly');
    expect(lifecycleOf(once, daily, day('2025-04-09'))).toBe('oneOrderOnly');
    expect(lifecycleOf(once, daily, day('2025-04-10'))).toBe('drowsy');
  });

  it('takes a purchase somebody only remembers for one', () => {
    const told = factsOf([paidOrder('2025-03-10', { paidFen: 0, priceUnknown: true })], []);
    expect(on(told, '2025-04-09')).toBe('active');
    expect(on(told, '2025-04-10')).toBe('oneOrderOnly');
  });

  it('puts a fresh unpaid order before everything else she is', () => {
    const facts = factsOf([paidOrder('2024-01-01'), paidOrder('2024-02-01'), unpaidOrder('2025-06-01')], []);
    expect(on(facts, '2025-06-02')).toBe('orderUnpaid');
    expect(on(facts, '2025-06-20')).toBe('lost');
  });

  it('calls one order not repeated after more than thirty days, until she is drowsy', () => {
    const once = boughtOn('2025-03-10');
    expect(on(once, '2025-04-09')).toBe('active');
    expect(on(once, '2025-04-10')).toBe('oneOrderOnly');
    expect(on(once, '2025-06-09')).toBe('oneOrderOnly');
    expect(on(once, '2025-06-10')).toBe('drowsy');
  });

  it('never calls a second-time buyer one-order-only', () => {
    expect(on(regular('2025-03-10'), '2025-06-09')).toBe('active');
  });

  it('forgets a purchase that was refunded in full, and one that was cancelled', () => {
    const refunded = factsOf([paidOrder('2025-05-01', { refundedFen: 10_000 })], []);
    const cancelled = factsOf([paidOrder('2025-05-01', { status: 'cancelled' })], []);
    expect(on(refunded, '2025-05-02')).toBe('prospect');
    expect(on(cancelled, '2025-05-02')).toBe('prospect');
    const partly = factsOf([paidOrder('2025-05-01', { refundedFen: 9_999 })], []);
    expect(on(partly, '2025-05-02')).toBe('active');
  });

  it('never warms up by waiting', () => {
    const coldness = ['awake', 'drowsy', 'dormant', 'lost'];
    fc.assert(
      fc.property(someDay, someDay, someDay, someRules, (a, b, c, rules) => {
        const [last, sooner, later] = [a, b, c].sort();
        if (last === undefined || sooner === undefined || later === undefined) return;
        expect(coldness.indexOf(quietStageOf(last, rules, sooner))).toBeLessThanOrEqual(
          coldness.indexOf(quietStageOf(last, rules, later)),
        );
      }),
    );
  });
});

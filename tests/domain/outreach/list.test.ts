import fc from 'fast-check';
import { addDays, day, startOf } from '../../../miniprogram/domain/kernel/day';
import { LIFECYCLES, VALUES } from '../../../miniprogram/domain/membership/types';
import { priorityOf, tabOf } from '../../../miniprogram/domain/outreach/priority';
import type { PriorityFact } from '../../../miniprogram/domain/outreach/types';
import { whyNow } from '../../../miniprogram/domain/outreach/whyNow';
import type { WhyNowFacts } from '../../../miniprogram/domain/outreach/whyNow';

const today = day('2025-03-05');
const plain: PriorityFact = {
  lifecycle: 'dormant',
  value: 'low',
  urged: false,
  dueOn: today,
  claimedUnused: false,
  openedUnclaimed: false,
  lastPaidOn: null,
};
const score = (more: Partial<PriorityFact>) => priorityOf({ ...plain, ...more }, today).score;
const yesterday = addDays(today, -1);

describe('the order of a clerk’s list', () => {
  it('puts each reason above everything that lies below it, taken together', () => {
    const steps: Partial<PriorityFact>[] = [
      { urged: true },
      { claimedUnused: true },
      { dueOn: yesterday },
      { value: 'high' },
      { value: 'mid' },
      { openedUnclaimed: true },
    ];
    steps.forEach((step, i) => {
      const below = steps
        .slice(i + 1)
        .reduceRight<Partial<PriorityFact>>((all, one) => ({ ...all, ...one }), {});
      const best = Math.max(...LIFECYCLES.map((lifecycle) => score({ ...below, lifecycle })));
      expect(score({ ...step, lifecycle: 'lost' })).toBeGreaterThan(best);
    });
  });

  it('lets coldness decide between equals, the colder the later', () => {
    const scores = (['drowsy', 'dormant', 'lost'] as const).map((lifecycle) => score({ lifecycle }));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).toBe(3);
  });

  it('says why, strongest first', () => {
    const fact: PriorityFact = {
      ...plain,
      urged: true,
      dueOn: addDays(today, -3),
      value: 'high',
      lifecycle: 'drowsy',
    };
    expect(priorityOf(fact, today).reasons).toEqual([
      '店长催办',
      '逾期3天',
      '高价值',
      '刚开始变冷，容易请回来',
    ]);
  });

  it('has a reason for every score', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LIFECYCLES),
        fc.constantFrom(...VALUES),
        fc.boolean(),
        fc.boolean(),
        (lifecycle, value, urged, claimedUnused) => {
          const priority = priorityOf({ ...plain, lifecycle, value, urged, claimedUnused }, today);
          expect(priority.score > 0).toBe(priority.reasons.length > 0);
        },
      ),
    );
  });
});

describe('the tab of a task', () => {
  it.each([
    ['open', yesterday, 'overdue'],
    ['open', today, 'today'],
    ['open', addDays(today, 1), 'upcoming'],
    ['contacted', yesterday, 'overdue'],
    ['contacted', addDays(today, 7), 'upcoming'],
    ['woken', yesterday, 'done'],
    ['closed', addDays(today, 7), 'done'],
    ['heldOut', today, 'done'],
  ] as const)('%s and due on %s is %s', (status, dueOn, tab) => {
    expect(tabOf({ status, dueOn }, today)).toBe(tab);
  });
});

describe('the why-now sentence', () => {
  const base: WhyNowFacts = {
    facts: { paidOrders: 12, lastPaidOn: day('2024-08-03'), unpaidOn: null, lastVisitOn: null },
    lifecycle: 'dormant',
    today,
    claimedUntil: null,
    opened: false,
  };

  it('says how often she bought, when last, and how long she has been away', () => {
    expect(whyNow(base)).toBe('买过12次、上次在去年8月，已经214天没来了');
    expect(whyNow({ ...base, today: day('2024-12-03') })).toBe('买过12次、上次在8月，已经122天没来了');
  });

  it('does not say she stayed away when she only bought nothing', () => {
    expect(whyNow({ ...base, facts: { ...base.facts, lastVisitOn: day('2025-01-01') } })).toContain('没买了');
  });

  it.each<[string, Partial<WhyNowFacts>]>([
    ['礼包领了还没用，3月7日 09:00到期', { claimedUntil: startOf(day('2025-03-07'), 9), opened: true }],
    ['看过礼包还没领，已经214天没买了', { opened: true }],
    [
      '昨天下的单还没付款，问问是不是遇到了问题',
      { lifecycle: 'orderUnpaid', facts: { ...base.facts, unpaidOn: yesterday } },
    ],
    [
      '还没来过，先认识一下',
      { lifecycle: 'prospect', facts: { ...base.facts, paidOrders: 0, lastPaidOn: null } },
    ],
    [
      '昨天来过店里，还没买过',
      {
        lifecycle: 'visitedNoOrder',
        facts: { ...base.facts, paidOrders: 0, lastPaidOn: null, lastVisitOn: yesterday },
      },
    ],
    [
      '40天前第一次买，还没有第二次',
      { lifecycle: 'oneOrderOnly', facts: { ...base.facts, paidOrders: 1, lastPaidOn: addDays(today, -40) } },
    ],
    ['今天刚买过，问问用得怎么样', { lifecycle: 'active', facts: { ...base.facts, lastPaidOn: today } }],
  ])('%s', (sentence, more) => {
    expect(whyNow({ ...base, ...more })).toBe(sentence);
  });

  it('fits on the card', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LIFECYCLES),
        fc.integer({ min: 1, max: 999 }),
        fc.integer({ min: 0, max: 4000 }),
        fc.boolean(),
        (lifecycle, paidOrders, days, opened) => {
          const last = addDays(today, -days);
          const facts = { paidOrders, lastPaidOn: last, unpaidOn: last, lastVisitOn: last };
          expect(whyNow({ ...base, lifecycle, facts, opened }).length).toBeLessThanOrEqual(32);
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { generateChain } from '../../../../devkit/demo/chain';
import { addDays, day } from '../../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../../miniprogram/domain/kernel/day';
import { aovCutOf, medianRankOf } from '../../../../miniprogram/domain/membership/aov';
import { dayOfNumber, numberOfDay } from '../../../../miniprogram/domain/membership/bulk/dayNumber';
import { matrixOfAll } from '../../../../miniprogram/domain/membership/bulk/matrixOfAll';
import { OrderBook } from '../../../../miniprogram/domain/membership/bulk/orderBook';
import { NEVER_PAID, placeAll, QUIET_STAGES } from '../../../../miniprogram/domain/membership/bulk/placeAll';
import type { Placements } from '../../../../miniprogram/domain/membership/bulk/placeAll';
import { aovsOf, gapsOf, rhythmByValue } from '../../../../miniprogram/domain/membership/bulk/rhythms';
import { statistics } from '../../../../miniprogram/domain/membership/bulk/statistics';
import { factsOf } from '../../../../miniprogram/domain/membership/facts';
import { matrixOf } from '../../../../miniprogram/domain/membership/matrix';
import { placeMember } from '../../../../miniprogram/domain/membership/place';
import { PRESETS, rulesOf } from '../../../../miniprogram/domain/membership/presets';
import type {
  AovCut,
  MemberFacts,
  OrderFact,
  Placement,
  PresetName,
  TierRules,
} from '../../../../miniprogram/domain/membership/types';
import { LIFECYCLES, VALUES } from '../../../../miniprogram/domain/membership/types';
import { orderOn, paidOrder, someDay, someRules } from '../../people';

/** How many chains are made up; `BULK_RUNS=1500` tries more. */
const RUNS = Number(process.env['BULK_RUNS'] ?? 250);

interface Person {
  orders: OrderFact[];
  visits: Day[];
  browses: Day[];
}

/** Few members with an order each, some with dozens: both ways of sorting are walked. */
const someone: fc.Arbitrary<Person> = fc.record({
  orders: fc.oneof(
    { weight: 4, arbitrary: fc.array(someOrderOrMemory(), { maxLength: 8 }) },
    { weight: 1, arbitrary: fc.array(someOrderOrMemory(), { minLength: 30, maxLength: 50 }) },
  ),
  visits: fc.array(someDay, { maxLength: 1 }),
  browses: fc.array(someDay, { maxLength: 1 }),
});

function someOrderOrMemory(): fc.Arbitrary<OrderFact> {
  const order = orderOn(someDay);
  return fc.oneof(
    { weight: 6, arbitrary: order },
    {
      weight: 1,
      arbitrary: order.map((one): OrderFact => ({
        ...one,
        paidFen: 0,
        refundedFen: 0,
        priceUnknown: true,
      })),
    },
  );
}

const factsOfPerson = ({ orders, visits, browses }: Person) => factsOf(orders, visits, browses);

/** The orders of all, dealt round like at a till: one of each in turn. */
function bookOf(people: readonly Person[]): OrderBook {
  const book = new OrderBook();
  people.forEach((_, i) => book.memberOf(`M${i}`));
  const most = Math.max(0, ...people.map(({ orders }) => orders.length));
  for (let n = 0; n < most; n++)
    people.forEach(({ orders }, i) => {
      const order = orders[n];
      if (order) book.add(`M${i}`, order);
    });
  people.forEach(({ visits, browses }, i) => {
    if (visits.length + browses.length > 0) book.addInterest(`M${i}`);
  });
  return book;
}

function placementAt(placed: Placements, i: number, rulesVersion: number): Placement {
  const quiet = placed.quiet[i] ?? NEVER_PAID;
  const changesOn = placed.changesOn[i] ?? 0;
  const lifecycle = LIFECYCLES[placed.lifecycle[i] ?? -1];
  const value = VALUES[placed.value[i] ?? -1];
  if (lifecycle === undefined || value === undefined) throw new Error(`nothing stands at ${i}`);
  return {
    lifecycle,
    quiet: quiet === NEVER_PAID ? null : (QUIET_STAGES[quiet] ?? null),
    value,
    changesOn: changesOn === 0 ? null : dayOfNumber(changesOn),
    rulesVersion,
  };
}

const someCut = fc.option(
  fc
    .integer({ min: 1, max: 50_000 })
    .map((fen): AovCut => ({ fen, computedOn: day('2024-01-01'), members: 9 })),
);

describe('days as numbers', () => {
  it('come back as the same days', () => {
    fc.assert(fc.property(someDay, (on) => expect(dayOfNumber(numberOfDay(on))).toBe(on)));
    expect(numberOfDay(day('1970-01-02'))).toBe(1);
  });
});

describe('the statistics of many members', () => {
  it('are what is known of each member alone', () => {
    fc.assert(
      fc.property(fc.array(someone, { maxLength: 6 }), (people) => {
        const columns = statistics(bookOf(people).columns());
        const gaps = gapsOf(columns);
        people.map(factsOfPerson).forEach((facts: MemberFacts, i) => {
          const dayAt = (n: number | undefined) => (n ? dayOfNumber(n) : null);
          expect({
            paidOrders: (columns.start[i + 1] ?? 0) - (columns.start[i] ?? 0),
            unpricedOrders:
              (columns.start[i + 1] ?? 0) - (columns.start[i] ?? 0) - (columns.pricedOrders[i] ?? 0),
            paidFen: columns.paidFen[i],
            firstPaidOn: dayAt(columns.firstDay[i]),
            lastPaidOn: dayAt(columns.lastDay[i]),
            unpaidOn: dayAt(columns.unpaidDay[i]),
            gapDays: gaps[i] || null,
          }).toEqual({
            paidOrders: facts.paidOrders,
            unpricedOrders: facts.unpricedOrders,
            paidFen: facts.paidFen,
            firstPaidOn: facts.firstPaidOn,
            lastPaidOn: facts.lastPaidOn,
            unpaidOn: facts.unpaidOn,
            gapDays: facts.gapDays,
          });
        });
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    );
  });

  it('hold a member of a hundred thousand orders, a shop that rings up walk-ins under one card', () => {
    const book = new OrderBook();
    const rung = 100_000;
    for (let n = 0; n < rung; n++)
      book.add('WALK-IN', paidOrder(addDays(day('2024-01-01'), (n * 7919) % 366), { paidFen: n + 1 }));
    const columns = statistics(book.columns());
    expect(columns.pricedOrders[0]).toBe(rung);
    expect(columns.paidFen[0]).toBe((rung * (rung + 1)) / 2);
    expect(dayOfNumber(columns.firstDay[0] ?? 0)).toBe('2024-01-01');
    expect(dayOfNumber(columns.lastDay[0] ?? 0)).toBe('2024-12-31');
  });

  it('keep the largest order and refuse one that no shop rings up', () => {
    const book = new OrderBook();
    book.add('M1', paidOrder('2090-12-31', { paidFen: 130_000_000_000 }));
    const columns = statistics(book.columns());
    expect(columns.paidFen[0]).toBe(130_000_000_000);
    expect(dayOfNumber(columns.lastDay[0] ?? 0)).toBe('2090-12-31');
    expect(() => book.add('M1', paidOrder('2025-01-01', { paidFen: 2 ** 37 }))).toThrow(RangeError);
  });

  it('are empty for a chain without orders', () => {
    const columns = statistics(new OrderBook().columns());
    expect(columns.members).toBe(0);
    expect(matrixOfAll(placeAll(columns, rulesOf('retail', 1), null, day('2025-01-01')))).toEqual({});
    expect(aovCutOf(aovsOf(columns), 0.2, day('2025-01-01'))).toBeNull();
  });
});

describe('placing all members at once', () => {
  it('places each as if she were alone, with the same next day, whatever the rules', () => {
    fc.assert(
      fc.property(
        fc.array(someone, { minLength: 1, maxLength: 6 }),
        someRules,
        someCut,
        someDay,
        (people, rules, cut, today) => {
          const placed = placeAll(statistics(bookOf(people).columns()), rules, cut, today);
          people.forEach((person, i) => {
            expect(placementAt(placed, i, rules.version)).toEqual(
              placeMember(factsOfPerson(person), rules, cut, today),
            );
          });
        },
      ),
      { numRuns: RUNS },
    );
  });

  const demo = generateChain(20260318, day('2026-03-18'));
  const book = new OrderBook();
  for (const { _id, visitDays } of demo.members) {
    book.memberOf(_id);
    if (visitDays.length > 0) book.addInterest(_id);
  }
  for (const order of demo.orders) book.add(order.memberId, order);
  const columns = statistics(book.columns());
  const annual: TierRules = {
    ...rulesOf('retail', 1),
    value: { by: 'annualSpend', highFen: 200_000, midFen: 50_000 },
  };

  it('finds the same cut-off as the chain stored', () => {
    expect(aovCutOf(aovsOf(columns), 0.2, demo.today)).toEqual(demo.chain.aovCut);
  });

  it.each([...(Object.keys(PRESETS) as PresetName[]).map((name) => rulesOf(name, 1)), annual])(
    'agrees with every member of the demo chain: $preset, $value.by',
    (rules) => {
      for (const today of [demo.today, day('2025-11-30'), addDays(demo.today, 400)]) {
        const placed = placeAll(columns, rules, demo.chain.aovCut, today);
        const alone = demo.members.map(({ facts }) => placeMember(facts, rules, demo.chain.aovCut, today));
        expect(alone.map((_, i) => placementAt(placed, i, 1))).toEqual(alone);
        expect(matrixOfAll(placed)).toEqual(matrixOf(alone));
      }
    },
  );

  it('finds the median rhythm of each value tier', () => {
    const placed = placeAll(columns, demo.chain.rules, demo.chain.aovCut, demo.today);
    const days = rhythmByValue(gapsOf(columns), placed);
    for (const value of VALUES) {
      const gaps = demo.members
        .filter((member) => member.value === value)
        .flatMap(({ facts }) => facts.gapDays ?? [])
        .sort((a, b) => b - a);
      expect(gaps.length).toBeGreaterThan(2);
      expect(days[value]).toBe(gaps[medianRankOf(gaps.length) - 1]);
    }
  });
});

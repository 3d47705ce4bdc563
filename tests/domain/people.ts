import fc from 'fast-check';
import { addDays, day, dayOf, startOf } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { NO_FACTS, factsOf } from '../../miniprogram/domain/membership/facts';
import type { MemberFacts, OrderFact, TierRules } from '../../miniprogram/domain/membership/types';

/** A paid order at noon of a day, ¥100 unless said otherwise. */
export function paidOrder(on: string, more: Partial<OrderFact> = {}): OrderFact {
  const at = startOf(day(on), 12);
  return {
    status: 'paid',
    createdAt: at,
    paidAt: at,
    paidFen: 10_000,
    refundedFen: 0,
    branchId: 'B1',
    clerkId: null,
    withCoupon: false,
    ...more,
  };
}

export function unpaidOrder(on: string): OrderFact {
  return paidOrder(on, { status: 'unpaid', paidAt: null });
}

/** A member who bought once on each of these days. */
export function boughtOn(...days: string[]): MemberFacts {
  return factsOf(
    days.map((on) => paidOrder(on)),
    [],
  );
}

export const stranger: MemberFacts = NO_FACTS;

const HORIZON = 900;
const FIRST = day('2022-12-25');
/** Days around leap February 2024 and several month ends. */
export const someDay: fc.Arbitrary<Day> = fc.integer({ min: 0, max: HORIZON }).map((n) => addDays(FIRST, n));

/** An order on one of some days; most are paid and kept. */
export const orderOn = (on: fc.Arbitrary<Day>): fc.Arbitrary<OrderFact> =>
  fc
    .record({
      on,
      second: fc.integer({ min: 0, max: 86_399 }),
      status: fc.constantFrom('paid', 'paid', 'paid', 'unpaid', 'refunded', 'cancelled'),
      paidFen: fc.integer({ min: 0, max: 60_000 }),
      refunded: fc.constantFrom(0, 0, 0, 0.3, 1),
      branchId: fc.constantFrom('B1', 'B2'),
      clerkId: fc.constantFrom(null, 'C1', 'C2'),
      withCoupon: fc.boolean(),
    })
    .map(({ on, second, refunded, ...order }): OrderFact => {
      const at = startOf(on) + second * 1000;
      return {
        ...order,
        createdAt: at,
        paidAt: order.status === 'unpaid' ? null : at,
        refundedFen: Math.floor(order.paidFen * refunded),
      };
    });

export const someOrder = orderOn(someDay);

/** A day and a member as she is known on it: half of them with old orders, half with fresh ones close together. */
export const someMember: fc.Arbitrary<{ facts: MemberFacts; today: Day }> = someDay.chain((today) => {
  const lately = fc.integer({ min: 0, max: 130 }).map((days) => addDays(today, -days));
  return fc
    .tuple(
      fc.oneof(
        fc.array(someOrder, { maxLength: 7 }),
        fc.array(orderOn(lately), { minLength: 2, maxLength: 9 }),
      ),
      fc.array(someDay, { maxLength: 2 }),
      fc.array(someDay, { maxLength: 1 }),
    )
    .map(([orders, visits, browses]) => ({ facts: knownBy(today, orders, visits, browses), today }));
});

/** What had happened by the end of a day. */
export function knownBy(
  today: Day,
  orders: readonly OrderFact[],
  visits: readonly Day[],
  browses: readonly Day[] = [],
): MemberFacts {
  return factsOf(
    orders.filter((order) => dayOf(order.createdAt) <= today),
    visits.filter((on) => on <= today),
    browses.filter((on) => on <= today),
  );
}

export const someRules: fc.Arbitrary<TierRules> = fc.record({
  version: fc.constant(7),
  preset: fc.constant('custom' as const),
  ladder: fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 8 }))
    .map(([a, b, c]): TierRules['ladder'] => [
      { stage: 'lost', months: a + b + c },
      { stage: 'dormant', months: a + b },
      { stage: 'drowsy', months: a },
    ]),
  repurchaseDays: fc.integer({ min: 1, max: 60 }),
  unpaidDays: fc.integer({ min: 1, max: 10 }),
  value: fc.oneof(
    fc.record({
      by: fc.constant('frequency' as const),
      orders: fc.integer({ min: 1, max: 4 }),
      months: fc.integer({ min: 1, max: 12 }),
      topShare: fc.constant(0.2),
    }),
    fc.record({
      by: fc.constant('annualSpend' as const),
      highFen: fc.integer({ min: 50_000, max: 200_000 }),
      midFen: fc.integer({ min: 10_000, max: 50_000 }),
    }),
  ),
});

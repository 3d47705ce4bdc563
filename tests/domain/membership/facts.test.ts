import fc from 'fast-check';
import { day } from '../../../miniprogram/domain/kernel/day';
import { NO_FACTS, factsOf } from '../../../miniprogram/domain/membership/facts';
import { paidOrder, someDay, someOrder, unpaidOrder } from '../people';

describe('what is known of a member', () => {
  it('is nothing for someone without orders and visits', () => {
    expect(factsOf([], [])).toEqual(NO_FACTS);
  });

  it('counts purchases net of refunds', () => {
    const facts = factsOf(
      [
        paidOrder('2025-01-05', { paidFen: 20_000, refundedFen: 5_000, withCoupon: true }),
        paidOrder('2025-02-05', { paidFen: 8_000 }),
        paidOrder('2025-03-05', { paidFen: 9_000, refundedFen: 9_000, withCoupon: true }),
      ],
      [],
    );
    expect(facts).toMatchObject({
      paidOrders: 2,
      paidFen: 23_000,
      firstPaidOn: '2025-01-05',
      lastPaidOn: '2025-02-05',
      ordersWithCoupon: 1,
    });
  });

  it('takes a refund nobody named an amount for as a refund of everything', () => {
    expect(factsOf([paidOrder('2025-01-05', { status: 'refunded' })], [])).toEqual(NO_FACTS);
  });

  it('keeps twelve months up to the last purchase, the day a year before it not included', () => {
    const facts = factsOf(
      ['2024-05-31', '2024-06-01', '2024-12-24', '2025-05-31'].map((on) => paidOrder(on)),
      [],
    );
    expect(facts.year.map((one) => one.on)).toEqual(['2024-06-01', '2024-12-24', '2025-05-31']);
    expect(facts.paidOrders).toBe(4);
  });

  it('adds up several purchases of one day', () => {
    const facts = factsOf([paidOrder('2025-05-31'), paidOrder('2025-05-31', { paidFen: 1 })], []);
    expect(facts.year).toEqual([{ on: '2025-05-31', orders: 2, fen: 10_001 }]);
  });

  it('remembers the last clerk who served her, past a self-checkout', () => {
    const facts = factsOf(
      [
        paidOrder('2025-01-05', { branchId: 'B1', clerkId: 'C1' }),
        paidOrder('2025-02-05', { branchId: 'B2', clerkId: null }),
      ],
      [],
    );
    expect(facts).toMatchObject({ lastBranchId: 'B2', lastClerkId: 'C1' });
  });

  it('settles two purchases of the same second the same way, whichever came first', () => {
    const one = paidOrder('2025-02-05', { branchId: 'B1', clerkId: 'C1' });
    for (const other of [
      { ...one, branchId: 'B2' },
      { ...one, clerkId: 'C2' },
    ])
      expect(factsOf([one, other], [])).toEqual(factsOf([other, one], []));
  });

  it('keeps the newest unpaid order and does not call it a purchase', () => {
    const facts = factsOf(
      [unpaidOrder('2025-05-02'), unpaidOrder('2025-05-09'), unpaidOrder('2025-05-05')],
      [],
    );
    expect(facts).toMatchObject({ unpaidOn: '2025-05-09', paidOrders: 0, lastPaidOn: null });
  });

  it('counts two visits on one day once', () => {
    const facts = factsOf([], [day('2025-05-02'), day('2025-05-02'), day('2025-04-01')]);
    expect(facts).toMatchObject({ visits: 2, lastVisitOn: '2025-05-02' });
  });

  it('does not depend on the order in which orders and visits arrive', () => {
    const history = fc.tuple(fc.array(someOrder, { maxLength: 12 }), fc.array(someDay, { maxLength: 4 }));
    const shuffled = history.chain(([orders, visits]) =>
      fc.tuple(
        fc.constant([orders, visits] as const),
        fc.shuffledSubarray(orders, { minLength: orders.length }),
        fc.shuffledSubarray(visits, { minLength: visits.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([[orders, visits], otherOrders, otherVisits]) => {
        expect(factsOf(otherOrders, otherVisits)).toEqual(factsOf(orders, visits));
      }),
      { numRuns: 500 },
    );
  });

  it('is as before when a purchase is refunded in full', () => {
    fc.assert(
      fc.property(fc.array(someOrder, { maxLength: 8 }), someOrder, (orders, extra) => {
        const undone = { ...extra, status: 'refunded' as const, refundedFen: extra.paidFen };
        expect(factsOf([...orders, undone], [])).toEqual(factsOf(orders, []));
      }),
    );
  });
});

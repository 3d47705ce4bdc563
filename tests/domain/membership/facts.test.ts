import fc from 'fast-check';
import { addDays, day, endOf, startOf } from '../../../miniprogram/domain/kernel/day';
import { NO_FACTS, factsOf } from '../../../miniprogram/domain/membership/facts';
import type { OrderFact } from '../../../miniprogram/domain/membership/types';
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

  it('counts the days on which she looked at a page beside her visits', () => {
    const facts = factsOf([], [], [day('2025-05-03'), day('2025-05-01'), day('2025-05-03')]);
    expect(facts).toEqual({ ...NO_FACTS, browses: 2, lastBrowseOn: '2025-05-03' });
  });

  it('counts a purchase without its amount, and leaves it out of the average', () => {
    const told = paidOrder('2025-03-01', { paidFen: 0, priceUnknown: true, categoryFen: { 奶粉: 0 } });
    expect(factsOf([told], [])).toMatchObject({
      paidOrders: 1,
      unpricedOrders: 1,
      paidFen: 0,
      aovFen: null,
      lastPaidOn: '2025-03-01',
      year: [{ on: '2025-03-01', orders: 1, fen: 0 }],
      categories: [{ name: '奶粉', orders: 1, fen: 0, lastOn: '2025-03-01', gapDays: null }],
    });
    expect(factsOf([told, paidOrder('2025-04-01', { paidFen: 900 })], []).aovFen).toBe(900);
    expect(factsOf([{ ...told, status: 'refunded' }], [])).toEqual(NO_FACTS);
    expect(factsOf([{ ...told, status: 'cancelled' }], [])).toEqual(NO_FACTS);
    // Without the mark an order of nothing is no purchase.
    expect(factsOf([{ ...told, priceUnknown: false }], [])).toEqual(NO_FACTS);
  });

  describe('her rhythm', () => {
    const gap = (...days: string[]) =>
      factsOf(
        days.map((on) => paidOrder(on)),
        [],
      ).gapDays;

    it('needs three purchase days', () => {
      expect(gap('2025-01-01', '2025-01-11')).toBeNull();
      expect(gap('2025-01-01', '2025-01-11', '2025-01-11')).toBeNull();
      expect(gap('2025-01-01', '2025-01-11', '2025-01-31')).toBe(15);
    });

    it('is the middle gap, so that one long absence does not count for many short ones', () => {
      expect(gap('2024-01-01', '2024-01-08', '2024-01-15', '2025-01-15', '2025-01-22')).toBe(7);
    });

    it('reaches further back than the year that value looks at', () => {
      expect(gap('2022-01-01', '2023-01-01', '2024-01-01')).toBe(365);
    });

    it('rounds half a day up', () => {
      expect(gap('2025-01-01', '2025-01-04', '2025-01-08')).toBe(4);
    });
  });

  describe('what she buys', () => {
    it('keeps the five categories most was spent on, most first', () => {
      const categoryFen = { a: 100, b: 700, c: 300, d: 400, e: 500, f: 600 };
      const facts = factsOf([paidOrder('2025-01-05', { paidFen: 2_600, categoryFen })], []);
      expect(facts.categories.map(({ name }) => name)).toEqual(['b', 'f', 'e', 'd', 'c']);
    });

    it('puts categories of equal money in the order of purchases, then of names', () => {
      const facts = factsOf(
        [
          paidOrder('2025-01-05', { paidFen: 400, categoryFen: { z: 100, b: 100, a: 200 } }),
          paidOrder('2025-01-06', { paidFen: 200, categoryFen: { z: 100, b: 50, y: 50 } }),
        ],
        [],
      );
      expect(facts.categories.map(({ name }) => name)).toEqual(['z', 'a', 'b', 'y']);
    });

    it('takes a partial refund from its categories in proportion', () => {
      const order = paidOrder('2025-01-05', {
        paidFen: 10_000,
        refundedFen: 2_500,
        categoryFen: { 奶粉: 8_000, 玩具: 2_000 },
      });
      expect(factsOf([order], []).categories).toEqual([
        { name: '奶粉', orders: 1, fen: 6_000, lastOn: '2025-01-05', gapDays: null },
        { name: '玩具', orders: 1, fen: 1_500, lastOn: '2025-01-05', gapDays: null },
      ]);
    });

    it('does not count a category that came to nothing in its order', () => {
      const order = paidOrder('2025-01-05', {
        paidFen: 500,
        categoryFen: { 奶粉: 500, 玩具: 0, 退货: -100 },
      });
      expect(factsOf([order], []).categories.map(({ name }) => name)).toEqual(['奶粉']);
    });

    it('knows the rhythm of a category, which need not be hers', () => {
      const milk = (on: string) => paidOrder(on, { categoryFen: { 奶粉: 10_000 } });
      const facts = factsOf(
        [
          milk('2025-01-01'),
          paidOrder('2025-01-10'),
          milk('2025-01-31'),
          paidOrder('2025-02-10'),
          milk('2025-03-02'),
        ],
        [],
      );
      expect(facts.categories[0]).toMatchObject({
        name: '奶粉',
        orders: 3,
        gapDays: 30,
        lastOn: '2025-03-02',
      });
      expect(facts.gapDays).toBe(15);
    });

    it('is at home with names that a language uses for itself', () => {
      const facts = factsOf(
        [paidOrder('2025-01-05', { categoryFen: { constructor: 6_000, toString: 4_000 } })],
        [],
      );
      expect(facts.categories.map(({ name }) => name)).toEqual(['constructor', 'toString']);
    });
  });

  it.each([
    ['2025-02-28', [0, 0, 0, 1]],
    ['2025-03-01', [1, 0, 0, 0]],
    ['2025-05-31', [1, 0, 0, 0]],
    ['2025-06-01', [0, 1, 0, 0]],
    ['2025-08-31', [0, 1, 0, 0]],
    ['2025-09-01', [0, 0, 1, 0]],
    ['2025-11-30', [0, 0, 1, 0]],
    ['2025-12-01', [0, 0, 0, 1]],
  ])('puts a purchase of %s into its season', (on, seasons) => {
    expect(factsOf([paidOrder(on)], []).seasons).toEqual(seasons);
  });

  it('goes by the month in Shanghai for the season', () => {
    const lastOfWinter = endOf(day('2025-02-28'));
    expect(factsOf([paidOrder('2025-02-28', { paidAt: lastOfWinter })], []).seasons).toEqual([0, 0, 0, 1]);
    expect(factsOf([paidOrder('2025-02-28', { paidAt: lastOfWinter + 1 })], []).seasons).toEqual([
      1, 0, 0, 0,
    ]);
  });

  it('goes by the day of payment, not by that of ordering', () => {
    const order = paidOrder('2025-02-28', { paidAt: startOf(addDays(day('2025-02-28'), 3)) });
    expect(factsOf([order], [])).toMatchObject({ lastPaidOn: '2025-03-03', seasons: [1, 0, 0, 0] });
  });

  /** Orders with categories, and now and then one without an amount. */
  const anyOrder = fc.oneof(
    someOrder,
    fc
      .tuple(
        someOrder,
        fc.dictionary(fc.constantFrom('奶粉', '玩具', '辅食'), fc.integer({ min: 0, max: 9_000 })),
      )
      .map(([order, categoryFen]): OrderFact => ({ ...order, categoryFen })),
    someOrder.map((order): OrderFact => ({ ...order, paidFen: 0, refundedFen: 0, priceUnknown: true })),
  );

  it('does not depend on the order in which orders, visits and browses arrive', () => {
    const history = fc.tuple(
      fc.array(anyOrder, { maxLength: 12 }),
      fc.array(someDay, { maxLength: 4 }),
      fc.array(someDay, { maxLength: 4 }),
    );
    const shuffled = history.chain(([orders, visits, browses]) =>
      fc.tuple(
        fc.constant([orders, visits, browses] as const),
        fc.shuffledSubarray(orders, { minLength: orders.length }),
        fc.shuffledSubarray(visits, { minLength: visits.length }),
        fc.shuffledSubarray(browses, { minLength: browses.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([[orders, visits, browses], ...others]) => {
        expect(factsOf(...others)).toEqual(factsOf(orders, visits, browses));
      }),
      { numRuns: 500 },
    );
  });

  it('is as before when a purchase is refunded in full', () => {
    fc.assert(
      fc.property(fc.array(anyOrder, { maxLength: 8 }), anyOrder, (orders, extra) => {
        const undone = { ...extra, status: 'refunded' as const, refundedFen: extra.paidFen };
        expect(factsOf([...orders, undone], [])).toEqual(factsOf(orders, []));
      }),
    );
  });
});

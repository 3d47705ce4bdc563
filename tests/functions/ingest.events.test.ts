import fc from 'fast-check';
import { isSameOrder, orderAfter } from '../../cloudfunctions/common/flows/orderEvent';
import type { OrderEvent } from '../../cloudfunctions/common/flows/orderEvent';
import type { OrderDoc } from '../../cloudfunctions/common/store/documents';
import { orderChange } from '../../cloudfunctions/members/imports/orderChange';
import { mergeOrderLines } from '../../miniprogram/domain/membership/csv/mergeLines';
import type { OrderRow } from '../../miniprogram/contract/members';

const T0 = Date.UTC(2025, 2, 5, 2);

/** What a till can tell of one order: quoted, paid, refunded bit by bit and elsewhere, perhaps cancelled. */
const aStory = fc
  .record({
    quotedFen: fc.integer({ min: 1, max: 50_000 }),
    paidFen: fc.integer({ min: 1, max: 50_000 }),
    refunds: fc.array(fc.record({ fen: fc.integer({ min: 1, max: 60_000 }), after: fc.nat(9) }), {
      maxLength: 4,
    }),
    isPaid: fc.boolean(),
    cancels: fc.array(fc.nat(9), { maxLength: 2 }),
    tellsPayment: fc.boolean(),
    coupon: fc.boolean(),
    lines: fc.array(
      fc.record({
        category: fc.constantFrom('奶粉', '纸尿裤', 'a.b', '$x', 'constructor'),
        fen: fc.nat(9_000),
      }),
      { maxLength: 3 },
    ),
    refundBranch: fc.constantFrom('B', 'A', 'C'),
    dates: fc.constantFrom('own', 'at'),
  })
  .map((story): OrderEvent[] => {
    const { quotedFen, paidFen, refunds, isPaid, cancels, tellsPayment, coupon, lines } = story;
    const known = { orderNo: 'P', memberNo: 'M', branchNo: 'B', clerkNo: 'c', createdAt: T0 };
    const payment = { amountFen: paidFen, paidAt: T0 + 1000 };
    const dated = (field: 'refundedAt' | 'cancelledAt', after: number) =>
      story.dates === 'own' ? { [field]: T0 + 2000 + after } : { at: T0 + 2000 + after };
    return [
      {
        event: 'order.created',
        ...known,
        amountFen: quotedFen,
        lines: [{ category: '报价', fen: quotedFen }],
      },
      ...(isPaid
        ? [
            {
              event: 'order.paid' as const,
              ...known,
              ...payment,
              lines,
              ...(coupon ? { couponCode: 'x' } : {}),
            },
          ]
        : []),
      ...refunds.map(({ fen, after }) => ({
        event: 'order.refunded' as const,
        ...known,
        branchNo: story.refundBranch,
        clerkNo: 'other',
        ...(tellsPayment && isPaid ? payment : { amountFen: quotedFen }),
        refundedFen: fen,
        ...dated('refundedAt', after),
      })),
      ...cancels.map((after) => ({
        event: 'order.cancelled' as const,
        ...known,
        amountFen: quotedFen,
        ...dated('cancelledAt', after),
      })),
    ];
  });
/** Deliveries are received one after another; what they are worth must not depend on it. */
const told = (events: readonly OrderEvent[]): OrderDoc | null =>
  events.reduce<OrderDoc | null>((order, event, i) => orderAfter(order, event, T0 + 60_000 + i), null);

it('ends an order the same whatever order its events come in, and however often', () => {
  const mixed = aStory.chain((story) =>
    fc.tuple(
      fc.constant(story),
      fc.shuffledSubarray([...story, ...story, ...story], { minLength: story.length * 3 }),
    ),
  );
  fc.assert(
    fc.property(mixed, ([story, shuffled]) => expect(told(shuffled)).toEqual(told(story))),
    { numRuns: 300 },
  );
});

it('hears nothing new in a story it knows', () => {
  fc.assert(
    fc.property(aStory, (story) => {
      const order = told(story);
      for (const event of story) {
        if (order) expect(isSameOrder(order, orderAfter(order, event, T0 + 90_000))).toBe(true);
      }
    }),
  );
});

describe('what the till tells besides the amount', () => {
  const known = { orderNo: 'P', memberNo: 'M', branchNo: 'B', createdAt: T0, amountFen: 900 };
  const paid: OrderEvent = { event: 'order.paid', ...known, paidAt: T0 + 1 };
  const refund = (refundedFen: number, more: Partial<OrderEvent>): OrderEvent => ({
    event: 'order.refunded',
    ...known,
    refundedFen,
    ...more,
  });

  it('dates each refund by the earliest instant it was known of', () => {
    const order = told([
      paid,
      refund(300, { refundedAt: T0 + 50 }),
      refund(300, { refundedAt: T0 + 40 }),
      refund(500, { at: T0 + 60 }),
    ]);
    expect(order).toMatchObject({
      refundedFen: 500,
      refunds: [
        { at: T0 + 40, fen: 300 },
        { at: T0 + 60, fen: 500 },
      ],
    });
  });

  it('forgets an amount that a greater one had reached by then', () => {
    const order = told([
      paid,
      refund(300, { at: T0 + 50 }),
      refund(500, { at: T0 + 50 }),
      refund(400, { at: T0 + 70 }),
    ]);
    expect(order?.refunds).toEqual([{ at: T0 + 50, fen: 500 }]);
  });

  it('takes the receipt for the instant when the till tells none', () => {
    expect(orderAfter(null, refund(300, {}), T0 + 99).refunds).toEqual([{ at: T0 + 99, fen: 300 }]);
    const cancelled: OrderEvent = { event: 'order.cancelled', ...known };
    expect(orderAfter(null, cancelled, T0 + 99).cancelledAt).toBe(T0 + 99);
    expect(orderAfter(null, { ...cancelled, cancelledAt: T0 + 5 }, T0 + 99).cancelledAt).toBe(T0 + 5);
    expect(orderAfter(null, paid, T0 + 99)).not.toHaveProperty('cancelledAt');
  });

  it('adds up the lines of a category, and counts none that were only quoted', () => {
    const lines = [
      { category: '奶粉', fen: 300 },
      { category: '奶粉', fen: 200 },
      { category: '一.二', fen: 400 },
    ];
    expect(told([{ ...paid, lines }])?.categoryFen).toEqual({ 奶粉: 500, '一．二': 400 });
    expect(told([{ event: 'order.created', ...known, lines }, paid])).not.toHaveProperty('categoryFen');
  });

  it('believes the sale about branch and clerk, not the till that took it back', () => {
    const elsewhere = refund(900, { branchNo: 'A', clerkNo: 'other', at: T0 + 9 });
    const sale = { ...paid, clerkNo: 'c' };
    for (const events of [
      [elsewhere, sale],
      [sale, elsewhere],
    ]) {
      expect(told(events)).toMatchObject({ branchId: 'B', clerkId: 'c', status: 'refunded' });
    }
    expect(told([elsewhere])).toMatchObject({ branchId: 'A', clerkId: null });
  });
});

it('leaves nothing of an order whose refund came before its payment', () => {
  const known = { orderNo: 'P', memberNo: 'M', branchNo: 'B', createdAt: T0, amountFen: 900 };
  const order = told([
    { event: 'order.refunded', ...known, refundedFen: 900 },
    { event: 'order.paid', ...known, paidAt: T0 + 1 },
  ]);
  expect(order).toMatchObject({ status: 'refunded', paidFen: 900, refundedFen: 900 });
});

it('takes the amount that was paid, not the one that was quoted', () => {
  const known = { orderNo: 'P', memberNo: 'M', branchNo: 'B', createdAt: T0 };
  const events: OrderEvent[] = [
    { event: 'order.paid', ...known, amountFen: 800, paidAt: T0 + 1 },
    { event: 'order.created', ...known, amountFen: 900 },
  ];
  expect(told(events)).toMatchObject({ status: 'paid', paidFen: 800, lines: { paid: 800 } });
});

describe('lines of one order in several calls of an import', () => {
  const aLine = fc.record({
    amountFen: fc.integer({ min: -500, max: 5_000 }),
    at: fc.integer({ min: 0, max: 5 }),
  });
  const rowsOf = (lines: { amountFen: number; at: number }[]): OrderRow[] =>
    lines.map(({ amountFen, at }, i) => ({
      row: i + 2,
      orderNo: 'A1',
      memberNo: 'M1',
      branchNo: 'B1',
      paidAt: T0 + at,
      createdAt: T0 + at,
      amountFen,
      refundedFen: 0,
      clerkNo: null,
      withCoupon: at === 3,
      line: `L${i}`,
    }));
  const read = (calls: readonly (readonly OrderRow[])[]): OrderDoc | null =>
    calls.reduce<OrderDoc | null>((order, rows) => {
      const [draft] = mergeOrderLines(rows);
      const change = draft ? orderChange(order, draft) : null;
      return change?.kind === 'add' || change?.kind === 'change' ? change.doc : order;
    }, null);

  it('come together the same however they are cut and mixed, also when read twice', () => {
    const cut = fc
      .array(aLine, { minLength: 1, maxLength: 8 })
      .map(rowsOf)
      .chain((rows) =>
        fc.tuple(
          fc.constant(rows),
          fc.shuffledSubarray([...rows, ...rows], { minLength: rows.length * 2 }),
          fc.integer({ min: 1, max: 5 }),
        ),
      );
    fc.assert(
      fc.property(cut, ([rows, mixed, size]) => {
        const calls = Array.from({ length: Math.ceil(mixed.length / size) }, (_, i) =>
          mixed.slice(i * size, (i + 1) * size),
        );
        expect(read(calls)).toEqual(read([rows]));
      }),
    );
  });
});

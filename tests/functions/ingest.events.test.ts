import fc from 'fast-check';
import { orderAfter } from '../../cloudfunctions/common/flows/orderEvent';
import type { OrderEvent } from '../../cloudfunctions/common/flows/orderEvent';
import type { OrderDoc } from '../../cloudfunctions/common/store/documents';
import { orderChange } from '../../cloudfunctions/members/imports/orderChange';
import { mergeOrderLines } from '../../miniprogram/domain/membership/csv/mergeLines';
import type { OrderRow } from '../../miniprogram/contract/members';

const T0 = Date.UTC(2025, 2, 5, 2);

/** What a till can tell of one order: quoted, paid, refunded bit by bit, perhaps cancelled. */
const aStory = fc
  .record({
    quotedFen: fc.integer({ min: 1, max: 50_000 }),
    paidFen: fc.integer({ min: 1, max: 50_000 }),
    refunds: fc.array(fc.integer({ min: 1, max: 60_000 }), { maxLength: 3 }),
    isPaid: fc.boolean(),
    isCancelled: fc.boolean(),
    tellsPayment: fc.boolean(),
    coupon: fc.boolean(),
  })
  .map(({ quotedFen, paidFen, refunds, isPaid, isCancelled, tellsPayment, coupon }): OrderEvent[] => {
    const known = { orderNo: 'P', memberNo: 'M', branchNo: 'B', clerkNo: 'c', createdAt: T0 };
    const payment = { amountFen: paidFen, paidAt: T0 + 1000 };
    return [
      { event: 'order.created', ...known, amountFen: quotedFen },
      ...(isPaid
        ? [{ event: 'order.paid' as const, ...known, ...payment, ...(coupon ? { couponCode: 'x' } : {}) }]
        : []),
      ...refunds.map((refundedFen) => ({
        event: 'order.refunded' as const,
        ...known,
        ...(tellsPayment && isPaid ? payment : { amountFen: quotedFen }),
        refundedFen,
      })),
      ...(isCancelled ? [{ event: 'order.cancelled' as const, ...known, amountFen: quotedFen }] : []),
    ];
  });
const told = (events: readonly OrderEvent[]): OrderDoc | null =>
  events.reduce<OrderDoc | null>((order, event) => orderAfter(order, event), null);

it('ends an order the same whatever order its events come in, and however often', () => {
  const mixed = aStory.chain((story) =>
    fc.tuple(
      fc.constant(story),
      fc.shuffledSubarray([...story, ...story, ...story], { minLength: story.length * 3 }),
    ),
  );
  fc.assert(fc.property(mixed, ([story, shuffled]) => expect(told(shuffled)).toEqual(told(story))));
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

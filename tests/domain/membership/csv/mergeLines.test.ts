import fc from 'fast-check';
import { mergeOrderLines, totalFen } from '../../../../miniprogram/domain/membership/csv/mergeLines';
import type { OrderRow } from '../../../../miniprogram/domain/membership/csv/readOrder';

const line = (row: number, more: Partial<OrderRow> = {}): OrderRow => ({
  row,
  orderNo: 'A1',
  memberNo: 'M1',
  branchNo: 'S1',
  paidAt: 1_000,
  createdAt: 900,
  amountFen: 500,
  refundedFen: 0,
  clerkNo: null,
  withCoupon: false,
  line: null,
  ...more,
});

describe('putting the lines of an order together', () => {
  it('adds the products of a basket', () => {
    const [draft] = mergeOrderLines([
      line(2, { line: 'milk', amountFen: 1_000 }),
      line(3, { line: 'bread', clerkNo: 'C1', withCoupon: true, paidAt: 950 }),
    ]);
    expect(draft).toEqual({
      orderNo: 'A1',
      memberNo: 'M1',
      branchNo: 'S1',
      createdAt: 900,
      paidAt: 950,
      refundedFen: 0,
      clerkNo: 'C1',
      withCoupon: true,
      lines: { milk: 1_000, bread: 500 },
      rows: [2, 3],
    });
  });

  it('keeps orders apart, in the order they appear', () => {
    const drafts = mergeOrderLines([
      line(2, { orderNo: 'B' }),
      line(3, { orderNo: 'A' }),
      line(4, { orderNo: 'B' }),
    ]);
    expect(drafts.map((draft) => [draft.orderNo, draft.rows])).toEqual([
      ['B', [2, 4]],
      ['A', [3]],
    ]);
  });

  it('takes the same product at another amount for a second piece, at the same amount for the same line', () => {
    const [draft] = mergeOrderLines([
      line(2, { line: 'milk', amountFen: 300 }),
      line(3, { line: 'milk', amountFen: 400 }),
      line(4, { line: 'milk', amountFen: 300 }),
    ]);
    expect(draft?.lines).toEqual({ milk: 400, 'milk#2': 300 });
  });

  it('lets a line taken back reduce the order, never below nothing', () => {
    const [draft] = mergeOrderLines([
      line(2, { line: 'a', amountFen: 300 }),
      line(3, { line: 'a', amountFen: -300 }),
    ]);
    expect(draft && totalFen(draft)).toBe(0);
    expect(totalFen({ lines: { a: 100, b: -300 } })).toBe(0);
  });

  it('adds refunds over lines but never refunds more than was paid', () => {
    const refunds = (a: number, b: number) =>
      mergeOrderLines([line(2, { line: 'a', refundedFen: a }), line(3, { line: 'b', refundedFen: b })])[0]
        ?.refundedFen;
    expect(refunds(200, 300)).toBe(500);
    expect(refunds(1_000, 1_000)).toBe(1_000);
    expect(refunds(1_000, 1)).toBe(1_000);
  });

  it('keeps a product whose number would mean something to a database', () => {
    const [draft] = mergeOrderLines([
      line(2, { line: 'a.b', amountFen: 1 }),
      line(3, { line: '$x', amountFen: 2 }),
      line(4, { line: '__proto__', amountFen: 4 }),
    ]);
    expect(draft && totalFen(draft)).toBe(7);
    expect(Object.keys(draft?.lines ?? {}).join('')).not.toMatch(/[.$]/);
  });

  const someLines = fc.array(
    fc.record({
      order: fc.constantFrom('A', 'B', 'C'),
      product: fc.constantFrom(null, 'milk', 'bread'),
      amountFen: fc.integer({ min: -300, max: 900 }),
      refundedFen: fc.integer({ min: 0, max: 100 }),
    }),
    { maxLength: 14 },
  );
  const rowsOf = (
    lines: { order: string; product: string | null; amountFen: number; refundedFen: number }[],
  ) => lines.map(({ order, product, ...rest }, i) => line(i + 2, { orderNo: order, line: product, ...rest }));

  it('changes nothing when the same lines come twice', () => {
    fc.assert(
      fc.property(someLines, (lines) => {
        const rows = rowsOf(lines);
        expect(mergeOrderLines([...rows, ...rows])).toEqual(mergeOrderLines(rows));
        const lastYears = rows.map((row) => ({ ...row, row: row.row + 100 }));
        const again = mergeOrderLines([...rows, ...lastYears]).map((draft) => ({ ...draft, rows: [] }));
        expect(again).toEqual(mergeOrderLines(rows).map((draft) => ({ ...draft, rows: [] })));
      }),
    );
  });

  it('does not depend on the order of rows', () => {
    const shuffled = someLines.chain((lines) => {
      const rows = rowsOf(lines);
      return fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }));
    });
    fc.assert(
      fc.property(shuffled, ([rows, other]) => {
        const byOrder = (drafts: ReturnType<typeof mergeOrderLines>) =>
          Object.fromEntries(drafts.map((draft) => [draft.orderNo, draft]));
        expect(byOrder(mergeOrderLines(other))).toEqual(byOrder(mergeOrderLines(rows)));
      }),
    );
  });
});

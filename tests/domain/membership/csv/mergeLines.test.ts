import fc from 'fast-check';
import {
  categoryFenOf,
  mergeOrderLines,
  totalFen,
} from '../../../../miniprogram/domain/membership/csv/mergeLines';
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
      lineCategory: {},
      refunds: [],
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

  it('keeps the category of each line, and sums them from the lines', () => {
    const [draft] = mergeOrderLines([
      line(2, { line: 'milk', amountFen: 1_000, category: '奶粉' }),
      line(3, { line: 'milk', amountFen: 1_000, category: '奶粉' }),
      line(4, { line: 'bib', amountFen: 500, category: 'a.b' }),
      line(5, { line: 'bag', amountFen: 30, category: null }),
      line(6, { line: 'back', amountFen: -70, category: '退货' }),
    ]);
    expect(draft?.lineCategory).toEqual({ milk: '奶粉', bib: 'a．b', back: '退货' });
    expect(categoryFenOf(draft?.lines ?? {}, draft?.lineCategory ?? {})).toEqual({
      奶粉: 1_000,
      'a．b': 500,
    });
  });

  it('tells lines without a product apart by their category, and one read with and without it is one', () => {
    const [draft] = mergeOrderLines([
      line(2, { amountFen: 100, category: '尿裤' }),
      line(3, { amountFen: 100, category: '奶粉' }),
      line(4, { amountFen: 100 }),
      line(5, { amountFen: 40 }),
    ]);
    expect(draft?.lines).toEqual({ whole: 100, 'whole#2': 100, 'whole#3': 40 });
    expect(draft?.lineCategory).toEqual({ whole: '奶粉', 'whole#2': '尿裤' });
  });

  it('tells when refunds were made', () => {
    const [draft] = mergeOrderLines([
      line(2, { line: 'a', refundedFen: 200, refundedAt: 5_000 }),
      line(3, { line: 'b', refundedFen: 100, refundedAt: 3_000 }),
    ]);
    expect(draft?.refunds).toEqual([
      { at: 3_000, fen: 100 },
      { at: 5_000, fen: 300 },
    ]);
    expect(draft?.refundedFen).toBe(300);
  });

  const someLines = fc.array(
    fc.record({
      order: fc.constantFrom('A', 'B', 'C'),
      product: fc.constantFrom(null, 'milk', 'bread'),
      amountFen: fc.integer({ min: -300, max: 900 }),
      refundedFen: fc.integer({ min: 0, max: 100 }),
      category: fc.constantFrom(null, '奶粉', '点心'),
      refundedAt: fc.constantFrom(null, 2_000, 3_000),
    }),
    { maxLength: 14 },
  );
  const rowsOf = (
    lines: {
      order: string;
      product: string | null;
      amountFen: number;
      refundedFen: number;
      category: string | null;
      refundedAt: number | null;
    }[],
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

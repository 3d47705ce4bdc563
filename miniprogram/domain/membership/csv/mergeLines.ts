import type { Ms } from '../../kernel/day';
import type { Fen } from '../../kernel/fen';
import type { OrderRow } from './readOrder';

/** An order put together from the lines of a file. */
export interface OrderDraft {
  orderNo: string;
  memberNo: string;
  branchNo: string;
  createdAt: Ms;
  paidAt: Ms | null;
  refundedFen: Fen;
  clerkNo: string | null;
  withCoupon: boolean;
  /** line key → fen; keyed, so that reading the same lines again changes nothing */
  lines: Record<string, Fen>;
  /** the rows of the file it came from */
  rows: number[];
}

/** Keys become field names of a document, where dots and dollars have a meaning of their own. */
function lineKey(line: string | null): string {
  const key = (line ?? 'whole').replace(/\./g, '．').replace(/\$/g, '＄').replace(/\0/g, '');
  return key.startsWith('__') ? `line${key}` : key;
}

interface Line {
  fen: Fen;
  refundedFen: Fen;
}

/**
 * The lines of one product in one basket, told apart by what they cost. Sorted, so that the order of rows in the file
 * does not decide which is called `#2`.
 */
function linesByAmount(rows: readonly OrderRow[]): Line[] {
  const byAmount = new Map<Fen, Line>();
  for (const { amountFen, refundedFen } of rows) {
    const line = byAmount.get(amountFen);
    if (line) line.refundedFen = Math.max(line.refundedFen, refundedFen);
    else byAmount.set(amountFen, { fen: amountFen, refundedFen });
  }
  return [...byAmount.values()].sort((a, b) => b.fen - a.fen);
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

const earliest = (times: readonly (Ms | null)[]): Ms | null =>
  times.reduce<Ms | null>((first, at) => (at !== null && (first === null || at < first) ? at : first), null);

function draftOf(orderNo: string, unordered: readonly OrderRow[]): OrderDraft | null {
  const rows = [...unordered].sort((a, b) => a.row - b.row);
  const [first] = rows;
  if (first === undefined) return null;
  const lines: [string, Fen][] = [];
  let refundedFen = 0;
  for (const [key, sameLine] of grouped(rows, (row) => lineKey(row.line))) {
    linesByAmount(sameLine).forEach((line, i) => {
      lines.push([i === 0 ? key : `${key}#${i + 1}`, line.fen]);
      refundedFen += line.refundedFen;
    });
  }
  const draft = {
    orderNo,
    memberNo: first.memberNo,
    branchNo: first.branchNo,
    createdAt: earliest(rows.map((row) => row.createdAt)) ?? first.createdAt,
    paidAt: earliest(rows.map((row) => row.paidAt)),
    clerkNo: rows.find((row) => row.clerkNo !== null)?.clerkNo ?? null,
    withCoupon: rows.some((row) => row.withCoupon),
    lines: Object.fromEntries(lines),
    rows: [...new Set(rows.map((row) => row.row))],
  };
  return { ...draft, refundedFen: Math.min(refundedFen, totalFen(draft)) };
}

/**
 * Puts the lines of each order together, in the order in which the orders first appear.
 *
 * A line is known by its product or sub-order (`whole` when the file has one line per order); the same product twice at
 * different amounts is two lines (`#2`, `#3` …, dearest first), the same amount again is the same line read twice.
 * Negative lines reduce. Where rows disagree about whose order it is, the first row of the file speaks; it was paid at
 * the earliest time any of them names. Refunds add up over lines and never exceed the order.
 *
 * Give all rows of an order in one call where possible: `#2` can only be told within it.
 *
 * @example mergeOrderLines([rowOf('A1', 'milk', 1_000), rowOf('A1', 'bread', 500)])[0]?.lines // → { milk: 1000, bread: 500 }
 */
export function mergeOrderLines(rows: readonly OrderRow[]): OrderDraft[] {
  const drafts: OrderDraft[] = [];
  for (const [orderNo, ofOrder] of grouped(rows, (row) => row.orderNo)) {
    const draft = draftOf(orderNo, ofOrder);
    if (draft) drafts.push(draft);
  }
  return drafts;
}

/** What the order comes to, in fen; never below zero. @example totalFen({ lines: { a: 1_000, 'a#2': -400 } }) // → 600 */
export function totalFen(draft: Pick<OrderDraft, 'lines'>): Fen {
  return Math.max(
    0,
    Object.values(draft.lines).reduce((sum, fen) => sum + fen, 0),
  );
}

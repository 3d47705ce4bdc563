import type { Ms } from '../../kernel/day';
import type { Fen } from '../../kernel/fen';
import type { OrderRow } from './readOrder';
import { refundSteps } from './refunds';
import type { RefundStep } from './refunds';

/** An order put together from the lines of a file. */
export interface OrderDraft {
  orderNo: string;
  memberNo: string;
  branchNo: string;
  createdAt: Ms;
  paidAt: Ms | null;
  refundedFen: Fen;
  /** how the refund grew, where the file tells when */
  refunds: RefundStep[];
  clerkNo: string | null;
  withCoupon: boolean;
  /** line key → fen; keyed, so that reading the same lines again changes nothing */
  lines: Record<string, Fen>;
  /** line key → category, for lines whose category the file tells */
  lineCategory: Record<string, string>;
  /** the rows of the file it came from */
  rows: number[];
}

/** Keys become field names of a document, where dots and dollars have a meaning of their own. */
function fieldName(text: string): string {
  const key = text.replace(/\./g, '．').replace(/\$/g, '＄').replace(/\0/g, '');
  return key.startsWith('__') ? `line${key}` : key;
}

interface Line {
  fen: Fen;
  refundedFen: Fen;
  refundedAt: Ms | null;
  category: string | null;
}

/**
 * The lines of one product in one basket, told apart by what they cost and, in files that name no product, by what kind
 * of goods they are. Sorted, so that the order of rows in the file does not decide which is called `#2`.
 */
function linesApart(rows: readonly OrderRow[]): Line[] {
  const apart = new Map<string, Line>();
  // Rows that name no category come last: the same amount with and without one is one line read twice.
  const named = [...rows].sort((a, b) => Number(!a.category) - Number(!b.category));
  for (const { amountFen, refundedFen, refundedAt = null, category = null, line } of named) {
    const byCategory = line === null && category !== null;
    const key = byCategory ? `${amountFen} ${category}` : `${amountFen}`;
    const known = apart.get(key);
    if (known) {
      known.refundedFen = Math.max(known.refundedFen, refundedFen);
      known.refundedAt = earliest([known.refundedAt, refundedAt]);
    } else {
      const found = { fen: amountFen, refundedFen, refundedAt, category };
      apart.set(key, found);
      if (byCategory && !apart.has(`${amountFen}`)) apart.set(`${amountFen}`, found);
    }
  }
  const word = (line: Line) => line.category ?? '';
  return [...new Set(apart.values())].sort((a, b) => b.fen - a.fen || (word(a) < word(b) ? -1 : 1));
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
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
  const lineCategory: [string, string][] = [];
  const refunded: Line[] = [];
  for (const [key, sameLine] of grouped(rows, (row) => fieldName(row.line ?? 'whole'))) {
    linesApart(sameLine).forEach((line, i) => {
      const name = i === 0 ? key : `${key}#${i + 1}`;
      lines.push([name, line.fen]);
      if (line.category !== null) lineCategory.push([name, fieldName(line.category)]);
      if (line.refundedFen > 0) refunded.push(line);
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
    lineCategory: Object.fromEntries(lineCategory),
    rows: [...new Set(rows.map((row) => row.row))],
  };
  const most = totalFen(draft);
  const refundedFen = refunded.reduce((sum, line) => sum + line.refundedFen, 0);
  return { ...draft, refundedFen: Math.min(refundedFen, most), refunds: refundSteps(refunded, most) };
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

/**
 * What the lines of each category come to, in fen; categories that were all taken back are left out. Always summed from
 * the lines, so that a line read again counts once.
 *
 * @example categoryFenOf({ milk: 1_000, bread: 500 }, { milk: '奶粉' }) // → { 奶粉: 1000 }
 */
export function categoryFenOf(
  lines: Readonly<Record<string, Fen>>,
  lineCategory: Readonly<Record<string, string>>,
): Record<string, Fen> {
  const sums = new Map<string, Fen>();
  for (const [line, category] of Object.entries(lineCategory))
    sums.set(category, (sums.get(category) ?? 0) + (lines[line] ?? 0));
  return Object.fromEntries([...sums].filter(([, fen]) => fen > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}

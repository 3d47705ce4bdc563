import { dayOf, endOf } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { OrderBook } from '../../miniprogram/domain/membership/bulk/orderBook';
import type { ColumnMap, MemberColumn, OrderColumn } from '../../miniprogram/domain/membership/csv/columns';
import { categoryFenOf, mergeOrderLines, totalFen } from '../../miniprogram/domain/membership/csv/mergeLines';
import type { OrderDraft } from '../../miniprogram/domain/membership/csv/mergeLines';
import { readMemberRow, readOrderRow } from '../../miniprogram/domain/membership/csv/readOrder';
import type { OrderRow } from '../../miniprogram/domain/membership/csv/readOrder';
import { ordersOfDates, startWatching } from '../../miniprogram/domain/membership/csv/watching';
import { paidAtOf, purchaseFenOf } from '../../miniprogram/domain/membership/facts';
import { orderAsOf } from '../../miniprogram/domain/membership/history/orderAsOf';
import type { OrderFact } from '../../miniprogram/domain/membership/types';
import type { RefusedRow } from '../../miniprogram/hq/import/batches';
import type { CsvFile } from '../demo/import/lines';
import { survey, wholeGroups } from '../demo/import/wholeOrders';

/** A chain as its files tell it. */
export interface ReadChain {
  book: OrderBook;
  orders: number;
  branches: number;
  /** the newest day on which somebody paid; null when nobody did */
  lastPaidOn: Day | null;
  /** orders of the members somebody asked about */
  watched: ReadonlyMap<string, OrderFact[]>;
}

export interface Wanted {
  /** members whose orders are kept whole */
  explain: readonly string[];
  /** what happened later is not read; null = everything is */
  until: Day | null;
}

export interface Reading {
  onProgress: (rows: number, ofRows: number) => void;
  refuse: (row: RefusedRow) => void;
}

/** The same file, with each of its lines shown to somebody in passing. */
function shownTo(csv: CsvFile, see: (record: Readonly<Record<string, string>>) => void): CsvFile {
  return {
    ...csv,
    async *lines() {
      for await (const lines of csv.lines()) {
        for (const { record } of lines.records) see(record);
        yield lines;
      }
    },
  };
}

/** What an order of a file is to the tiers; the import would store the same. */
function factOf(draft: OrderDraft): OrderFact {
  const { paidAt, refundedFen } = draft;
  const paidFen = totalFen(draft);
  const isRefunded = paidFen > 0 && refundedFen >= paidFen;
  return {
    status: paidAt === null ? 'unpaid' : isRefunded ? 'refunded' : 'paid',
    createdAt: draft.createdAt,
    paidAt,
    paidFen,
    refundedFen,
    branchId: draft.branchNo,
    clerkId: draft.clerkNo,
    withCoupon: draft.withCoupon,
    categoryFen: categoryFenOf(draft.lines, draft.lineCategory),
    refunds: draft.refunds,
  };
}

/**
 * Reads an order file into an order book, in two passes: where each order ends and how dates are written, then the
 * orders themselves, some thousand lines at a time. What stays is 16 bytes an order and each member's number.
 *
 */
export async function readOrders(
  csv: CsvFile,
  columns: ColumnMap<OrderColumn>,
  { explain, until }: Wanted,
  { onProgress, refuse }: Reading,
): Promise<ReadChain> {
  const groupBy = columns.orderNo ?? null;
  const watching = startWatching();
  const found = await survey(
    shownTo(csv, (record) => watching.see(record)),
    groupBy,
  );
  const dateOrders = ordersOfDates(columns, watching.found().dateOrders, null);
  const book = new OrderBook();
  const branches = new Set<string>();
  const watched = new Map(explain.map((memberNo): [string, OrderFact[]] => [memberNo, []]));
  let orders = 0;
  let lastPaidOn: Day | null = null;
  for await (const { records, refused, readRows } of wholeGroups(csv, groupBy, found)) {
    refused.forEach(refuse);
    const rows: OrderRow[] = [];
    for (const { row, record } of records) {
      const read = readOrderRow(record, columns, row, dateOrders);
      if (read.ok) rows.push(read.value);
      else refuse(read.failure);
    }
    for (const draft of mergeOrderLines(rows)) {
      const told = factOf(draft);
      const fact = until === null ? told : orderAsOf(told, endOf(until));
      if (fact === null) continue;
      orders += 1;
      branches.add(draft.branchNo);
      book.add(draft.memberNo, fact);
      watched.get(draft.memberNo)?.push(fact);
      const on = dayOf(paidAtOf(fact));
      if (purchaseFenOf(fact) !== null && (lastPaidOn === null || on > lastPaidOn)) lastPaidOn = on;
    }
    onProgress(readRows, found.rows);
  }
  return { book, orders, branches: branches.size, lastPaidOn, watched };
}

/** Adds the members of a member file, so that those who never ordered are counted as well. */
export async function readMembers(
  csv: CsvFile,
  columns: ColumnMap<MemberColumn>,
  book: OrderBook,
  refuse: Reading['refuse'],
): Promise<void> {
  for await (const { records, refused } of csv.lines()) {
    refused.forEach(refuse);
    for (const { row, record } of records) {
      // A birthday that cannot be read makes her no other member: only her number counts here.
      const read = readMemberRow(record, { memberNo: columns.memberNo }, row);
      if (read.ok) book.memberOf(read.value.memberNo);
      else refuse(read.failure);
    }
  }
}

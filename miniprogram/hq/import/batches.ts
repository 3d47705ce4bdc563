import type { MemberRow, OrderRow } from '../../contract/members';
import { refuse } from '../../domain/kernel/result';
import type { Result } from '../../domain/kernel/result';
import type { ColumnMap, MemberColumn, OrderColumn, TouchColumn } from '../../domain/membership/csv/columns';
import type { DateOrders } from '../../domain/membership/csv/readOrder';
import { readMemberRow } from '../../domain/membership/csv/readMember';
import type { PastTouchRow } from '../../domain/outreach/readTouch';
import { readTouchRow } from '../../domain/outreach/readTouch';
import { readOrderRow } from '../../domain/membership/csv/readOrder';

/** One line of a file: header → text, and the number a spreadsheet shows beside it (the header is row 1). */
export interface FileRecord {
  row: number;
  record: Readonly<Record<string, string>>;
  /** why it cannot be read at all; missing = it can */
  wrong?: string;
}
export interface RefusedRow {
  row: number;
  reason: string;
}
/** What goes into one call, and what the reader had to refuse on the way there. */
export interface Batch<Row> {
  rows: Row[];
  refused: RefusedRow[];
}

/** Lines of one order are brought together when they stand within this many rows of each other. */
export const WINDOW_ROWS = 20_000;

/**
 * Order lines as calls: each batch is at most `maxBytes` of JSON, and lines of one order share a batch where they can,
 * so that the server sees a basket whole. Rows are read lazily: a file of any length needs one window of memory.
 *
 * @param maxBytes UTF-8 bytes of the `rows` array as JSON; leave room for the envelope around it
 * @param orders how dates with the year last are read
 * @example [...orderBatches([{ row: 2, record: { 订单号: 'A1', … } }], columns, 80_000)] // → [{ rows: [{ orderNo: 'A1', … }], refused: [] }]
 */
export function* orderBatches(
  records: Iterable<FileRecord>,
  columns: ColumnMap<OrderColumn>,
  maxBytes: number,
  orders: DateOrders = {},
): Generator<Batch<OrderRow>> {
  yield* batchesOf(
    records,
    (record, row) => readOrderRow(record, columns, row, orders),
    (row) => row.orderNo,
    maxBytes,
  );
}

/**
 * Member rows as calls; see `orderBatches`. Rows of the same member share a batch, so that the later row wins.
 *
 * @example [...memberBatches([{ row: 2, record: { 会员号: 'M1', 姓名: '王芳' } }], columns, 80_000)]
 */
export function* memberBatches(
  records: Iterable<FileRecord>,
  columns: ColumnMap<MemberColumn>,
  maxBytes: number,
  orders: DateOrders = {},
): Generator<Batch<MemberRow>> {
  yield* batchesOf(
    records,
    (record, row) => readMemberRow(record, columns, row, orders),
    (row) => row.memberNo,
    maxBytes,
  );
}

/** Past contacts as calls; see `orderBatches`. Rows of one member share a batch. */
export function* touchBatches(
  records: Iterable<FileRecord>,
  columns: ColumnMap<TouchColumn>,
  maxBytes: number,
  orders: DateOrders = {},
): Generator<Batch<PastTouchRow>> {
  yield* batchesOf(
    records,
    (record, row) => readTouchRow(record, columns, row, orders),
    (row) => row.memberNo,
    maxBytes,
  );
}

/** @example utf8Bytes('a沉😀') // → 8 */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // A pair of surrogates is one character of four bytes: two for each half.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return bytes;
}

function* batchesOf<Row extends { row: number }>(
  records: Iterable<FileRecord>,
  read: (record: FileRecord['record'], row: number) => Result<Row, RefusedRow>,
  groupOf: (row: Row) => string,
  maxBytes: number,
): Generator<Batch<Row>> {
  let groups = new Map<string, Row[]>();
  let refused: RefusedRow[] = [];
  let held = 0;
  let newest = '';
  for (const { row, record, wrong } of records) {
    const answer = wrong === undefined ? read(record, row) : refuse({ row, reason: wrong });
    if (answer.ok) {
      newest = groupOf(answer.value);
      const group = groups.get(newest);
      if (group) group.push(answer.value);
      else groups.set(newest, [answer.value]);
    } else refused.push(answer.failure);
    held += 1;
    if (held < WINDOW_ROWS) continue;
    // The order being read may go on beyond the window's edge: it waits for the next window, unless it is all there is.
    const open = groups.size > 1 ? groups.get(newest) : undefined;
    if (open) groups.delete(newest);
    yield* packed(groups.values(), refused, maxBytes);
    groups = new Map(open ? [[newest, open]] : []);
    refused = [];
    held = open?.length ?? 0;
  }
  yield* packed(groups.values(), refused, maxBytes);
}

/** Fills batches group by group; a group that does not fit into the rest of a batch opens the next one. */
function* packed<Row extends { row: number }>(
  groups: Iterable<Row[]>,
  refusedByReader: RefusedRow[],
  maxBytes: number,
): Generator<Batch<Row>> {
  let rows: Row[] = [];
  let bytes = 2;
  let refused = refusedByReader;
  const take = (): Batch<Row> => {
    const batch = { rows, refused };
    rows = [];
    bytes = 2;
    refused = [];
    return batch;
  };
  for (const group of groups) {
    const sizes = group.map((row) => utf8Bytes(JSON.stringify(row)) + 1);
    const whole = sizes.reduce((sum, size) => sum + size, 0);
    if (rows.length > 0 && bytes + whole > maxBytes) yield take();
    for (const [i, row] of group.entries()) {
      const size = sizes[i] ?? 0;
      if (size + 2 > maxBytes) {
        refused.push({ row: row.row, reason: '这一行太长，请检查引号或缩短内容' });
        continue;
      }
      // Only a single order larger than a whole call is ever cut.
      if (bytes + size > maxBytes) yield take();
      rows.push(row);
      bytes += size;
    }
  }
  if (rows.length > 0 || refused.length > 0) yield take();
}

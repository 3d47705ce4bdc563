import type { Ms } from '../../kernel/day';
import type { Fen } from '../../kernel/fen';
import { done, refuse } from '../../kernel/result';
import type { Result } from '../../kernel/result';
import { parseAmount } from './amount';
import { cellText, isRounded, kindOf, readPhone, wholeNumberText } from './cell';
import { ORDER_COLUMNS } from './columns';
import type { ColumnMap, OrderColumn } from './columns';
import { parseMoment } from './moment';
import type { DateOrder } from './moment';

export { parseMoment } from './moment';
export { readMemberRow } from './readMember';
export type { MemberRow } from './readMember';

/** One line of an order file. */
export interface OrderRow {
  /** where it stands in the file, for messages */
  row: number;
  orderNo: string;
  memberNo: string;
  branchNo: string;
  paidAt: Ms | null;
  createdAt: Ms;
  /** negative on a line that was taken back */
  amountFen: Fen;
  refundedFen: Fen;
  clerkNo: string | null;
  withCoupon: boolean;
  /** the product or sub-order, where the file has one line for each */
  line: string | null;
  /** what kind of goods it is, where the file tells */
  category?: string | null;
  /** when the refund was made, where the file tells */
  refundedAt?: Ms | null;
}

/** In which order our columns write dates whose year comes last; see `startWatching`. */
export type DateOrders = Readonly<Partial<Record<string, DateOrder>>>;

/** No receipt is this large; 1 followed by 9 zeros is a bar code in the wrong column. */
const MOST_FEN: Fen = 100_000_000_00;

const UNPAID = /待付款|等待付款|等待买家付款|未付款|未支付|待支付|unpaid|pending/i;
const CLOSED = /关闭|取消|作废|cancel|closed|void/i;

/** One record while it is read. Plain functions over it: a file has millions, and closures for each cost as much as reading. */
interface Line {
  record: Readonly<Record<string, string>>;
  columns: ColumnMap<OrderColumn>;
  orders: DateOrders;
  /** what is wrong with it so far */
  wrong: string[];
}

function textOf({ record, columns }: Line, column: OrderColumn): string {
  const header = columns[column];
  return header === undefined ? '' : cellText(record[header]);
}

function complain({ wrong }: Line, column: OrderColumn, what: string): void {
  wrong.push(ORDER_COLUMNS[column].word + what);
}

function keyOf(line: Line, column: OrderColumn): string {
  const found = wholeNumberText(textOf(line, column));
  if (found === '') complain(line, column, '是空的');
  if (isRounded(found)) complain(line, column, '被表格软件改成了科学计数法，请把这一列设为“文本”后重新导出');
  return found;
}

function momentOf(line: Line, column: 'paidAt' | 'createdAt' | 'refundedAt'): Ms | null {
  const cell = textOf(line, column);
  if (cell === '') return null;
  const at = parseMoment(cell, line.orders[column]);
  if (at === null) complain(line, column, `应写成2024-03-05 14:05这样的日期，这里是${kindOf(cell)}`);
  return at;
}

function amountOf(line: Line, column: 'amount' | 'refunded'): Fen {
  const cell = textOf(line, column);
  const fen = parseAmount(cell);
  if (fen === null) complain(line, column, `应是以元为单位的金额，这里是${kindOf(cell)}`);
  else if (Math.abs(fen) > MOST_FEN) complain(line, column, '超过一亿元，请检查列是否对错了');
  return fen ?? 0;
}

/**
 * Reads one record of an order file. A row is refused with a sentence that names each wrong column and what kind of
 * thing stands in it, never the thing itself.
 *
 * An empty payment time means unpaid; a file that has only one time column holds sales, paid when they were made,
 * unless its status says otherwise. A closed order that had been paid counts as refunded in full, one that never was
 * is refused, for there is nothing to keep.
 *
 * @param orders of dates with the year last; such dates in other columns are refused
 * @example readOrderRow({ 订单号: 'A1', 会员号: 'M1', 门店: 'S1', 支付时间: '2024/3/5', 实付金额: '¥99' }, columns, 2)
 * // → done({ row: 2, orderNo: 'A1', amountFen: 9_900, … })
 */
export function readOrderRow(
  record: Readonly<Record<string, string>>,
  columns: ColumnMap<OrderColumn>,
  row: number,
  orders: DateOrders = {},
): Result<OrderRow, { row: number; reason: string }> {
  const line: Line = { record, columns, orders, wrong: [] };
  const orderNo = keyOf(line, 'orderNo');
  const memberText = keyOf(line, 'memberNo');
  const branchNo = keyOf(line, 'branchNo');
  const paidColumn = momentOf(line, 'paidAt');
  const createdAt = momentOf(line, 'createdAt') ?? paidColumn;
  if (textOf(line, 'paidAt') === '' && textOf(line, 'createdAt') === '')
    complain(line, columns.paidAt === undefined ? 'createdAt' : 'paidAt', '是空的');
  const amountFen = amountOf(line, 'amount');
  const refundedFen = textOf(line, 'refunded') === '' ? 0 : Math.abs(amountOf(line, 'refunded'));
  const refundedAt = momentOf(line, 'refundedAt');
  if (createdAt === null || line.wrong.length > 0) return refuse({ row, reason: line.wrong.join('；') });

  const status = textOf(line, 'status');
  const isClosed = CLOSED.test(status);
  const paidAt = UNPAID.test(status) ? null : columns.paidAt === undefined ? createdAt : paidColumn;
  // A file with one time column cannot show that a closed order had been paid.
  if (isClosed && (paidAt === null || columns.paidAt === undefined))
    return refuse({ row, reason: '订单没有付款就已关闭，不用导入' });
  const coupon = textOf(line, 'coupon');
  const refunded = isClosed ? Math.max(0, amountFen) : refundedFen;
  return done({
    row,
    orderNo,
    memberNo: readPhone(memberText) ?? memberText,
    branchNo,
    paidAt,
    createdAt,
    amountFen,
    refundedFen: refunded,
    clerkNo: textOf(line, 'clerkNo') || null,
    withCoupon: coupon !== '' && parseAmount(coupon) !== 0 && !/^(否|未使用|no|n|false)$/i.test(coupon),
    line: textOf(line, 'line') || null,
    ...(columns.category === undefined ? {} : { category: textOf(line, 'category') || null }),
    ...(refunded > 0 && refundedAt !== null ? { refundedAt } : {}),
  });
}

import type { Ms } from '../../kernel/day';
import { parseYuan } from '../../kernel/fen';
import type { Fen } from '../../kernel/fen';
import { done, refuse } from '../../kernel/result';
import type { Result } from '../../kernel/result';
import { cellText, isRounded, kindOf, readPhone, wholeNumberText } from './cell';
import { ORDER_COLUMNS } from './columns';
import type { ColumnMap, OrderColumn } from './columns';
import { parseMoment } from './moment';

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
}

/** No receipt is this large; 1 followed by 9 zeros is a bar code in the wrong column. */
const MOST_FEN: Fen = 100_000_000_00;

const UNPAID = /待付款|等待付款|等待买家付款|未付款|未支付|待支付|unpaid|pending/i;
const CLOSED = /关闭|取消|作废|cancel|closed|void/i;

/**
 * Reads one record of an order file. A row is refused with a sentence that names each wrong column and what kind of
 * thing stands in it, never the thing itself.
 *
 * An empty payment time means unpaid; a file that has only one time column holds sales, paid when they were made,
 * unless its status says otherwise. A closed order that had been paid counts as refunded in full, one that never was
 * is refused, for there is nothing to keep.
 *
 * @example readOrderRow({ 订单号: 'A1', 会员号: 'M1', 门店: 'S1', 支付时间: '2024/3/5', 实付金额: '¥99' }, columns, 2)
 * // → done({ row: 2, orderNo: 'A1', amountFen: 9_900, … })
 */
export function readOrderRow(
  record: Readonly<Record<string, string>>,
  columns: ColumnMap<OrderColumn>,
  row: number,
): Result<OrderRow, { row: number; reason: string }> {
  const wrong: string[] = [];
  const text = (column: OrderColumn): string => {
    const header = columns[column];
    return header === undefined ? '' : cellText(record[header]);
  };
  const complain = (column: OrderColumn, what: string): void => {
    wrong.push(ORDER_COLUMNS[column].word + what);
  };
  const key = (column: OrderColumn): string => {
    const found = wholeNumberText(text(column));
    if (found === '') complain(column, '是空的');
    if (isRounded(found)) complain(column, '被表格软件改成了科学计数法，请把这一列设为“文本”后重新导出');
    return found;
  };
  const moment = (column: 'paidAt' | 'createdAt'): Ms | null => {
    const at = parseMoment(text(column));
    if (at === null && text(column) !== '')
      complain(column, `应写成2024-03-05 14:05这样的日期，这里是${kindOf(text(column))}`);
    return at;
  };
  const amount = (column: 'amount' | 'refunded'): Fen => {
    const fen = parseYuan(text(column));
    if (fen === null) complain(column, `应是以元为单位的金额，这里是${kindOf(text(column))}`);
    else if (Math.abs(fen) > MOST_FEN) complain(column, '超过一亿元，请检查列是否对错了');
    return fen ?? 0;
  };

  const orderNo = key('orderNo');
  const memberText = key('memberNo');
  const branchNo = key('branchNo');
  const paidColumn = moment('paidAt');
  const createdAt = moment('createdAt') ?? paidColumn;
  if (text('paidAt') === '' && text('createdAt') === '')
    complain(columns.paidAt === undefined ? 'createdAt' : 'paidAt', '是空的');
  const amountFen = amount('amount');
  const refundedFen = text('refunded') === '' ? 0 : Math.abs(amount('refunded'));
  if (createdAt === null || wrong.length > 0) return refuse({ row, reason: wrong.join('；') });

  const status = text('status');
  const isClosed = CLOSED.test(status);
  const paidAt = UNPAID.test(status) ? null : columns.paidAt === undefined ? createdAt : paidColumn;
  // A file with one time column cannot show that a closed order had been paid.
  if (isClosed && (paidAt === null || columns.paidAt === undefined))
    return refuse({ row, reason: '订单没有付款就已关闭，不用导入' });
  const coupon = text('coupon');
  return done({
    row,
    orderNo,
    memberNo: readPhone(memberText) ?? memberText,
    branchNo,
    paidAt,
    createdAt,
    amountFen,
    refundedFen: isClosed ? Math.max(0, amountFen) : refundedFen,
    clerkNo: text('clerkNo') || null,
    withCoupon: coupon !== '' && parseYuan(coupon) !== 0 && !/^(否|未使用|no|n|false)$/i.test(coupon),
    line: text('line') || null,
  });
}

import type { Ms } from '../../kernel/day';
import { parseYuan } from '../../kernel/fen';
import type { Fen } from '../../kernel/fen';
import { done, refuse } from '../../kernel/result';
import type { Result } from '../../kernel/result';
import { cellText, isRounded, kindOf, readPhone } from './cell';
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

const UNPAID = /待付款|未付款|未支付|待支付|unpaid|pending/i;
const CLOSED = /关闭|取消|作废|cancel|closed|void/i;

/** A row that cannot be taken; carries the sentence out of the readers below. */
class RowRefusal extends Error {}

/**
 * Reads one record of an order file. A row is refused with a sentence that names the column and what kind of thing
 * stands in it, never the thing itself.
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
  const text = (column: OrderColumn): string => {
    const header = columns[column];
    return header === undefined ? '' : cellText(record[header]);
  };
  const wrong = (column: OrderColumn, should: string): RowRefusal =>
    new RowRefusal(`${ORDER_COLUMNS[column].word}${should}，这里是${kindOf(text(column))}`);
  const key = (column: OrderColumn): string => {
    const found = text(column);
    if (found === '') throw new RowRefusal(`${ORDER_COLUMNS[column].word}是空的`);
    if (isRounded(found))
      throw new RowRefusal(
        `${ORDER_COLUMNS[column].word}被表格软件改成了科学计数法，请把这一列设为“文本”后重新导出`,
      );
    return found;
  };
  const moment = (column: 'paidAt' | 'createdAt'): Ms | null => {
    if (text(column) === '') return null;
    const at = parseMoment(text(column));
    if (at === null) throw wrong(column, '应写成2024-03-05 14:05这样的日期');
    return at;
  };
  const amount = (column: 'amount' | 'refunded'): Fen => {
    const fen = parseYuan(text(column));
    if (fen === null) throw wrong(column, '应是以元为单位的金额');
    if (Math.abs(fen) > MOST_FEN)
      throw new RowRefusal(`${ORDER_COLUMNS[column].word}超过一亿元，请检查列是否对错了`);
    return fen;
  };

  try {
    const orderNo = key('orderNo');
    const memberText = key('memberNo');
    const branchNo = key('branchNo');
    const status = text('status');
    let paidAt = moment('paidAt');
    const createdAt = moment('createdAt') ?? paidAt;
    if (createdAt === null)
      throw new RowRefusal(`${ORDER_COLUMNS[columns.paidAt ? 'paidAt' : 'createdAt'].word}是空的`);
    if (columns.paidAt === undefined) paidAt = createdAt;
    if (UNPAID.test(status)) paidAt = null;
    const isClosed = CLOSED.test(status);
    if (isClosed && (paidAt === null || columns.paidAt === undefined))
      throw new RowRefusal('订单没有付款就已关闭，不用导入');
    const amountFen = amount('amount');
    const refunded = text('refunded') === '' ? 0 : Math.abs(amount('refunded'));
    const coupon = text('coupon');
    return done({
      row,
      orderNo,
      memberNo: readPhone(memberText) ?? memberText,
      branchNo,
      paidAt,
      createdAt,
      amountFen,
      refundedFen: isClosed ? Math.max(0, amountFen) : refunded,
      clerkNo: text('clerkNo') || null,
      withCoupon: coupon !== '' && parseYuan(coupon) !== 0 && !/^(否|未使用|no|n|false)$/i.test(coupon),
      line: text('line') || null,
    });
  } catch (error) {
    if (error instanceof RowRefusal) return refuse({ row, reason: error.message });
    throw error;
  }
}

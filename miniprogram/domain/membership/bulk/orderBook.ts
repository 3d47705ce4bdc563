import { paidAtOf, purchaseFenOf } from '../facts';
import type { OrderFact } from '../types';
import { numberOfInstant } from './dayNumber';
import { fitsPurchase } from './purchase';

/** Raw orders of many members, one array a column. Members are numbered from 0. */
export interface OrderColumns {
  members: number;
  /** how many rows of the three columns below are filled */
  rows: number;
  member: Int32Array;
  /** business day of payment, see `numberOfDay` */
  paidDay: Int32Array;
  /** net of refunds, > 0; a purchase without a known amount is 0 */
  fen: Float64Array;
  /** per member: the newest unpaid order's day, 0 = none. Missing = nobody has one */
  unpaidDay?: Int32Array;
  /** per member: 1 = was in a shop or looked at a page. Missing = nobody did */
  visited?: Uint8Array;
}

const FIRST_ROWS = 1 << 12;

function longer<T extends Int32Array | Float64Array | Uint8Array>(column: T, make: (n: number) => T): T {
  const grown = make(column.length * 2);
  grown.set(column);
  return grown;
}

/**
 * Collects the orders of a whole chain in columns, 16 bytes each, while they stream by in any order. Member numbers are
 * looked up once per order and are whole numbers from then on.
 *
 * @example const book = new OrderBook(); book.add('M1', order); const columns = statistics(book.columns());
 */
export class OrderBook {
  private readonly byNo = new Map<string, number>();
  private readonly nos: string[] = [];
  private rows = 0;
  private member: Int32Array = new Int32Array(FIRST_ROWS);
  private paidDay: Int32Array = new Int32Array(FIRST_ROWS);
  private fen: Float64Array = new Float64Array(FIRST_ROWS);
  private unpaidDay: Int32Array = new Int32Array(FIRST_ROWS);
  private visited: Uint8Array = new Uint8Array(FIRST_ROWS);

  /** Member numbers as they were first seen; the index is the member of the columns. */
  get memberNos(): readonly string[] {
    return this.nos;
  }

  /** The index of a member, a new one when she was not seen yet. */
  memberOf(memberNo: string): number {
    const known = this.byNo.get(memberNo);
    if (known !== undefined) return known;
    const index = this.nos.length;
    this.byNo.set(memberNo, index);
    this.nos.push(memberNo);
    if (index >= this.unpaidDay.length) {
      this.unpaidDay = longer(this.unpaidDay, (n) => new Int32Array(n));
      this.visited = longer(this.visited, (n) => new Uint8Array(n));
    }
    return index;
  }

  /** Takes one order in; what is no purchase leaves at most its unpaid day. Throws on a day or amount beyond all shops. */
  add(memberNo: string, order: OrderFact): void {
    const member = this.memberOf(memberNo);
    if (order.status === 'unpaid') {
      const on = numberOfInstant(order.createdAt);
      if (!fitsPurchase(on, 0)) throw new RangeError(`an unpaid order of day ${on}`);
      if (on > (this.unpaidDay[member] ?? 0)) this.unpaidDay[member] = on;
      return;
    }
    const fen = purchaseFenOf(order);
    if (fen === null) return;
    const paidDay = numberOfInstant(paidAtOf(order));
    if (!fitsPurchase(paidDay, fen)) throw new RangeError(`an order of day ${paidDay} and ${fen} fen`);
    if (this.rows === this.member.length) {
      this.member = longer(this.member, (n) => new Int32Array(n));
      this.paidDay = longer(this.paidDay, (n) => new Int32Array(n));
      this.fen = longer(this.fen, (n) => new Float64Array(n));
    }
    this.member[this.rows] = member;
    this.paidDay[this.rows] = paidDay;
    this.fen[this.rows] = fen;
    this.rows += 1;
  }

  /** Notes that she was in a shop or looked at a page, whenever that was. */
  addInterest(memberNo: string): void {
    this.visited[this.memberOf(memberNo)] = 1;
  }

  /** What was collected so far. The arrays are the book's own: read them before adding more. */
  columns(): OrderColumns {
    const members = this.nos.length;
    return {
      members,
      rows: this.rows,
      member: this.member,
      paidDay: this.paidDay,
      fen: this.fen,
      unpaidDay: this.unpaidDay.subarray(0, members),
      visited: this.visited.subarray(0, members),
    };
  }
}

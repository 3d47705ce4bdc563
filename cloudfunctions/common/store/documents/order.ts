import type { ImportVerdict } from '../../../../miniprogram/contract/members';
import type { Ms } from '../../../../miniprogram/domain/kernel/day';
import type { Fen } from '../../../../miniprogram/domain/kernel/fen';

/** 订单. `_id` = `source:number`. */
export interface OrderDoc {
  _id: string;
  memberId: string;
  branchId: string;
  clerkId: string | null;
  status: 'unpaid' | 'paid' | 'refunded' | 'cancelled';
  createdAt: Ms;
  paidAt: Ms | null;
  /** line key → fen; the paid amount is their sum */
  lines: Record<string, Fen>;
  paidFen: Fen;
  refundedFen: Fen;
  withCoupon: boolean;
  categoryFen?: Record<string, Fen>;
  /** line key → category, in orders from files: `categoryFen` is summed anew from it when lines come in again */
  lineCategory?: Record<string, string>;
  /** all that was refunded by then, oldest first: the largest is `refundedFen` */
  refunds?: { at: Ms; fen: Fen }[];
  cancelledAt?: Ms | null;
  /** a purchase somebody remembers without its amount */
  priceUnknown?: boolean;
  /** the till has told the sale itself, so its branch and clerk are those who sold it */
  isSaleTold?: boolean;
  /** counts the changes since it was added; two writers that read the same one cannot both win. Missing = none yet */
  revision?: number;
}

/**
 * One call of an import, written before its rows: should the call die, its members are found here and placed again.
 * `_id` = `caller:requestKey:hash of the rows`, so a repeated call finds the verdict of the first.
 */
export interface ImportDoc {
  _id: string;
  at: Ms;
  /** under way, or died: the verdict is not there yet. Indexed, for most calls of a day are through */
  isOpen: boolean;
  /** whose orders the call writes; empty once it is done */
  memberIds: string[];
  /** null while the call is under way */
  verdict: ImportVerdict | null;
}

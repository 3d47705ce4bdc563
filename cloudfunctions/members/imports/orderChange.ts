import type { Fen } from '../../../miniprogram/domain/kernel/fen';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { categoryFenOf, totalFen } from '../../../miniprogram/domain/membership/csv/mergeLines';
import type { OrderDraft } from '../../../miniprogram/domain/membership/csv/mergeLines';
import { climbing } from '../../../miniprogram/domain/membership/csv/refunds';
import { branchIdOf } from '../../common/flows/branchNumber';
import type { OrderDoc } from '../../common/store/documents';

/** What a draft from a file means for the order that stands, if one does. */
export type OrderChange =
  | { kind: 'add'; doc: OrderDoc }
  | { kind: 'change'; read: OrderDoc; doc: OrderDoc }
  | { kind: 'same' }
  | { kind: 'refuse'; reason: string };

/** @example orderIdOf('A1') // → 'csv:A1' */
export const orderIdOf = (orderNo: string): string => `csv:${orderNo}`;

function statusOf(paidAt: Ms | null, paidFen: Fen, refundedFen: Fen): OrderDoc['status'] {
  if (paidAt === null) return 'unpaid';
  return paidFen > 0 && refundedFen >= paidFen ? 'refunded' : 'paid';
}

const earlier = (a: Ms | null, b: Ms | null): Ms | null => (a === null ? b : b === null ? a : Math.min(a, b));

/** The same content, whatever order the fields stand in. */
function isSameRecord(one: Readonly<Record<string, unknown>> = {}, next: typeof one = {}): boolean {
  const keys = Object.keys(next);
  return keys.length === Object.keys(one).length && keys.every((key) => one[key] === next[key]);
}

function isSame(one: OrderDoc, next: OrderDoc): boolean {
  const [steps = [], nextSteps = []] = [one.refunds, next.refunds];
  return (
    isSameRecord(one.lines, next.lines) &&
    isSameRecord(one.lineCategory, next.lineCategory) &&
    steps.length === nextSteps.length &&
    steps.every(({ at, fen }, i) => at === nextSteps[i]?.at && fen === nextSteps[i].fen) &&
    one.status === next.status &&
    one.createdAt === next.createdAt &&
    one.paidAt === next.paidAt &&
    one.paidFen === next.paidFen &&
    one.refundedFen === next.refundedFen &&
    one.withCoupon === next.withCoupon &&
    one.clerkId === next.clerkId
  );
}

/**
 * Brings a draft and the order that stands together. The lines of an order may come in several calls and in any order,
 * so everything grows one way only: lines are joined, times are the earliest, refunds the largest, paid never turns
 * back to unpaid and a cancelled order stays cancelled. Reading the same rows again therefore changes nothing.
 *
 * @example orderChange(null, draft) // → { kind: 'add', doc: { _id: 'csv:A1', … } }
 */
export function orderChange(read: OrderDoc | null, draft: OrderDraft): OrderChange {
  if (read && read.memberId !== draft.memberNo) {
    return { kind: 'refuse', reason: '这个订单号已属于另一位会员，请核对订单号和会员号' };
  }
  const lines = { ...read?.lines, ...draft.lines };
  const paidFen = totalFen({ lines });
  const paidAt = earlier(read?.paidAt ?? null, draft.paidAt);
  const refundedFen = Math.max(read?.refundedFen ?? 0, draft.refundedFen);
  const lineCategory = { ...read?.lineCategory, ...draft.lineCategory };
  const refunds = climbing([...(read?.refunds ?? []), ...draft.refunds]);
  const doc: OrderDoc = {
    _id: orderIdOf(draft.orderNo),
    memberId: draft.memberNo,
    branchId: read?.branchId ?? branchIdOf(draft.branchNo),
    clerkId: read?.clerkId ?? draft.clerkNo,
    status: read?.status === 'cancelled' ? 'cancelled' : statusOf(paidAt, paidFen, refundedFen),
    createdAt: Math.min(read?.createdAt ?? draft.createdAt, draft.createdAt),
    paidAt,
    lines,
    paidFen,
    refundedFen,
    withCoupon: (read?.withCoupon ?? false) || draft.withCoupon,
    // Files that tell no category or refund time leave no empty field behind.
    ...(Object.keys(lineCategory).length > 0
      ? { lineCategory, categoryFen: categoryFenOf(lines, lineCategory) }
      : {}),
    ...(refunds.length > 0 ? { refunds } : {}),
  };
  if (!read) return { kind: 'add', doc };
  return isSame(read, doc) ? { kind: 'same' } : { kind: 'change', read, doc };
}

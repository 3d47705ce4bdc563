import type { ImportVerdict } from '../../../miniprogram/contract/members';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { OrderDraft } from '../../../miniprogram/domain/membership/csv/mergeLines';
import type { OrderDoc } from '../../common/store/documents';
import { orderChange, orderIdOf } from './orderChange';
import type { OrderChange } from './orderChange';
import { lengthRefusal, memberNoRefusal, momentRefusal } from './rows';

/** A draft with what it means for the order that stands. */
export interface Decided {
  draft: OrderDraft;
  change: OrderChange;
}

const longestOf = (texts: readonly string[]): string | null =>
  texts.reduce<string | null>(
    (longest, text) => (text.length > (longest?.length ?? 0) ? text : longest),
    null,
  );

/** The first time that cannot be one; null when all can. */
const strangeOf = (times: readonly Ms[]): Ms | null =>
  times.find((at) => momentRefusal('', at) !== null) ?? null;

/** Why a draft cannot be taken at all, whatever stands. */
function refusalOf(draft: OrderDraft): string | null {
  return (
    memberNoRefusal(draft.memberNo) ??
    lengthRefusal('订单号', draft.orderNo) ??
    lengthRefusal('门店', draft.branchNo) ??
    lengthRefusal('导购', draft.clerkNo) ??
    lengthRefusal('类目', longestOf(Object.values(draft.lineCategory))) ??
    momentRefusal('退款时间', strangeOf(draft.refunds.map(({ at }) => at))) ??
    momentRefusal('下单时间', draft.createdAt) ??
    momentRefusal('支付时间', draft.paidAt)
  );
}

export function decide(drafts: readonly OrderDraft[], standing: readonly OrderDoc[]): Decided[] {
  const byId = new Map(standing.map((order) => [order._id, order]));
  return drafts.map((draft) => {
    const reason = refusalOf(draft);
    if (reason) return { draft, change: { kind: 'refuse', reason } };
    return { draft, change: orderChange(byId.get(orderIdOf(draft.orderNo)) ?? null, draft) };
  });
}

/** What is not there yet and has to be, before an order of it can stand. */
export interface Unknowns {
  /** ids; a member numbered by her phone has one that does not tell it */
  memberIds: string[];
  branchNos: string[];
}

/** The verdict on a call, from what was decided first for each order. */
export function verdictOn(rows: number, decided: readonly Decided[], unknowns: Unknowns): ImportVerdict {
  const of = (kind: OrderChange['kind']) => decided.filter(({ change }) => change.kind === kind);
  return {
    rows,
    added: of('add').length,
    changed: of('change').length,
    same: of('same').length,
    newMembers: unknowns.memberIds.length,
    newBranches: unknowns.branchNos.length,
    newMemberNos: unknowns.memberIds,
    newBranchNos: unknowns.branchNos,
    addedNos: of('add').map(({ draft }) => draft.orderNo),
    refused: decided
      .flatMap(({ draft, change }) =>
        change.kind === 'refuse' ? draft.rows.map((row) => ({ row, reason: change.reason })) : [],
      )
      .sort((a, b) => a.row - b.row),
  };
}

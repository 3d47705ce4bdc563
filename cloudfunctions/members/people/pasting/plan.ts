import type { ImportVerdict } from '../../../../miniprogram/contract/members';
import type { PastedRow } from '../../../../miniprogram/domain/membership/paste';
import { factsOf } from '../../../../miniprogram/domain/membership/facts';
import type { Acting } from '../../../common/entry/action';
import { placedBy, placingOn, unknownMember } from '../../../common/flows/placing';
import { isMadeUp } from '../../../common/people/united';
import { mayKeepPhones, sealPhone } from '../../../common/people/phones';
import type { ChainDoc, MemberDoc, OrderDoc } from '../../../common/store/documents';
import { ordersOf } from '../../../common/store/orders';
import type { OrderHead } from '../../../common/store/orders';
import { table } from '../../../common/store/table';
import { isKnownPurchase, lineRefusal, toldOrder } from './told';
import { whoIsWho } from './who';
import type { Who } from './who';

/** One customer of the list, with all her lines. */
export interface PlannedMember {
  lines: PastedRow[];
  /** as she stands, or as she will be added */
  member: MemberDoc;
  isNew: boolean;
  /** what the list tells of her that was blank */
  fill: Partial<Pick<MemberDoc, 'name' | 'homeBranchId'>>;
  orders: OrderDoc[];
  /** how her facts and tier will be */
  after: MemberDoc;
}
export interface Plan {
  members: PlannedMember[];
  verdict: ImportVerdict;
}

function newMember(
  { memberId, row }: Who,
  branchId: string | null,
  chain: ChainDoc,
  acting: Acting,
): MemberDoc {
  const { now, today } = acting;
  const phoneTail = row.phone?.slice(-4) ?? '';
  return {
    ...unknownMember(memberId, placingOn(chain, today), now),
    name: row.name || `会员${phoneTail}`,
    phoneTail,
    ...(row.phone !== null && mayKeepPhones() ? { phone: sealPhone(row.phone) } : {}),
    homeBranchId: branchId,
  };
}

function fillOf(
  member: MemberDoc,
  lines: readonly PastedRow[],
  branchId: string | null,
): PlannedMember['fill'] {
  const name = lines.find((line) => line.name !== '')?.name;
  return {
    ...(name !== undefined && isMadeUp(member.name) && name !== member.name ? { name } : {}),
    ...(member.homeBranchId === null && branchId !== null ? { homeBranchId: branchId } : {}),
  };
}

/** A manager's list is about her own branch; a customer of another is not hers to write on. */
function isElsewhere(member: MemberDoc, { scope }: Acting): boolean {
  const branchId = member.homeBranchId ?? member.facts.lastBranchId;
  return scope.role === 'manager' && branchId !== null && branchId !== scope.branchId;
}

/**
 * What a pasted list means for the members who stand: whom it adds, which purchases it tells, and where each will stand.
 * Reads only; up to five calls for 500 lines.
 */
export async function planPaste(
  rows: readonly PastedRow[],
  branchId: string | null,
  chain: ChainDoc,
  acting: Acting,
): Promise<Plan> {
  const { today } = acting;
  const refused: ImportVerdict['refused'] = [];
  const good = rows.filter((row) => {
    const reason = lineRefusal(row, today);
    if (reason !== null) refused.push({ row: row.row, reason });
    return reason === null;
  });
  const who = await whoIsWho(good, branchId);
  refused.push(...who.refused);
  const ids = [...new Set(who.known.map(({ memberId }) => memberId))];
  const [standing, orders] = await Promise.all([table('members').findMany(ids), ordersOf(ids)]);
  const byId = new Map(standing.map((member) => [member._id, member]));
  const members = new Map<string, PlannedMember>();
  for (const one of who.known) {
    const stands = byId.get(one.memberId);
    if (stands && isElsewhere(stands, acting)) {
      refused.push({ row: one.row.row, reason: '这位顾客是别的门店的会员，请联系总部' });
      continue;
    }
    const planned = members.get(one.memberId);
    if (planned) planned.lines.push(one.row);
    else {
      const member = stands ?? newMember(one, branchId, chain, acting);
      members.set(one.memberId, {
        lines: [one.row],
        member,
        isNew: !stands,
        fill: {},
        orders: [],
        after: member,
      });
    }
  }
  for (const planned of members.values()) {
    const own = orders.filter(({ memberId }) => memberId === planned.member._id);
    decide(planned, own, branchId, chain, acting);
  }
  return { members: [...members.values()], verdict: verdictOn(rows, [...members.values()], refused) };
}

/** Which purchases are news, and where they put her. */
function decide(
  planned: PlannedMember,
  orders: readonly OrderHead[],
  branchId: string | null,
  chain: ChainDoc,
  { today }: Acting,
): void {
  const { member, lines } = planned;
  planned.fill = fillOf(member, lines, branchId);
  const where = branchId ?? member.homeBranchId ?? member.facts.lastBranchId ?? '';
  for (const { lastPaidOn, bought } of lines) {
    if (lastPaidOn === null || isKnownPurchase([...orders, ...planned.orders], lastPaidOn, today)) continue;
    planned.orders.push(toldOrder(member._id, where, lastPaidOn, bought));
  }
  const facts = factsOf([...orders, ...planned.orders], member.visitDays, member.browseDays ?? []);
  planned.after = { ...member, ...planned.fill, facts, ...placedBy(placingOn(chain, today), facts) };
}

function verdictOn(
  rows: readonly PastedRow[],
  members: readonly PlannedMember[],
  refused: ImportVerdict['refused'],
): ImportVerdict {
  const added = members.filter(({ isNew }) => isNew).map(({ member }) => member._id);
  const changed = members.filter(
    ({ isNew, fill, orders }) => !isNew && (Object.keys(fill).length > 0 || orders.length > 0),
  );
  return {
    rows: rows.length,
    added: added.length,
    changed: changed.length,
    same: members.length - added.length - changed.length,
    newMembers: added.length,
    newBranches: 0,
    newMemberNos: added,
    newBranchNos: [],
    addedNos: added,
    refused: refused.sort((a, b) => a.row - b.row),
  };
}

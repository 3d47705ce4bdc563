import type { MemberBrief } from '../../miniprogram/contract/members';
import type { BranchDoc } from '../common/store/documents';
import type { ListedMember } from '../common/store/members';

/** The branch a member is listed under: her home, else where she was last served. */
export function branchIdOfMember(member: Pick<ListedMember, 'homeBranchId' | 'facts'>): string | null {
  return member.homeBranchId ?? member.facts.lastBranchId ?? null;
}

export function briefOf(member: ListedMember, branches: ReadonlyMap<string, BranchDoc>): MemberBrief {
  const branchId = branchIdOfMember(member);
  return {
    memberId: member._id,
    name: member.name,
    phoneTail: member.phoneTail,
    branchName: branchId === null ? '' : (branches.get(branchId)?.name ?? branchId),
    lifecycle: member.lifecycle,
    value: member.value,
    lastPaidOn: member.facts.lastPaidOn ?? null,
  };
}

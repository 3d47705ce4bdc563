import type { CouponDoc, MemberDoc, MergeDoc, TouchDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';

/** A member as far as replaying her days needs. */
export type ReplayedMember = Pick<MemberDoc, '_id' | 'name' | 'phoneTail' | 'visitDays' | 'browseDays'>;

/** Members of a branch behind an id, by id. One call. */
export function membersOfBranch(branchId: string, after: string, limit: number): Promise<ReplayedMember[]> {
  return table('members').page({
    where: { homeBranchId: branchId, _id: command().gt(after) },
    orderBy: [['_id', 'asc']],
    limit,
    fields: ['name', 'phoneTail', 'visitDays', 'browseDays'],
  });
}

/** One call. */
export function countMembersOfBranch(branchId: string): Promise<number> {
  return table('members').count({ homeBranchId: branchId });
}

/** The newest 1000 touches of a member; no policy allows so many in a life. One call. */
export function touchesOf(memberId: string): Promise<TouchDoc[]> {
  return table('touches').page({ where: { memberId }, orderBy: [['at', 'desc']], limit: PAGE_LIMIT });
}

/** Her coupons, when she is bound to an account; a shared account may hold others' as well. One call. */
export async function couponsOfMember({
  _id,
  openid,
}: Pick<MemberDoc, '_id' | 'openid'>): Promise<CouponDoc[]> {
  if (openid === null) return [];
  const found = await table('coupons').page({
    where: { openid },
    orderBy: [['claimedAt', 'desc']],
    limit: PAGE_LIMIT,
  });
  return found.filter((coupon) => coupon.memberId === _id);
}

/** When these numbers were merged away. At most one call. */
export async function mergesAmong(memberNos: readonly string[]): Promise<Pick<MergeDoc, '_id' | 'at'>[]> {
  if (memberNos.length === 0) return [];
  return table('merges').page({
    where: { _id: command().in([...memberNos]) },
    limit: PAGE_LIMIT,
    fields: ['at'],
  });
}

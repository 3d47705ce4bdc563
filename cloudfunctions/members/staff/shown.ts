import type { BranchShown, InviteShown, StaffRole, StaffShown } from '../../../miniprogram/contract/staff';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { BranchDoc, InviteDoc, StaffDoc } from '../../common/store/documents';
import { branchesNamed } from '../../common/store/remembered';

type Named = ReadonlyMap<string, Pick<BranchDoc, 'name'>>;

export const ROLE_WORDS: Readonly<Record<StaffRole, string>> = { hq: '总部', manager: '店长', clerk: '导购' };

/** Where she works, the main branch first; nowhere for HQ. */
export function branchIdsOf({ branchId, alsoBranchIds = [] }: StaffDoc): string[] {
  return branchId === null ? [] : [...new Set([branchId, ...alsoBranchIds])];
}

export function staffShown(staff: StaffDoc, branches: Named): StaffShown {
  const { _id: staffId, name, role, active, mayExport = false, joinedAt = null, leftAt = null } = staff;
  return {
    staffId,
    name,
    role,
    branches: branchIdsOf(staff).map((id) => ({ id, name: branches.get(id)?.name ?? id })),
    active,
    mayExport,
    joinedAt,
    leftAt,
  };
}

export function inviteShown(invite: InviteDoc, branches: Named): InviteShown {
  const { _id: code, role, branchId, name, expiresAt } = invite;
  const branchName = branchId === null ? '' : (branches.get(branchId)?.name ?? branchId);
  return { code, role, branchId, branchName, name, expiresAt };
}

export function branchShown(branch: BranchDoc, staff: number): BranchShown {
  const { _id: branchId, name, address, active, unknown = false, region = '' } = branch;
  return { branchId, name, address, active, unknown, staff, ...(region === '' ? {} : { region }) };
}

/** Who she is in words, for a sentence. At most one call. @example '东湖店的导购' */
export async function standingWords(
  { role, branchId }: Pick<StaffDoc, 'role' | 'branchId'>,
  now: Ms,
): Promise<string> {
  if (branchId === null) return ROLE_WORDS[role];
  const branch = (await branchesNamed([branchId], now)).get(branchId);
  return `${branch?.name ?? branchId}的${ROLE_WORDS[role]}`;
}

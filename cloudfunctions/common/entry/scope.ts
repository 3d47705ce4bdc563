import type { StaffDoc } from '../store/documents';
import { table } from '../store/table';

/**
 * What a caller may see and do. It follows from the platform's identity alone, never from what was sent.
 * A member or a stranger is told apart by the action that needs it: most calls of theirs carry a link.
 */
export type Scope =
  | { role: 'hq'; openid: string; staff: StaffDoc; branchId: null; branchIds: readonly string[] }
  | {
      role: 'manager' | 'clerk';
      openid: string;
      staff: StaffDoc;
      /** her main branch */
      branchId: string;
      /** all she works in, the main one first */
      branchIds: readonly string[];
    }
  | { role: 'person'; openid: string; staff: null; branchId: null; branchIds: readonly string[] };

export type ScopeRole = Scope['role'];
export const STAFF: readonly ScopeRole[] = ['hq', 'manager', 'clerk'];

const NOWHERE = { branchId: null, branchIds: [] } as const;

/** Resolves the caller once per call. One database call. */
export async function scopeOf(openid: string): Promise<Scope> {
  const staff = await table('staff').findOne({ openid, active: true });
  if (!staff) return { role: 'person', openid, staff: null, ...NOWHERE };
  if (staff.role === 'hq') return { role: 'hq', openid, staff, ...NOWHERE };
  const { role, branchId, alsoBranchIds = [] } = staff;
  if (branchId === null) return { role: 'person', openid, staff: null, ...NOWHERE };
  return { role, openid, staff, branchId, branchIds: [...new Set([branchId, ...alsoBranchIds])] };
}

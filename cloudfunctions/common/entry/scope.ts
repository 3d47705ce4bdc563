import type { StaffDoc } from '../store/documents';
import { table } from '../store/table';

/**
 * What a caller may see and do. It follows from the platform's identity alone, never from what was sent.
 * A member or a stranger is told apart by the action that needs it: most calls of theirs carry a link.
 */
export type Scope =
  | { role: 'hq'; openid: string; staff: StaffDoc; branchId: null }
  | { role: 'manager' | 'clerk'; openid: string; staff: StaffDoc; branchId: string }
  | { role: 'person'; openid: string; staff: null; branchId: null };

export type ScopeRole = Scope['role'];
export const STAFF: readonly ScopeRole[] = ['hq', 'manager', 'clerk'];

/** Resolves the caller once per call. One database call. */
export async function scopeOf(openid: string): Promise<Scope> {
  const staff = await table('staff').findOne({ openid, active: true });
  if (!staff) return { role: 'person', openid, staff: null, branchId: null };
  if (staff.role === 'hq') return { role: 'hq', openid, staff, branchId: null };
  if (staff.branchId === null) return { role: 'person', openid, staff: null, branchId: null };
  return { role: staff.role, openid, staff, branchId: staff.branchId };
}

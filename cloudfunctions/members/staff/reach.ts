import type { Failure } from '../../../miniprogram/contract/failures';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { Scope } from '../../common/entry/scope';
import type { StaffDoc } from '../../common/store/documents';
import { table } from '../../common/store/table';

/** Somebody the caller may change: anybody for HQ, clerks whose main branch is hers for a manager. One call. */
export async function reachedStaff(scope: Scope, staffId: string): Promise<Result<StaffDoc, Failure>> {
  const staff = await table('staff').find(staffId);
  if (!staff) return refuse({ code: 'not-found', detail: '这位员工' });
  if (scope.role === 'hq') return done(staff);
  if (scope.role !== 'manager' || staff.branchId !== scope.branchId) return refuse({ code: 'other-branch' });
  return staff.role === 'clerk' ? done(staff) : refuse({ code: 'not-allowed' });
}

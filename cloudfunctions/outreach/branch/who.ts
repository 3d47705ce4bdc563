import * as z from 'zod';
import type { Scope } from '../../common/entry/scope';
import { anId } from '../../common/entry/asks';

/** Who looks after a branch. */
export const BOSSES = ['manager', 'hq'] as const;

/** The tasks of one act: as many as two screens of the list hold. */
export const someTasks = z.array(anId).min(1, '请先选任务').max(100, '一次最多 100 条');

/** May this caller decide about the branch? Her own for a manager, any for HQ. */
export function decidesFor(scope: Scope, branchId: string | null): boolean {
  if (scope.role === 'hq') return true;
  return scope.role === 'manager' && branchId !== null && scope.branchId === branchId;
}

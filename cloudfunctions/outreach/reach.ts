import type { TaskDoc } from '../common/store/documents';
import type { Scope } from '../common/entry/scope';

/**
 * Is this task the caller's to work on? A clerk's own tasks, a manager's branch, everything for HQ. Held-out members
 * have no task for anybody.
 */
export function reaches(scope: Scope, task: Pick<TaskDoc, 'arm' | 'clerkId' | 'branchId'>): boolean {
  if (task.arm !== 'treated') return false;
  switch (scope.role) {
    case 'clerk':
      return task.clerkId === scope.staff._id;
    case 'manager':
      return task.branchId === scope.branchId;
    case 'hq':
      return true;
    case 'person':
      return false;
  }
}

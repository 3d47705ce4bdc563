import type { Failure } from '../../../miniprogram/contract/failures';
import type { ExportAsk } from '../../../miniprogram/contract/operations';
import type { Scope } from '../../common/entry/scope';

/**
 * Why she may not take this out; null when she may. The right is looked at before anything else, and it opens no more than
 * her role does: a manager her own branches, whole phone numbers nobody but HQ.
 */
export function objection(scope: Scope, ask: Pick<ExportAsk, 'branchId' | 'phones'>): Failure | null {
  if (scope.staff?.mayExport !== true) return { code: 'export-not-allowed' };
  if (scope.role === 'hq') return null;
  if (ask.branchId === null || !scope.branchIds.includes(ask.branchId)) return { code: 'other-branch' };
  return ask.phones === 'whole' ? { code: 'not-allowed' } : null;
}

import type { AuditDoc } from './documents';
import { table } from './table';

/**
 * Accounts for something that will be asked about later. One call.
 *
 * @param audit its `_id` names the act, so that a repeated one is accounted for once
 * @returns false when it stands there already
 * @example await note({ _id: 'left:c1', at: now, what: 'staffLeft', staffId: 'hq', memberId: null, detail: '…' });
 */
export function note(audit: AuditDoc): Promise<boolean> {
  return table('audit').addNew(audit);
}

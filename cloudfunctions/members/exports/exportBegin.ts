import * as z from 'zod';
import type { ExportAsk, OperationsContract } from '../../../miniprogram/contract/operations';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { aDay, anId } from '../../common/entry/asks';
import { note } from '../../common/store/audit';
import type { ExportDoc } from '../../common/store/documents';
import { mayAsk } from '../../common/store/guesses';
import { countToExport } from '../../common/store/exports';
import { table } from '../../common/store/table';
import { headOf, WHAT_WORDS } from './lines';
import { objection } from './right';

/** What is taken out, in words for the audit. */
function wordsOf({ what, branchId, phones, since }: ExportAsk, matching: number): string {
  return [
    `${WHAT_WORDS[what]} ${matching} 行`,
    branchId === null ? '全部门店' : `门店 ${branchId}`,
    since === null ? '' : `${since} 起`,
    phones === 'whole' ? '完整手机号' : '手机号打码',
  ]
    .filter(Boolean)
    .join('，');
}

/**
 * Begins a file: its mark, how many rows match, and its first lines. The audit knows of it before the first row leaves; the
 * mark stands in the file, so that one found lying about tells whose it was. The same act again gives the same file. Twenty
 * an hour: who takes out more than that works on something else. Four calls beside the caller's scope.
 */
export const exportBegin: Actions<OperationsContract>['export.begin'] = {
  who: ['hq', 'manager'],
  writes: true,
  ask: z.strictObject({
    what: z.enum(['members', 'tasks', 'touches']),
    branchId: anId.nullable(),
    phones: z.enum(['masked', 'whole']),
    since: aDay.nullable(),
  }),
  async run({ scope, now, requestKey, newToken }, ask) {
    const refused = objection(scope, ask);
    if (refused) return refuse(refused);
    const may = await mayAsk('export', scope.openid, now);
    if (!may.ok) return may;
    const matching = await countToExport(ask.what, ask);
    const { _id: staffId = '', name: staffName = '' } = scope.staff ?? {};
    const told: ExportDoc = {
      _id: newToken(10),
      staffId,
      staffName,
      ...ask,
      at: now,
      requestKey,
      matching,
      rows: 0,
      cursor: '',
      finishedAt: null,
    };
    const isNew = await note({
      _id: `export:${staffId}:${requestKey}`,
      at: now,
      what: 'export',
      staffId,
      memberId: null,
      detail: `${told._id} ${wordsOf(ask, matching)}`,
    });
    const file = isNew ? told : await begunBy(staffId, requestKey, told);
    await table('exports').addNew(file);
    return done({ mark: file._id, matching: file.matching, head: headOf(file) });
  },
};

/** The file this act began before, or would have: its mark stands in the audit. One call. */
async function begunBy(staffId: string, requestKey: string, told: ExportDoc): Promise<ExportDoc> {
  const audited = await table('audit').find(`export:${staffId}:${requestKey}`);
  const [mark = told._id] = (audited?.detail ?? '').split(' ', 1);
  return (await table('exports').find(mark)) ?? { ...told, _id: mark };
}

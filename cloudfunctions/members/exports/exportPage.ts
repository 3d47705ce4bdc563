import * as z from 'zod';
import type { OperationsContract } from '../../../miniprogram/contract/operations';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import type { ExportDoc } from '../../common/store/documents';
import { notePage, pageToExport } from '../../common/store/exports';
import { table } from '../../common/store/table';
import { memberLine, taskLine, touchLine } from './lines';
import { objection } from './right';

const PAGE = 500;
/** Long enough for a slow phone; what lies about longer is begun anew, and accounted for anew. */
const LIVES_MS = 3_600_000;

async function linesAfter(file: ExportDoc, after: string): Promise<{ ids: string[]; lines: string[] }> {
  const { what, phones } = file;
  if (what === 'members') {
    const members = await pageToExport(what, { ...file, since: null }, after, PAGE);
    return { ids: members.map(({ _id }) => _id), lines: members.map((one) => memberLine(one, phones)) };
  }
  if (what === 'tasks') {
    const tasks = await pageToExport(what, file, after, PAGE);
    return { ids: tasks.map(({ _id }) => _id), lines: tasks.map(taskLine) };
  }
  const touches = await pageToExport(what, file, after, PAGE);
  return { ids: touches.map(({ _id }) => _id), lines: touches.map(touchLine) };
}

/**
 * The next lines of a file, to whoever began it and still has the right. The rows handed out are counted with the page, once
 * however often it is asked for. Three calls beside the caller's scope.
 */
export const exportPage: Actions<OperationsContract>['export.page'] = {
  who: ['hq', 'manager'],
  writes: false,
  ask: z.strictObject({ mark: anId, after: anId.nullable() }),
  async run({ scope, now }, { mark, after }) {
    const file = await table('exports').find(mark);
    if (!file || file.staffId !== scope.staff?._id) return refuse({ code: 'not-found', detail: '这次导出' });
    const refused = objection(scope, file);
    if (refused) return refuse(refused);
    if (now - file.at > LIVES_MS) return refuse({ code: 'export-over' });
    const { ids, lines } = await linesAfter(file, after ?? '');
    const next = ids.length === PAGE ? (ids.at(-1) ?? null) : null;
    if (file.finishedAt === null && file.cursor === (after ?? '')) {
      const finishedAt = next === null ? now : null;
      await notePage(file, { cursor: ids.at(-1) ?? file.cursor, rows: ids.length, finishedAt });
    }
    return done({ lines: lines.map((line) => `${line}\n`).join(''), rows: lines.length, next });
  },
};

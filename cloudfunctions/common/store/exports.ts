import type { Day } from '../../../miniprogram/domain/kernel/day';
import { startOf } from '../../../miniprogram/domain/kernel/day';
import type { ExportDoc, MemberDoc, TaskDoc, TouchDoc } from './documents';
import { command, table } from './table';
import type { Condition } from './table';

/** Files taken out, the newest first. One call. @param staffId by her alone; null = by anybody */
export function newestExports(staffId: string | null, limit: number): Promise<ExportDoc[]> {
  const where = staffId === null ? {} : { staffId };
  return table('exports').page({ where, orderBy: [['at', 'desc']], limit });
}

/** Which rows a file holds. */
export interface ExportRows {
  branchId: string | null;
  since: Day | null;
}

const byField = ({ branchId, since }: ExportRows, branch: string, time: string | null) => ({
  ...(branchId === null ? {} : { [branch]: branchId }),
  ...(since === null || time === null ? {} : { [time]: command().gte(startOf(since)) }),
});

/** What a file of each kind reads, and by which condition. */
const WHERE = {
  members: (rows: ExportRows): Condition<MemberDoc> => byField(rows, 'homeBranchId', null),
  // Held-out members have no task for anybody.
  tasks: (rows: ExportRows): Condition<TaskDoc> => ({
    ...byField(rows, 'branchId', 'enteredAt'),
    arm: 'treated',
  }),
  touches: (rows: ExportRows): Condition<TouchDoc> => byField(rows, 'branchId', 'at'),
} as const;
type What = keyof typeof WHERE;

/** How many rows match now. One call. */
export function countToExport(what: What, rows: ExportRows): Promise<number> {
  return table(what).count(WHERE[what](rows) as Condition<never>);
}

/** The next rows by id, behind `after`. One call. */
export async function pageToExport<W extends What>(
  what: W,
  rows: ExportRows,
  after: string,
  limit: number,
): Promise<{ members: MemberDoc[]; tasks: TaskDoc[]; touches: TouchDoc[] }[W]> {
  const where = { ...WHERE[what](rows), _id: command().gt(after) };
  return (await table(what).page({
    where: where as Condition<never>,
    orderBy: [['_id', 'asc']],
    limit,
  })) as unknown as { members: MemberDoc[]; tasks: TaskDoc[]; touches: TouchDoc[] }[W];
}

/** Notes that a page was handed out, once however often it is asked for. One call. */
export function notePage(
  { _id, cursor }: Pick<ExportDoc, '_id' | 'cursor'>,
  change: { cursor: string; rows: number; finishedAt: number | null },
): Promise<boolean> {
  const { rows, ...rest } = change;
  return table('exports').changeIf({ _id, cursor, finishedAt: null }, { ...rest, rows: command().inc(rows) });
}

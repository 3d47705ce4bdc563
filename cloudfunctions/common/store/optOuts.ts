import type { OptOutSource } from '../../../miniprogram/contract/operations';
import type { MemberDoc } from './documents';
import { command, table } from './table';

/** Members who opted out, by id, behind `after`. One call. */
export function optedOut(source: OptOutSource, after: string, limit: number): Promise<MemberDoc[]> {
  return table('members').page({
    where: { 'optOut.source': source, _id: command().gt(after) },
    orderBy: [['_id', 'asc']],
    limit,
    fields: ['name', 'phoneTail', 'optOut'],
  });
}

/** How many opted out, by how we know it. Three calls at the same time. */
export async function countOptedOut(): Promise<Record<OptOutSource, number>> {
  const count = (source: OptOutSource) => table('members').count({ 'optOut.source': source });
  const [member, clerk, imported] = await Promise.all([count('member'), count('clerk'), count('import')]);
  return { member, clerk, import: imported };
}

import type { StaffDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';
import type { Condition } from './table';

/** Every branch somebody works in, her own first. */
export function branchesOf({ branchId, alsoBranchIds = [] }: StaffDoc): string[] {
  return branchId === null ? [...alsoBranchIds] : [...new Set([branchId, ...alsoBranchIds])];
}

/** The clerks at work in these branches, those included who work there besides, by id. One call. */
export async function clerksIn(branchIds: readonly string[]): Promise<StaffDoc[]> {
  if (branchIds.length === 0) return [];
  const _ = command();
  const there = _.in([...branchIds]);
  return table('staff').page({
    where: _.and([
      { role: 'clerk', active: true },
      _.or([{ branchId: there }, { alsoBranchIds: there }]),
    ]) as unknown as Condition<StaffDoc>,
    orderBy: [['_id', 'asc']],
    limit: PAGE_LIMIT,
  });
}

import type { Lifecycle } from '../../../miniprogram/domain/membership/types';
import { command, table } from './table';

/** A place in the row of branches by size: behind the branch that has so many members. */
export interface BranchPlace {
  members: number;
  branchId: string;
}

export interface BranchCounts extends BranchPlace {
  counts: Partial<Record<Lifecycle, number>>;
}

/** Members of each home branch by lifecycle, most members first; '' = no branch. One call. @param limit at most 1000 */
export async function branchTiers(behind: BranchPlace | null, limit: number): Promise<BranchCounts[]> {
  const _ = command();
  const $ = _.aggregate;
  const rows = await table('members').aggregate<{
    _id: string;
    members: number;
    tiers: { lifecycle: Lifecycle; members: number }[];
  }>((from) => {
    const byBranch = from
      .group({
        _id: { branch: $.ifNull(['$homeBranchId', '']), lifecycle: '$lifecycle' },
        members: $.sum(1),
      })
      .group({
        _id: '$_id.branch',
        members: $.sum('$members'),
        tiers: $.push({ lifecycle: '$_id.lifecycle', members: '$members' }),
      });
    const rest = behind
      ? byBranch.match(
          _.or([{ members: _.lt(behind.members) }, { members: behind.members, _id: _.gt(behind.branchId) }]),
        )
      : byBranch;
    return rest.sort({ members: -1, _id: 1 }).limit(limit);
  });
  return rows.map(({ _id, members, tiers }) => {
    const counts: BranchCounts['counts'] = {};
    for (const tier of tiers) counts[tier.lifecycle] = tier.members;
    return { branchId: _id, members, counts };
  });
}

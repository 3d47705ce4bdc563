import * as z from 'zod';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { StaffContract } from '../../../miniprogram/contract/staff';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { Acting, Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import type { BranchDoc, InviteDoc, StaffDoc } from '../../common/store/documents';
import { allStaff, staffOfBranch } from '../../common/store/staff';
import { command, PAGE_LIMIT, table } from '../../common/store/table';
import { branchIdsOf, branchShown, inviteShown, staffShown } from './shown';

type Reply = StaffContract['staff.list']['reply'];

function openInvites(now: number, branchId: string | null): Promise<InviteDoc[]> {
  const where = { takenBy: null, expiresAt: command().gt(now), ...(branchId === null ? {} : { branchId }) };
  return table('invites').page({ where, orderBy: [['expiresAt', 'desc']], limit: PAGE_LIMIT });
}

/** The branches that these staff belong to besides, by name; their documents for one branch, all of them for the chain. */
async function branchesFor(branchId: string | null, staff: readonly StaffDoc[]): Promise<BranchDoc[]> {
  if (branchId === null) return table('branches').all({}, PAGE_LIMIT);
  return table('branches').findMany(
    [...new Set([branchId, ...staff.flatMap(branchIdsOf)])].slice(0, PAGE_LIMIT),
  );
}

/**
 * Staff with those who left, open invitations and branches: the whole chain for HQ, her branch for a manager. Three
 * calls, four for one branch; one more for each further thousand of staff.
 */
export const staffList: Actions<StaffContract>['staff.list'] = {
  who: ['hq', 'manager'],
  writes: false,
  ask: z.strictObject({ branchId: anId.optional() }),
  async run({ scope, now }: Acting, ask): Promise<Result<Reply, Failure>> {
    if (scope.role === 'manager' && (ask.branchId ?? scope.branchId) !== scope.branchId) {
      return refuse({ code: 'other-branch' });
    }
    const branchId = scope.role === 'manager' ? scope.branchId : (ask.branchId ?? null);
    const [staff, invites] = await Promise.all([
      branchId === null ? allStaff() : staffOfBranch(branchId),
      openInvites(now, branchId),
    ]);
    const branches = await branchesFor(branchId, staff);
    const named = new Map(branches.map((branch) => [branch._id, branch]));
    const working = new Map<string, number>();
    for (const id of staff.filter((one) => one.active).flatMap(branchIdsOf)) {
      working.set(id, (working.get(id) ?? 0) + 1);
    }
    return done({
      staff: staff.map((one) => staffShown(one, named)),
      invites: invites
        .filter(({ role }) => scope.role === 'hq' || role === 'clerk')
        .map((invite) => inviteShown(invite, named)),
      branches: branches
        .filter(({ _id }) => branchId === null || _id === branchId)
        .map((branch) => branchShown(branch, working.get(branch._id) ?? 0)),
      mayInvite: scope.role === 'hq' ? ['clerk', 'manager', 'hq'] : ['clerk'],
    });
  },
};

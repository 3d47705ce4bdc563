import * as z from 'zod';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { StaffContract } from '../../../miniprogram/contract/staff';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { table } from '../../common/store/table';
import { reachedStaff } from './reach';
import { staffShown } from './shown';

const MOST_BRANCHES = 20;

/**
 * Where she works from now on, the main branch first; she appears there at her next call. Tasks she has stay hers. Three
 * calls beside the caller's scope.
 */
export const staffBranches: Actions<StaffContract>['staff.branches'] = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({
    staffId: anId,
    branchIds: z.array(anId).min(1, '至少选一家门店').max(MOST_BRANCHES, `最多 ${MOST_BRANCHES} 家门店`),
  }),
  async run({ scope }, { staffId, branchIds }) {
    const wanted = [...new Set(branchIds)];
    const [reached, branches] = await Promise.all([
      reachedStaff(scope, staffId),
      table('branches').findMany(wanted),
    ]);
    if (!reached.ok) return reached;
    const staff = reached.value;
    if (staff.role === 'hq') {
      return refuse({ code: 'bad-ask', field: '门店', detail: '总部账号不属于哪一家门店' });
    }
    if (branches.filter((one) => one.active).length < wanted.length) {
      return refuse({ code: 'not-found', detail: '其中一家门店' });
    }
    const [branchId = '', ...alsoBranchIds] = wanted;
    const left = () => refuse<Failure>({ code: 'has-left', detail: staff.name });
    if (!staff.active) return left();
    // An update that changes nothing may count as none, so only a second look tells that she left meanwhile.
    const isChanged = await table('staff').changeIf(
      { _id: staffId, active: true },
      { branchId, alsoBranchIds },
    );
    if (!isChanged && !(await table('staff').find(staffId))?.active) return left();
    return done(
      staffShown({ ...staff, branchId, alsoBranchIds }, new Map(branches.map((one) => [one._id, one]))),
    );
  },
};

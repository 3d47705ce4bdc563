import * as z from 'zod';
import type { StaffContract } from '../../../miniprogram/contract/staff';
import { DAY_MS } from '../../../miniprogram/domain/kernel/day';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { anId, someText } from '../../common/entry/asks';
import type { BranchDoc } from '../../common/store/documents';
import { countStaffOf } from '../../common/store/staff';
import { markRecentStale } from '../../common/store/boards';
import { table } from '../../common/store/table';
import { aBranchName } from './asks';
import { branchShown } from './shown';

/**
 * Enters a branch: completes one that an order named before anybody knew it, changes one, or adds one under the number
 * it has in the chain's own books. What is not asked for here, such as its place, stays. Four or five calls beside the
 * caller's scope.
 */
export const branchSave: Actions<StaffContract>['branch.save'] = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({
    branchId: anId.max(40, '门店编号最多 40 个字'),
    name: aBranchName,
    address: someText(80),
    active: z.boolean(),
    region: someText(20).optional(),
  }),
  async run({ now }, { branchId, name, address, active, region }) {
    const branches = table('branches');
    const entered = {
      name,
      address: address.trim(),
      active,
      unknown: false,
      ...(region === undefined ? {} : { region: region.trim() }),
    };
    const branch: BranchDoc = { _id: branchId, ...entered };
    // An update that changes nothing may count as none; then the key is taken and all is as it should be.
    if (!(await branches.changeIf({ _id: branchId }, entered)) && !(await branches.addNew(branch))) {
      await branches.changeIf({ _id: branchId }, entered);
    }
    await markRecentStale(now - 40 * DAY_MS, `branch-${now}`);
    return done(branchShown(branch, await countStaffOf(branchId)));
  },
};

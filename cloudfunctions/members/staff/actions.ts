import type { StaffContract } from '../../../miniprogram/contract/staff';
import type { Actions } from '../../common/entry/action';
import { staffBootstrap } from './bootstrap';
import { staffBranches } from './branches';
import { branchSave } from './branchSave';
import { staffInvite } from './invite';
import { staffJoin } from './join';
import { staffLeave } from './leave';
import { staffList } from './list';
import { staffUninvite } from './uninvite';

export const staffActions: Actions<StaffContract> = {
  'staff.bootstrap': staffBootstrap,
  'staff.list': staffList,
  'staff.invite': staffInvite,
  'staff.uninvite': staffUninvite,
  'staff.join': staffJoin,
  'staff.leave': staffLeave,
  'staff.branches': staffBranches,
  'branch.save': branchSave,
};

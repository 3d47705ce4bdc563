import * as z from 'zod';
import { readInviteCode } from '../../../miniprogram/contract/staff';
import type { StaffContract } from '../../../miniprogram/contract/staff';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { someText } from '../../common/entry/asks';
import { table } from '../../common/store/table';

/**
 * Takes an invitation back, as long as nobody took it: HQ any, a manager those of clerks of her branch. Nothing to take
 * back answers false. Two calls beside the caller's scope.
 */
export const staffUninvite: Actions<StaffContract>['staff.uninvite'] = {
  who: ['hq', 'manager'],
  writes: true,
  ask: z.strictObject({ code: someText(32) }),
  async run({ scope }, { code: typed }) {
    const code = readInviteCode(typed);
    const invites = table('invites');
    const invite = code === null ? null : await invites.find(code);
    if (!invite) return done({ removed: false });
    if (scope.role === 'manager' && (invite.role !== 'clerk' || invite.branchId !== scope.branchId)) {
      return refuse({ code: 'other-branch' });
    }
    return done({ removed: (await invites.removeAll({ _id: invite._id, takenBy: null })) > 0 });
  },
};

import * as z from 'zod';
import type { StaffContract } from '../../../miniprogram/contract/staff';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { note } from '../../common/store/audit';
import type { StaffDoc } from '../../common/store/documents';
import { branchesNamed } from '../../common/store/remembered';
import { countHq } from '../../common/store/staff';
import { command, table } from '../../common/store/table';
import { reachedStaff } from './reach';
import { branchIdsOf, staffShown, standingWords } from './shown';

/** What is still in her name. Two calls. */
async function leftBehind(staffId: string): Promise<{ members: number; tasks: number }> {
  const [members, tasks] = await Promise.all([
    table('members').count({ ownerClerkId: staffId }),
    table('tasks').count({ clerkId: staffId, status: command().in(['open', 'contacted']) }),
  ]);
  return { members, tasks };
}

/**
 * Ends her access at once. Her record stays, so that history keeps its names; what is in her name stays too and is told,
 * for `clerk.handover`. The last HQ account cannot leave: it is looked at again after the write, and when two of them
 * left at the same moment the write is undone. About six calls beside the caller's scope.
 */
export const staffLeave: Actions<StaffContract>['staff.leave'] = {
  who: ['hq', 'manager'],
  writes: true,
  ask: z.strictObject({ staffId: anId }),
  async run({ scope, now }, { staffId }) {
    const reached = await reachedStaff(scope, staffId);
    if (!reached.ok) return reached;
    const staff = reached.value;
    const isHq = staff.role === 'hq';
    if (staff.active) {
      if (isHq && (await countHq()) <= 1) return refuse({ code: 'last-hq' });
      await table('staff').changeIf({ _id: staffId, active: true }, { active: false, leftAt: now });
      if (isHq && (await countHq()) === 0) {
        await table('staff').changeIf(
          { _id: staffId, active: false, leftAt: now },
          { active: true, leftAt: null },
        );
        return refuse({ code: 'last-hq' });
      }
    }
    const after: StaffDoc = { ...staff, active: false, leftAt: staff.active ? now : (staff.leftAt ?? null) };
    await note({
      _id: `left:${staffId}`,
      at: after.leftAt ?? now,
      what: 'staffLeft',
      staffId: scope.staff?._id ?? null,
      memberId: null,
      detail: `${scope.staff?.name ?? ''}为${staff.name}（${await standingWords(staff, now)}，${staffId}）办理离职`,
    });
    const [branches, behind] = await Promise.all([
      branchesNamed(branchIdsOf(staff), now),
      leftBehind(staffId),
    ]);
    return done({ staff: staffShown(after, branches), ...behind });
  },
};

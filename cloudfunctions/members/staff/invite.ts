import * as z from 'zod';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { InviteShown, StaffContract } from '../../../miniprogram/contract/staff';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { Acting, Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import type { BranchDoc, InviteDoc } from '../../common/store/documents';
import { table } from '../../common/store/table';
import { aName, aRole } from './asks';
import { inviteShown } from './shown';

type Ask = StaffContract['staff.invite']['ask'];

const GOOD_FOR_MS = 7 * 24 * 3_600_000;
const CODE_LENGTH = 8;
/** Thirty-one letters to the power of eight: a code that is taken already is met about never, twice never. */
const TRIES = 3;

/** The branch she is invited to; null for HQ, who belongs to none. At most one call. */
async function branchOf(
  { scope }: Acting,
  { role, branchId }: Ask,
): Promise<Result<BranchDoc | null, Failure>> {
  if (scope.role === 'manager') {
    if (role !== 'clerk') return refuse({ code: 'not-allowed' });
    if (branchId !== scope.branchId) return refuse({ code: 'other-branch' });
  }
  if (role === 'hq') {
    return branchId === null
      ? done(null)
      : refuse({ code: 'bad-ask', field: '门店', detail: '总部账号不属于哪一家门店' });
  }
  if (branchId === null) return refuse({ code: 'bad-ask', field: '门店', detail: '先选一家门店' });
  const branch = await table('branches').find(branchId);
  if (!branch?.active) return refuse({ code: 'not-found', detail: '这家门店' });
  return done(branch);
}

async function kept(invite: InviteDoc, newCode: () => string): Promise<InviteDoc | null> {
  const invites = table('invites');
  for (let turn = 0; turn < TRIES; turn++) {
    const next = { ...invite, _id: newCode() };
    if (await invites.addNew(next)) return next;
    const { invitedBy, requestKey } = invite;
    const earlier = await invites.findOne({ invitedBy, requestKey });
    if (earlier) return earlier;
  }
  return null;
}

/**
 * Invites one person: a code of eight letters and digits, good for seven days. HQ invites anybody, a manager clerks of
 * her branch. Asked again with its key it answers the same code. Two calls beside the caller's scope.
 */
export const staffInvite: Actions<StaffContract>['staff.invite'] = {
  who: ['hq', 'manager'],
  writes: true,
  ask: z.strictObject({ role: aRole, branchId: anId.nullable(), name: aName }),
  async run(acting, ask): Promise<Result<InviteShown, Failure>> {
    const { scope, now, requestKey, newToken } = acting;
    if (scope.role === 'person') return refuse({ code: 'not-staff' });
    const branch = await branchOf(acting, ask);
    if (!branch.ok) return branch;
    const { role, branchId, name } = ask;
    const invite = await kept(
      {
        _id: '',
        role,
        branchId,
        name,
        invitedBy: scope.staff._id,
        expiresAt: now + GOOD_FOR_MS,
        requestKey,
        takenBy: null,
      },
      () => newToken(CODE_LENGTH).toUpperCase(),
    );
    if (!invite) return refuse({ code: 'busy' });
    return done(inviteShown(invite, new Map(branch.value ? [[branch.value._id, branch.value]] : [])));
  },
};

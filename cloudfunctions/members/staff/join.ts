import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Failure } from '../../../miniprogram/contract/failures';
import { readInviteCode } from '../../../miniprogram/contract/staff';
import type { StaffContract } from '../../../miniprogram/contract/staff';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { someText } from '../../common/entry/asks';
import { STAFF } from '../../common/entry/scope';
import { note } from '../../common/store/audit';
import type { InviteDoc, StaffDoc } from '../../common/store/documents';
import { branchesNamed } from '../../common/store/remembered';
import { recordsOf } from '../../common/store/staff';
import { table } from '../../common/store/table';
import { forgetGuesses, mayGuess } from '../../common/store/guesses';
import { standingWords } from './shown';

type Reply = StaffContract['staff.join']['reply'];

/** The n-th record of an account. Whoever comes back gets a new one; two joins at once meet at the same key. */
function nextIdOf(openid: string, records: number): string {
  return `s${createHash('sha256').update(openid).digest('hex').slice(0, 16)}-${records + 1}`;
}

async function alreadyStaff(staff: StaffDoc, now: Ms): Promise<Result<never, Failure>> {
  return refuse({ code: 'already-staff', detail: await standingWords(staff, now) });
}

/** Says it once, however often she joins. */
async function welcome(staff: StaffDoc, now: Ms): Promise<Result<Reply, Failure>> {
  await note({
    _id: `joined:${staff._id}`,
    at: staff.joinedAt ?? now,
    what: 'staffJoined',
    staffId: staff._id,
    memberId: null,
    detail: `${staff.name}用邀请码 ${staff.joinedBy} 加入，是${await standingWords(staff, now)}`,
  });
  const branches = await branchesNamed([staff.branchId], now);
  const branchName = staff.branchId === null ? '' : (branches.get(staff.branchId)?.name ?? staff.branchId);
  return done({ role: staff.role, branchName });
}

function invalid(invite: InviteDoc | null, staffId: string, now: Ms): Failure | null {
  if (!invite) return { code: 'invite-unknown' };
  if (invite.takenBy !== null && invite.takenBy !== staffId) return { code: 'invite-used' };
  if (invite.takenBy === null && invite.expiresAt <= now) return { code: 'invite-expired' };
  return null;
}

/**
 * Joins as staff by a code. First the code is taken, on the condition that nobody has; then the record is written under
 * a key of the account's own: cut off between the two, the same account goes on, and nobody else can. About eight calls
 * beside the caller's scope, two when she joined before.
 */
export const staffJoin: Actions<StaffContract>['staff.join'] = {
  who: [...STAFF, 'person'],
  writes: true,
  ask: z.strictObject({ code: someText(32) }),
  async run({ scope, now }, { code: typed }): Promise<Result<Reply, Failure>> {
    const code = readInviteCode(typed);
    if (scope.staff)
      return scope.staff.joinedBy === code ? welcome(scope.staff, now) : alreadyStaff(scope.staff, now);
    if (code === null) return refuse({ code: 'invite-unknown' });
    const { openid } = scope;
    const may = await mayGuess('code', openid, now);
    if (!may.ok) return may;
    const invites = table('invites');
    const [invite, records] = await Promise.all([invites.find(code), recordsOf(openid)]);
    const standing = records.find((one) => one.active);
    if (standing) return standing.joinedBy === code ? welcome(standing, now) : alreadyStaff(standing, now);
    const _id = nextIdOf(openid, records.length);
    const failure = invalid(invite, _id, now);
    if (failure || !invite) return refuse(failure ?? { code: 'invite-unknown' });
    const isTaken =
      invite.takenBy === _id || (await invites.changeIf({ _id: code, takenBy: null }, { takenBy: _id }));
    // Lost to somebody, who may be herself: the same tap sent twice.
    if (!isTaken && (await invites.find(code))?.takenBy !== _id) return refuse({ code: 'invite-used' });
    const { name, role, branchId } = invite;
    const staff: StaffDoc = {
      _id,
      openid,
      name,
      role,
      branchId,
      active: true,
      joinedAt: now,
      joinedBy: code,
    };
    if (!(await table('staff').addNew(staff))) {
      const other = await table('staff').find(_id);
      if (other && other.joinedBy !== code) {
        // She joined by another code at the same moment: this one is given back.
        await invites.changeIf({ _id: code, takenBy: _id }, { takenBy: null });
        return alreadyStaff(other, now);
      }
    }
    await forgetGuesses('code', openid);
    return welcome(staff, now);
  },
};

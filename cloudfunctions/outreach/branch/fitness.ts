import type { Failure } from '../../../miniprogram/contract/failures';
import { spokenDay } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { isAway } from '../../../miniprogram/domain/outreach/regroup';
import { branchesOf } from '../../common/store/clerks';
import type { StaffDoc } from '../../common/store/documents';
import type { Scope } from '../../common/entry/scope';

const unfit = (detail: string): Failure => ({ code: 'clerk-unfit', detail });

/** Why this colleague cannot take work over; null when she can. HQ may reach across branches, a manager may not. */
export function unfitFor(to: StaffDoc | undefined, scope: Scope): Failure | null {
  if (!to?.active || to.role !== 'clerk') return unfit('她不在岗，请换一位在岗的同事');
  if (scope.role === 'manager' && !branchesOf(to).includes(scope.branchId))
    return unfit('她不在本店，跨店的请联系总部');
  return null;
}

/** The same for work that waits for her now: nobody away gets it. */
export function unfitNow(to: StaffDoc | undefined, scope: Scope, today: Day): Failure | null {
  const fault = unfitFor(to, scope);
  if (fault) return fault;
  const until = to?.awayUntil;
  return until && isAway(until, today) ? unfit(`她请假到${spokenDay(until)}，请换一位在岗的同事`) : null;
}

import type { Day, Ms } from '../../../../miniprogram/domain/kernel/day';
import type { Keeper } from '../../../../miniprogram/domain/outreach/care/keeper';
import type { CareReason } from '../../../../miniprogram/domain/outreach/care/types';
import type { CareMember } from '../../store/careMembers';
import type { TaskDoc } from '../../store/documents';
import { untouched } from '../untouched';

/** A care task for a member, ready to be stored. `link` is unique and no card can carry it, for it holds a colon. */
export function careTaskOf(
  member: CareMember,
  care: CareReason,
  keeper: Keeper,
  dueOn: Day,
  enteredAt: Ms,
): TaskDoc {
  const _id = `${care.cycle}:${member._id}`;
  return {
    _id,
    kind: 'care',
    care,
    campaignId: care.cycle,
    memberId: member._id,
    branchId: keeper.branchId,
    clerkId: keeper.clerkId,
    arm: 'treated',
    status: 'open',
    lifecycle: member.lifecycle,
    value: member.value,
    offer: null,
    claimBy: care.until,
    link: _id,
    assignReason: keeper.reason,
    enteredAt,
    dueOn,
    ...untouched(member),
  };
}

import { addDays, startOf } from '../../../miniprogram/domain/kernel/day';
import type { CampaignDoc, TaskDoc } from '../store/documents';
import type { Entrant } from './entering';
import { linkToken } from './linkToken';
import { untouched } from './untouched';

/** The task (召回任务) a member gets when she comes into a campaign; a held-out one is there for measuring only. */
export function taskOf(
  { member, offer, laterOffer, arm, assignment }: Entrant,
  campaign: CampaignDoc,
  now: number,
): TaskDoc {
  const { plan } = campaign;
  const isHeldOut = arm === 'heldOut';
  return {
    _id: `${campaign._id}:${member._id}`,
    campaignId: campaign._id,
    memberId: member._id,
    branchId: assignment.branchId,
    clerkId: isHeldOut ? null : assignment.clerkId,
    arm,
    status: isHeldOut ? 'heldOut' : 'open',
    lifecycle: member.lifecycle,
    value: member.value,
    offer,
    ...(laterOffer ? { laterOffer } : {}),
    claimBy: plan.endsOn,
    link: linkToken(),
    assignReason: isHeldOut ? '' : assignment.reason,
    // Nobody is asked before the campaign starts, so what she buys until then is not its doing.
    enteredAt: Math.max(now, startOf(plan.startsOn)),
    dueOn: addDays(plan.startsOn, isHeldOut ? 0 : assignment.dueInDays),
    ...untouched(member),
  };
}

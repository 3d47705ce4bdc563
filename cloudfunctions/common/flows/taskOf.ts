import { addDays, startOf } from '../../../miniprogram/domain/kernel/day';
import type { CampaignDoc, TaskDoc } from '../store/documents';
import type { Entrant } from './entering';
import { linkToken } from './linkToken';

/** The task (召回任务) a member gets when she comes into a campaign; a held-out one is there for measuring only. */
export function taskOf(
  { member, offer, laterOffer, arm, assignment }: Entrant,
  campaign: CampaignDoc,
  now: number,
): TaskDoc {
  const { plan } = campaign;
  const { facts } = member;
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
    urged: false,
    member: {
      name: member.name,
      phoneTail: member.phoneTail,
      paidOrders: facts.paidOrders,
      lastPaidOn: facts.lastPaidOn ?? null,
      unpaidOn: facts.unpaidOn ?? null,
      lastVisitOn: facts.lastVisitOn ?? null,
      lastTouchedAt: member.touches.at(-1)?.at ?? null,
    },
    contactedAt: null,
    openedAt: null,
    claimedAt: null,
    couponExpiresAt: null,
    redeemedAt: null,
    wokenAt: null,
    wakeOrderId: null,
    wakeFen: null,
    followUp: null,
  };
}

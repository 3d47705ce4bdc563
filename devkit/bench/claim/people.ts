import type { CampaignDoc, MemberDoc, TaskDoc } from '../../../cloudfunctions/common/store/documents';
import { addDays, startOf } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { NO_FACTS } from '../../../miniprogram/domain/membership/facts';
import { placeMember } from '../../../miniprogram/domain/membership/place';
import { rulesOf } from '../../../miniprogram/domain/membership/presets';
import type { GiftOffer } from '../../../miniprogram/domain/offers/types';
import { offerFor, RETAIL_LADDER } from '../../../miniprogram/domain/offers/ladder';

/** A campaign with a limited pack, and members who each got its card and have opened it. */
export function hotCampaign(
  members: number,
  stock: number,
  today: Day,
): {
  campaign: CampaignDoc;
  members: MemberDoc[];
  tasks: TaskDoc[];
} {
  const now = startOf(today, 10);
  const offer: GiftOffer = {
    title: '好久不见 · 回归礼',
    ladder: RETAIL_LADDER,
    validHours: 48,
    trial: null,
    stock,
  };
  const mine = offerFor(offer, 'dormant');
  if (!mine) throw new Error('the ladder has no step for the dormant');
  const placement = placeMember(NO_FACTS, rulesOf('retail', 1), null, today);
  const campaign: CampaignDoc = {
    _id: 'hot',
    plan: {
      name: '抢礼包',
      audience: { lifecycles: ['dormant'], values: ['low'], branchIds: null },
      offer,
      startsOn: today,
      endsOn: addDays(today, 7),
      holdout: 0,
      dailyCapacity: 20,
    },
    status: 'live',
    requestKey: 'bench',
    createdBy: 'hq',
    createdAt: now,
    launch: { cursor: '', done: 0, total: 0, loads: {}, leaseUntil: 0 },
  };
  const ids = Array.from({ length: members }, (_, i) => `M${String(i).padStart(5, '0')}`);
  return {
    campaign,
    members: ids.map((_id): MemberDoc => ({
      _id,
      name: `会员${_id}`,
      phoneTail: '1234',
      openid: `wx-${_id}`,
      birthday: null,
      homeBranchId: 'B1',
      ownerClerkId: null,
      facts: NO_FACTS,
      visitDays: [],
      // She has looked at her page today: the claim itself is measured.
      browseDays: [today],
      lifecycle: placement.lifecycle,
      value: placement.value,
      quiet: placement.quiet,
      placement,
      tierChangesOn: '9999-12-31',
      tieredAt: now,
      waiting: 0,
      touches: [],
      optOut: null,
      campaignId: 'hot',
    })),
    tasks: ids.map((memberId): TaskDoc => ({
      _id: `hot:${memberId}`,
      campaignId: 'hot',
      memberId,
      branchId: 'B1',
      clerkId: 'c1',
      arm: 'treated',
      status: 'open',
      lifecycle: 'dormant',
      value: 'low',
      offer: mine,
      claimBy: addDays(today, 7),
      link: `hot-${memberId}`,
      assignReason: '',
      enteredAt: now,
      dueOn: today,
      urged: false,
      member: { name: '', phoneTail: '1234', paidOrders: 1, lastPaidOn: null, lastTouchedAt: null },
      contactedAt: null,
      openedAt: now,
      claimedAt: null,
      couponExpiresAt: null,
      redeemedAt: null,
      wokenAt: null,
      wakeOrderId: null,
      wakeFen: null,
      followUp: null,
    })),
  };
}

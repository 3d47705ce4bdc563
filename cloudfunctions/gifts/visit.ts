import { dayOf } from '../../miniprogram/domain/kernel/day';
import type { Ms } from '../../miniprogram/domain/kernel/day';
import { giftFaceOf } from '../../miniprogram/domain/offers/claim';
import type { GiftFace } from '../../miniprogram/domain/offers/types';
import type { Scope } from '../common/entry/scope';
import { recordSignal } from '../common/flows/recordSignal';
import { couponFactOf } from '../common/store/coupons';
import type { CampaignDoc } from '../common/store/documents';
import { campaignNow } from '../common/store/remembered';
import type { Gift } from '../common/store/tasks';
import { bindHolder } from './holder';

/** A gift as it looks to the one who opened it. */
export interface Visit {
  gift: Gift;
  campaign: CampaignDoc | null;
  face: GiftFace;
  /** the caller is the member it was meant for */
  isHers: boolean;
}

/** Faces with which the first to open the card becomes the member it was meant for. */
const BINDS: readonly GiftFace[] = ['claimable', 'notBegun'];

/** For the face only: whoever she is, it is not the caller. */
const ANOTHER = '';

/**
 * Opens a card's gift: binds it to whoever opens it first while it can still be claimed, decides the face.
 * No database call once bound; about seven on her first opening of a day, three more at the very first one.
 */
export async function visit(gift: Gift, scope: Scope, now: Ms): Promise<Visit> {
  const { task, member, coupon } = gift;
  const campaign = await campaignNow(task.campaignId, now);
  const faceFor = (openid: string | null) =>
    giftFaceOf(
      {
        caller: { openid: scope.openid, isStaff: scope.role !== 'person' },
        member: { openid, optedOut: member.optOut !== null && member.optOut.scope !== 'promo' },
        campaign: {
          open: campaign !== null && campaign.status !== 'closed',
          claimBy: task.claimBy,
          ...(campaign ? { startsOn: campaign.plan.startsOn } : {}),
        },
        coupon: coupon && couponFactOf(coupon),
      },
      now,
    );
  const face = faceFor(member.openid);
  if (!BINDS.includes(face) || member.openid !== null) {
    const isHers = face !== 'staffPreview' && member.openid === scope.openid;
    if (isHers) await browsed(gift, now);
    return { gift, campaign, face, isHers };
  }
  const isHers = await bindHolder(member, scope.openid, now);
  if (isHers) await browsed(gift, now);
  return { gift, campaign, face: faceFor(isHers ? scope.openid : ANOTHER), isHers };
}

/** Her looking at the page is a sign of life; the gift tells whether today's is known, so later looks cost nothing. */
async function browsed({ member }: Gift, now: Ms): Promise<void> {
  const today = dayOf(now);
  if (!member.browseDays?.includes(today)) await recordSignal(member._id, 'browse', { now, today });
}

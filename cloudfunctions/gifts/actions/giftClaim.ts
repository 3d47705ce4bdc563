import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import type { FailureCode } from '../../../miniprogram/contract/failures';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { GiftFace } from '../../../miniprogram/domain/offers/types';
import type { Actions } from '../../common/entry/action';
import { aLink } from '../../common/entry/asks';
import { ANYONE } from '../anyone';
import { issueCoupon } from '../issue';
import { giftPage } from '../page';
import { catchUp } from '../progress';
import { visit } from '../visit';

/** Faces that cannot claim and are told so; the others show what she has. */
const REFUSED: Partial<Record<GiftFace, FailureCode>> = {
  staffPreview: 'gift-not-for-staff',
  someoneElses: 'gift-someone-elses',
  linkExpired: 'link-expired',
};

/**
 * Claims a gift, once however often tapped: whoever taps again, with the same key or another, gets the coupon that
 * stands. Three database calls beside the caller's scope: the gift, the coupon, the task.
 */
export const claimGift: Actions<GiftsContract>['gift.claim'] = {
  who: ANYONE,
  writes: true,
  ask: z.strictObject({ link: aLink }),
  async run(acting, { link }) {
    const { scope, now, today } = acting;
    const seen = await visit(link, scope, now);
    if (!seen) return refuse({ code: 'not-found', detail: '这份礼包' });
    const { gift, campaign, face } = seen;
    const refused = REFUSED[face];
    if (refused) return refuse({ code: refused });
    if (face !== 'claimable') {
      if (gift.coupon) await catchUp(gift.task, gift.coupon, now);
      return done(await giftPage(seen, gift.coupon, now));
    }
    if (campaign && today < campaign.plan.startsOn) return refuse({ code: 'campaign-not-open' });

    const coupon = await issueCoupon(acting, gift, campaign);
    if (!coupon) return refuse({ code: 'busy' });
    await catchUp(gift.task, coupon, now);
    return done(await giftPage({ ...seen, face: 'claimed' }, coupon, now));
  },
};

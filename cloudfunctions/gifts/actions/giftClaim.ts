import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import type { FailureCode } from '../../../miniprogram/contract/failures';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { hasMore } from '../../../miniprogram/domain/offers/pack';
import type { GiftFace } from '../../../miniprogram/domain/offers/types';
import type { ReadingAhead } from '../../common/entry/action';
import { aLink } from '../../common/entry/asks';
import { mayAsk } from '../../common/store/guesses';
import { giftOf } from '../../common/store/tasks';
import type { Gift } from '../../common/store/tasks';
import { catchUp } from '../../common/flows/catchUp';
import { settlePack } from '../../common/flows/settleCoupon';
import { ANYONE } from '../anyone';
import { issuePack } from '../issue';
import { giftPage } from '../page';
import { stockOf } from '../pots';
import { visit } from '../visit';

/** Faces that cannot claim and are told so; the others show what she has. */
const REFUSED: Partial<Record<GiftFace, FailureCode>> = {
  staffPreview: 'gift-not-for-staff',
  someoneElses: 'gift-someone-elses',
  linkExpired: 'link-expired',
  notBegun: 'campaign-not-open',
};

/**
 * Claims a gift, once however often tapped: whoever taps again, with the same key or another, gets the coupon that
 * stands. Three database calls beside the caller's scope: the gift, the coupon, the task; of a limited stock the gift, a
 * piece, the coupon, and the task's step is left to the next pulse or her next look.
 * A link that leads nowhere is counted, thirty an hour: whoever has a real one pays nothing for the count.
 */
export const claimGift: ReadingAhead<GiftsContract['gift.claim'], Gift | null> = {
  who: ANYONE,
  writes: true,
  ask: z.strictObject({ link: aLink, device: aLink.optional() }),
  ahead: ({ link }) => giftOf(link),
  async run(acting, { device }, found) {
    const { scope, now } = acting;
    if (!found) {
      const may = await mayAsk('link', scope.openid, now);
      return may.ok ? refuse({ code: 'not-found', detail: '这份礼包' }) : may;
    }
    const seen = await visit(found, scope, now);
    const { gift, campaign, face } = seen;
    const refused = REFUSED[face];
    if (refused) return refuse({ code: refused });
    if (face !== 'claimable') {
      if (gift.coupon) await catchUp(gift.task, gift.coupon, now);
      return done(await giftPage(seen, gift.coupon, now));
    }
    const coupon = await issuePack(acting, gift, campaign, device);
    if (coupon === 'busy') return refuse({ code: 'busy' });
    if (coupon === 'soldOut') return done(await giftPage({ ...seen, face: 'outOfStock' }, null, now));
    if (hasMore(gift.task.offer)) await settlePack(coupon, gift.task, now);
    else if (!stockOf(gift.task)) await catchUp(gift.task, coupon, now);
    return done(await giftPage({ ...seen, face: 'claimed' }, coupon, now));
  },
};

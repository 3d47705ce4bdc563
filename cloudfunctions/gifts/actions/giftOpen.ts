import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { ReadingAhead } from '../../common/entry/action';
import { aLink } from '../../common/entry/asks';
import { ANYONE } from '../anyone';
import { ledgerOf, rememberAnswer } from '../../common/store/touches';
import { giftPage } from '../page';
import { catchUp } from '../../common/flows/catchUp';
import { settlePack } from '../../common/flows/settleCoupon';
import { leftIn } from '../../common/store/pots';
import { giftOf } from '../../common/store/tasks';
import type { Gift } from '../../common/store/tasks';
import { stockOf } from '../pots';
import { visit } from '../visit';

/**
 * Opens a shared card. Seeing the page is her answer to whatever was sent to her before, so the contact policy stops
 * counting those touches as unanswered. What a claim that was cut off still owes her is done first.
 */
export const openGift: ReadingAhead<GiftsContract['gift.open'], Gift | null> = {
  who: ANYONE,
  writes: false,
  ask: z.strictObject({ link: aLink }),
  ahead: ({ link }) => giftOf(link),
  async run({ scope, now }, _ask, found) {
    if (!found) return refuse({ code: 'not-found', detail: '这份礼包' });
    const seen = await visit(found, scope, now);
    const { task, member, coupon } = seen.gift;
    const stock = seen.face === 'claimable' || seen.face === 'staffPreview' ? stockOf(seen.gift.task) : null;
    const left = stock && ((await leftIn(stock)) ?? seen.gift.task.offer.stock ?? null);
    if (left === 0 && seen.face === 'claimable') seen.face = 'outOfStock';
    if (seen.isHers) {
      const owesAnswer = ledgerOf(member, []).some((touch) => !touch.answered);
      await Promise.all([
        coupon?.owes === 1 ? settlePack(coupon, task, now) : catchUp(task, coupon, now),
        owesAnswer ? rememberAnswer(member._id, now) : Promise.resolve(),
      ]);
    }
    return done(await giftPage(seen, coupon, now, left, scope.openid));
  },
};

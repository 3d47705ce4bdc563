import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { againWhenRaced } from '../../common/store/raced';
import { aBasket, basketAsked } from '../asks';
import { followRedemption, redeemOnce } from '../redeeming';
import { TILL } from '../till';

/**
 * Redeems (核销) a coupon at the till. Of two clerks one wins and the other reads when it was used. The coupon itself is
 * the record; the task and the budget are brought up to it afterwards, also by a repetition of the act, the member's
 * next look or the sweeper.
 */
export const redeemCoupon: Actions<GiftsContract>['coupon.redeem'] = {
  who: TILL,
  writes: true,
  ask: z.strictObject({ ...aBasket, orderNo: anId.max(64).optional() }),
  async run(acting, { couponId, orderNo, ...ask }) {
    const { now } = acting;
    const asked = {
      couponId,
      basket: basketAsked(ask),
      at: now,
      orderId: orderNo === undefined ? null : `pos:${orderNo}`,
      offline: false,
    };
    const result = await againWhenRaced(() => redeemOnce(acting, asked));
    if (!result) return refuse({ code: 'busy' });
    if (!result.ok) return result;
    return done(await followRedemption(result.value.coupon, result.value.use, now));
  },
};

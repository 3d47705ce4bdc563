import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { LOCK_MS, worthOf } from '../../../miniprogram/domain/offers/coupon';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { lockCoupon, unlockCoupon } from '../../common/store/coupons';
import { againWhenRaced } from '../../common/store/raced';
import { table } from '../../common/store/table';
import { aBasket, basketAsked } from '../asks';
import { goodAtTill, TILL } from '../till';

/** Holds a coupon for two minutes, so that no other till uses it while the customer is asked. The clock alone ends it. */
export const holdCoupon: Actions<GiftsContract>['coupon.lock'] = {
  who: TILL,
  writes: true,
  ask: z.strictObject(aBasket),
  async run({ scope, now, requestKey }, { couponId, ...ask }) {
    const held = await againWhenRaced(async () => {
      const coupon = await table('coupons').find(couponId);
      if (!coupon) return refuse({ code: 'code-not-found' as const });
      const good = await goodAtTill(coupon, scope, now, requestKey);
      if (!good.ok) return good;
      const worth = worthOf(coupon.rule, basketAsked(ask), coupon.scope);
      if (!worth.ok) return worth;
      const clerkId = scope.staff?._id ?? '';
      // Her own lock under another key, from before she went back a page, makes way.
      if (coupon.lock && coupon.lock.requestKey !== requestKey && now < coupon.lock.until) {
        await unlockCoupon(couponId, clerkId);
      }
      const lock = {
        until: now + LOCK_MS,
        clerkId,
        branchId: scope.branchId ?? '',
        basketFen: ask.basketFen,
        requestKey,
      };
      const { offFen, payFen } = worth.value;
      return (await lockCoupon(couponId, now, lock))
        ? done({ couponId, lockedUntil: lock.until, offFen, payFen })
        : null;
    });
    return held ?? refuse({ code: 'busy' });
  },
};

/** The customer would rather not: nothing was used, and any till may take the coupon. Again it does nothing. */
export const releaseCoupon: Actions<GiftsContract>['coupon.unlock'] = {
  who: TILL,
  writes: true,
  ask: z.strictObject({ couponId: anId }),
  async run({ scope }, { couponId }) {
    await unlockCoupon(couponId, scope.staff?._id ?? '');
    return done({ couponId });
  },
};

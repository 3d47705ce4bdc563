import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { conditionsOf, headlineOf, worthOf } from '../../../miniprogram/domain/offers/coupon';
import { readSecretWord } from '../../../miniprogram/domain/offers/secretWord';
import type { Actions } from '../../common/entry/action';
import { someFen, someText } from '../../common/entry/asks';
import { couponSaid } from '../../common/store/coupons';
import { goodAtTill } from '../till';

/** What is this code or secret word (暗号) worth for the basket? Nothing is changed. */
export const lookAtCoupon: Actions<GiftsContract>['coupon.look'] = {
  who: ['clerk', 'manager'],
  writes: false,
  ask: z.strictObject({ codeOrWord: someText(64).min(1), basketFen: someFen.nullable() }),
  async run({ scope, now }, { codeOrWord, basketFen }) {
    const coupon = await couponSaid(readSecretWord(codeOrWord));
    if (!coupon) return refuse({ code: 'code-not-found' });
    const good = await goodAtTill(coupon, scope, now);
    if (!good.ok) return good;
    const worth = basketFen === null ? null : worthOf(coupon.rule, basketFen);
    if (worth && !worth.ok) return worth;
    return done({
      couponId: coupon._id,
      memberName: coupon.memberName,
      phoneTail: coupon.phoneTail,
      headline: headlineOf(coupon.rule),
      conditions: conditionsOf(coupon.rule),
      trial: coupon.trial,
      expiresAt: coupon.expiresAt,
      worth: worth && basketFen !== null ? { basketFen, ...worth.value } : null,
    });
  },
};

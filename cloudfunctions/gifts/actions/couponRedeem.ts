import * as z from 'zod';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import { worthOf } from '../../../miniprogram/domain/offers/coupon';
import type { Acting, Actions } from '../../common/entry/action';
import { anId, someFen } from '../../common/entry/asks';
import { useCoupon } from '../../common/store/coupons';
import type { CouponDoc } from '../../common/store/documents';
import { againWhenRaced } from '../../common/store/raced';
import { table } from '../../common/store/table';
import { goodAtTill } from '../till';

type Redeemed = NonNullable<CouponDoc['redeemed']>;

/** Uses the coupon up, or finds that this very act has done so already. */
async function redeemOnce(
  acting: Acting,
  couponId: string,
  basketFen: number,
): Promise<Result<{ taskId: string; redeemed: Redeemed }, Failure> | null> {
  const { scope, now, requestKey } = acting;
  const coupon = await table('coupons').find(couponId);
  if (!coupon) return refuse({ code: 'code-not-found' });
  const clerkId = scope.staff?._id ?? '';
  const before = coupon.redeemed;
  if (before?.requestKey === requestKey && before.clerkId === clerkId) {
    return done({ taskId: coupon.taskId, redeemed: before });
  }
  const good = await goodAtTill(coupon, scope, now);
  if (!good.ok) return good;
  const worth = worthOf(coupon.rule, basketFen);
  if (!worth.ok) return worth;
  const redeemed: Redeemed = {
    at: now,
    clerkId,
    branchId: scope.branchId ?? '',
    basketFen,
    offFen: worth.value.offFen,
    requestKey,
  };
  return (await useCoupon(couponId, now, redeemed)) ? done({ taskId: coupon.taskId, redeemed }) : null;
}

/**
 * Redeems (核销) a coupon at the till. Of two clerks one wins and the other reads when it was used. The coupon itself is
 * the record; the task is brought up to it afterwards, also by a repetition of the act or the member's next look.
 */
export const redeemCoupon: Actions<GiftsContract>['coupon.redeem'] = {
  who: ['clerk', 'manager'],
  writes: true,
  ask: z.strictObject({ couponId: anId, basketFen: someFen }),
  async run(acting, { couponId, basketFen }) {
    const result = await againWhenRaced(() => redeemOnce(acting, couponId, basketFen));
    if (!result) return refuse({ code: 'busy' });
    if (!result.ok) return result;
    const { taskId, redeemed } = result.value;
    await table('tasks').changeIf({ _id: taskId, redeemedAt: null }, { redeemedAt: redeemed.at });
    return done({
      couponId,
      offFen: redeemed.offFen,
      payFen: redeemed.basketFen - redeemed.offFen,
      redeemedAt: redeemed.at,
    });
  },
};

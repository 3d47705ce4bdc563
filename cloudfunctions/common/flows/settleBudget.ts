import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { couponStateAt } from '../../../miniprogram/domain/offers/coupon';
import { heldFenOf } from '../../../miniprogram/domain/offers/margin';
import { couponFactOf } from '../store/coupons';
import type { CouponDoc } from '../store/documents';
import { command } from '../store/table';
import { together } from '../store/together';
import { NEVER } from './packCoupons';

/** When a coupon's hold has to be looked at again, now that it was. */
export function nextLookAt(coupon: CouponDoc, now: Ms): Ms {
  const state = couponStateAt(couponFactOf(coupon), now);
  if (state === 'unused') return coupon.expiresAt;
  return state === 'locked' ? Math.max(coupon.expiresAt, coupon.lock?.until ?? 0) : NEVER;
}

/**
 * Brings what a coupon ties up of its branch's budget in line with what it is: the worst case while it may be used, what
 * it took off once it was, nothing when it ended. Coupon and budget change together, so cut off anywhere it has happened
 * or has not, and doing it again does nothing. Six calls.
 */
export async function settleBudget(couponId: string, now: Ms): Promise<void> {
  await together(async (inside) => {
    const coupon = await inside.find('coupons', couponId);
    if (!coupon?.budget) return;
    const state = couponStateAt(couponFactOf(coupon), now);
    const { pot, worstFen, heldFen } = coupon.budget;
    const target = heldFenOf({ state, offFen: coupon.redeemed?.offFen ?? null }, worstFen);
    if (target !== heldFen) {
      await inside.change('budgets', pot, { left: command().inc(heldFen - target) });
    }
    await inside.change('coupons', couponId, {
      'budget.heldFen': target,
      heldDue: nextLookAt(coupon, now),
    });
  });
}

import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { nothing } from '../../common/entry/asks';
import { subscribeTemplate } from '../../common/channels/settings';
import { ANYONE } from '../anyone';
import { couponsOf } from '../../common/store/coupons';
import { branchesNamed, chainNow } from '../../common/store/remembered';
import { branchesText, couponShown } from '../couponShown';

/** 我的券: the caller's own coupons, newest first. Somebody without any gets an empty list. */
export const listMyCoupons: Actions<GiftsContract>['coupon.mine'] = {
  who: ANYONE,
  writes: false,
  ask: nothing,
  async run({ scope, now }) {
    const [coupons, chain] = await Promise.all([couponsOf(scope.openid), chainNow(now)]);
    const branches = await branchesNamed(
      coupons.flatMap((coupon) => coupon.branchIds ?? []),
      now,
    );
    return done({
      now,
      shopName: chain?.name ?? '本店',
      coupons: coupons.map((coupon) => ({
        ...couponShown(coupon, now),
        title: coupon.title,
        branchesText: branchesText(coupon.branchIds, branches),
      })),
      remindTemplate: subscribeTemplate('couponEnding')?.id ?? null,
    });
  },
};

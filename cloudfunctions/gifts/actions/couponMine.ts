import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { nothing } from '../../common/entry/asks';
import { subscribeTemplate } from '../../common/channels/settings';
import { ANYONE } from '../anyone';
import { couponsOf, couponsWithoutAccount } from '../../common/store/coupons';
import type { CouponDoc } from '../../common/store/documents';
import { memberOf } from '../../common/store/members';
import { branchesNamed, chainNow } from '../../common/store/remembered';
import { command, table } from '../../common/store/table';
import { branchesText, couponShown } from '../couponShown';

/**
 * 我的券: the caller's own coupons, newest first. Somebody without any gets an empty list. Three calls beside the caller's
 * scope; a coupon that an order brought her before she had an account becomes her account's here.
 */
export const listMyCoupons: Actions<GiftsContract>['coupon.mine'] = {
  who: ANYONE,
  writes: false,
  ask: nothing,
  async run({ scope, now }) {
    const [coupons, chain] = await Promise.all([ownCoupons(scope.openid), chainNow(now)]);
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

/** Everything that is hers: what her account claimed, and what her number was given. Three calls, one more to adopt. */
async function ownCoupons(openid: string): Promise<CouponDoc[]> {
  const [claimed, me] = await Promise.all([couponsOf(openid), memberOf(openid)]);
  const given = me ? await couponsWithoutAccount(me._id) : [];
  if (given.length === 0) return claimed;
  const _id = command().in(given.map((coupon) => coupon._id));
  await table('coupons').changeAll({ _id, openid: '' }, { openid });
  return [...given, ...claimed].sort((a, b) => b.claimedAt - a.claimedAt);
}

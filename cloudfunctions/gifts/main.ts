import type { GiftsContract } from '../../miniprogram/contract/gifts';
import { phoneEntry } from '../common/entry/phone';
import { lookAtCoupon } from './actions/couponLook';
import { listMyCoupons } from './actions/couponMine';
import { redeemCoupon } from './actions/couponRedeem';
import { claimGift } from './actions/giftClaim';
import { openGift } from './actions/giftOpen';
import { setOptOut } from './actions/optOutSet';

/** 回归礼包: opening, claiming and redeeming a gift, and saying no to all of it. */
export const main = phoneEntry<GiftsContract>({
  'gift.open': openGift,
  'gift.claim': claimGift,
  'coupon.mine': listMyCoupons,
  'coupon.look': lookAtCoupon,
  'coupon.redeem': redeemCoupon,
  'optOut.set': setOptOut,
});

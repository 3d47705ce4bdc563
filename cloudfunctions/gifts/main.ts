import type { GiftsContract } from '../../miniprogram/contract/gifts';
import { phoneEntry } from '../common/entry/phone';
import { holdCoupon, releaseCoupon } from './actions/couponLock';
import { lookAtCoupon } from './actions/couponLook';
import { listMyCoupons } from './actions/couponMine';
import { redeemOffline, showOfflineCode } from './actions/couponOffline';
import { redeemCoupon } from './actions/couponRedeem';
import { remindOfCoupon } from './actions/couponRemind';
import { eraseMine, exportMine, showMine } from './actions/dataMine';
import { listFlags, settleFlag } from './actions/flags';
import { claimGift } from './actions/giftClaim';
import { openGift } from './actions/giftOpen';
import { listMyPoints, remindOfLoyalty, showMyLevel } from './actions/loyaltyMine';
import { registerMember } from './actions/memberRegister';
import { readOfferSettings, saveOfferSettings } from './actions/offerSettings';
import { setOptOut } from './actions/optOutSet';
import { acceptReferral } from './actions/referral';
import { inviteFriend, lookAtInvitation } from './actions/referralMine';
import { answerSurvey } from './actions/surveyAnswer';

/** 回归礼包: opening, claiming and redeeming a gift, what else is a member's own, and saying no to all of it. */
export const main = phoneEntry<GiftsContract>({
  'gift.open': openGift,
  'gift.claim': claimGift,
  'coupon.mine': listMyCoupons,
  'coupon.look': lookAtCoupon,
  'coupon.lock': holdCoupon,
  'coupon.unlock': releaseCoupon,
  'coupon.redeem': redeemCoupon,
  'coupon.redeemOffline': redeemOffline,
  'coupon.offlineCode': showOfflineCode,
  'coupon.remind': remindOfCoupon,
  'points.mine': listMyPoints,
  'level.mine': showMyLevel,
  'loyalty.remind': remindOfLoyalty,
  'survey.answer': answerSurvey,
  'member.register': registerMember,
  'data.mine': showMine,
  'data.export': exportMine,
  'data.erase': eraseMine,
  'referral.invite': inviteFriend,
  'referral.look': lookAtInvitation,
  'referral.accept': acceptReferral,
  'flags.list': listFlags,
  'flags.settle': settleFlag,
  'optOut.set': setOptOut,
  'offers.settings': readOfferSettings,
  'offers.save': saveOfferSettings,
});

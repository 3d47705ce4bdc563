import type { GiftOpened } from '../../miniprogram/contract/gifts';
import { spokenDay } from '../../miniprogram/domain/kernel/day';
import type { Ms } from '../../miniprogram/domain/kernel/day';
import { conditionsOf, headlineOf } from '../../miniprogram/domain/offers/coupon';
import type { GiftFace } from '../../miniprogram/domain/offers/types';
import type { BranchDoc, CampaignDoc, CouponDoc } from '../common/store/documents';
import { branchesNamed, chainNow, staffNamed } from '../common/store/remembered';
import type { GiftTask } from '../common/store/tasks';
import { branchesText, couponShown } from './couponShown';
import type { Visit } from './visit';

/** Faces that may see what is inside. */
const SEES_OFFER: readonly GiftFace[] = ['claimable', 'claimed', 'redeemed', 'couponExpired', 'staffPreview'];

/** The branches a gift of this campaign is good at; null = all. */
export function couponBranchIds(campaign: CampaignDoc | null): string[] | null {
  return campaign?.plan.audience.branchIds ?? null;
}

function rulesOf(task: GiftTask, campaign: CampaignDoc | null, branches: string): string[] {
  const { offer, claimBy } = task;
  const from = campaign ? `${spokenDay(campaign.plan.startsOn)}起，` : '';
  return [
    `领取时间：${from}${spokenDay(claimBy)}前（含当日）`,
    `领取后 ${offer.validHours} 小时内有效，到店出示券码或说出暗号即可使用`,
    `${conditionsOf(offer.rule)}；适用门店：${branches}`,
    ...(offer.trial ? [`使用时一并赠送${offer.trial}`] : []),
    '限收到礼包的会员本人领取，每人一张，使用一次；转发给朋友无法领取',
  ];
}

const addressOf = (branch: BranchDoc | undefined, shopName: string): GiftOpened['branch'] =>
  branch ? { name: branch.name, address: branch.address } : { name: shopName, address: '' };

/**
 * Everything the gift page shows. A face that must not see the offer gets nothing of it: no name, no clerk, no rules,
 * only the shop's own public address.
 */
export async function giftPage(seen: Visit, coupon: CouponDoc | null, now: Ms): Promise<GiftOpened> {
  const { gift, campaign, face, isHers } = seen;
  const { task } = gift;
  const where = coupon ? coupon.branchIds : couponBranchIds(campaign);
  const [chain, branches, staff] = await Promise.all([
    chainNow(now),
    branchesNamed([task.branchId, ...(where ?? [])], now),
    staffNamed([task.clerkId], now),
  ]);
  const shopName = chain?.name ?? '本店';
  const goodAt = branchesText(where, branches);
  const { offer } = task;
  const sees = SEES_OFFER.includes(face);
  return {
    face,
    now,
    shopName,
    memberName: isHers ? gift.member.name : null,
    clerkName: isHers || sees ? (staff.get(task.clerkId ?? '')?.name ?? '') : '',
    branch: addressOf(branches.get(task.branchId ?? ''), shopName),
    branchesText: goodAt,
    offer: sees
      ? {
          title: offer.title,
          headline: headlineOf(offer.rule),
          conditions: conditionsOf(offer.rule),
          validHours: offer.validHours,
          trial: offer.trial,
          claimBy: task.claimBy,
        }
      : null,
    coupon: coupon && isHers ? couponShown(coupon, now) : null,
    rules: sees ? rulesOf(task, campaign, goodAt) : [],
  };
}

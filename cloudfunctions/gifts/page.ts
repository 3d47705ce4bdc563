import type { GiftOpened } from '../../miniprogram/contract/gifts';
import { endOf, spokenDay, startOf } from '../../miniprogram/domain/kernel/day';
import type { Ms } from '../../miniprogram/domain/kernel/day';
import { conditionsOf, headlineOf } from '../../miniprogram/domain/offers/coupon';
import { contentsOf, worthWords } from '../../miniprogram/domain/offers/pack';
import { spokenValidity, validityOf } from '../../miniprogram/domain/offers/validity';
import type { GiftFace } from '../../miniprogram/domain/offers/types';
import type { BranchDoc, CampaignDoc, CouponDoc } from '../common/store/documents';
import { subscribeTemplate } from '../common/channels/settings';
import { inRound, packCouponId, roundOf } from '../common/flows/packCoupons';
import { table } from '../common/store/table';
import { branchesNamed, chainNow, staffNamed } from '../common/store/remembered';
import type { GiftTask } from '../common/store/tasks';
import { branchesText, couponShown } from './couponShown';
import type { Visit } from './visit';

/** Faces that may see what is inside. */
const SEES_OFFER: readonly GiftFace[] = [
  'claimable',
  'notBegun',
  'outOfStock',
  'claimed',
  'redeemed',
  'couponExpired',
  'staffPreview',
];

/** The branches a gift of this campaign is good at; null = all. */
export function couponBranchIds(campaign: CampaignDoc | null): string[] | null {
  return campaign?.plan.audience.branchIds ?? null;
}

function rulesOf(task: GiftTask, campaign: CampaignDoc | null, branches: string): string[] {
  const { offer, claimBy } = task;
  const from = campaign ? `${spokenDay(campaign.plan.startsOn)}起，` : '';
  return [
    `领取时间：${from}${spokenDay(claimBy)}前（含当日）`,
    `${spokenValidity(validityOf(offer))}有效，到店出示券码或说出暗号即可使用`,
    `${conditionsOf(offer.rule, offer.scope)}；适用门店：${branches}`,
    ...(offer.trial ? [`使用时一并赠送${offer.trial}`] : []),
    '限收到礼包的会员本人领取，每人一张，使用一次；转发给朋友无法领取',
  ];
}

const addressOf = (branch: BranchDoc | undefined, shopName: string): GiftOpened['branch'] =>
  branch ? { name: branch.name, address: branch.address } : { name: shopName, address: '' };

/** The coupons of a claimed pack in their order. One call for a pack of several, else none. */
async function packOf(first: CouponDoc | null, task: GiftTask): Promise<CouponDoc[]> {
  if (!first) return [];
  const claimed = inRound(task, roundOf(first));
  const others = (claimed.offer.more ?? []).map((_, n) => packCouponId(claimed, n + 1));
  if (others.length === 0) return [first];
  const found = new Map((await table('coupons').findMany(others)).map((one) => [one._id, one]));
  return [first, ...others.flatMap((id) => found.get(id) ?? [])];
}

/**
 * Everything the gift page shows. A face that must not see the offer gets nothing of it: no name, no clerk, no rules,
 * only the shop's own public address.
 */
export async function giftPage(
  seen: Visit,
  coupon: CouponDoc | null,
  now: Ms,
  left: number | null = null,
  openid = '',
): Promise<GiftOpened> {
  const { gift, campaign, face, isHers } = seen;
  const { task } = gift;
  const where = coupon ? coupon.branchIds : couponBranchIds(campaign);
  const [coupons, isAnswered, chain, branches, staff, isStranger] = await Promise.all([
    isHers ? packOf(coupon, task) : [],
    isHers && task.offer.surveyPoints !== undefined ? table('surveys').find(task._id) : null,
    chainNow(now),
    branchesNamed([task.branchId, ...(where ?? [])], now),
    staffNamed([task.clerkId], now),
    face === 'someoneElses' && openid !== '' ? isNobody(openid) : false,
  ]);
  const shopName = chain?.name ?? '本店';
  const goodAt = branchesText(where, branches);
  const { offer } = task;
  const sees = SEES_OFFER.includes(face);
  const contents = sees ? contentsOf(offer) : [];
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
    coupons: coupons.map((one) => couponShown(one, now)),
    contents,
    worthWords: worthWords(contents),
    opensAt: sees && campaign ? startOf(campaign.plan.startsOn) : null,
    claimEndsAt: endOf(task.claimBy) + 1,
    couponEndsAt: coupon && isHers ? coupon.expiresAt : null,
    left: sees ? left : null,
    survey:
      isHers && coupon && offer.surveyPoints !== undefined
        ? { points: offer.surveyPoints, answered: isAnswered !== null }
        : null,
    remindTemplate: isHers && coupon ? (subscribeTemplate('couponEnding')?.id ?? null) : null,
    mayRegister: isStranger,
  };
}

/** Somebody who is no member yet. One call. */
async function isNobody(openid: string): Promise<boolean> {
  return (await table('members').findOne({ openid })) === null;
}

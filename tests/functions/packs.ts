import { table } from '../../cloudfunctions/common/store/table';
import type { MemberOffer } from '../../miniprogram/domain/offers/types';
import { newKey, replyOf } from './chain';
import { potsOf } from './giftShop';
import type { GiftShop } from './giftShop';

/** A pack with everything a pack can hold. */
export const PACK: Partial<MemberOffer> = {
  rule: { kind: 'percent', pay: 70, minFen: 0, capFen: 10_000 },
  branchBudgetFen: 50_000,
  more: [
    {
      title: '新品体验',
      rule: { kind: 'trial', product: '新茶', worthFen: 1_500, minFen: 0 },
      validity: { kind: 'businessDays', days: 7 },
    },
    {
      title: '茶具立减',
      rule: { kind: 'amountOff', offFen: 2_000, minFen: 5_000 },
      validity: { kind: 'seconds', seconds: 3600 },
      scope: { categories: ['茶具'] },
      stacking: 'alone',
    },
  ],
  points: { points: 50, validDays: 90, on: 'redeem' },
  levelKeep: { level: 'gold', months: 3 },
  surveyPoints: 100,
};

/** What members and clerks do with packs in a shop. @param shopOf the shop, once it is open */
export function packsIn(shopOf: () => GiftShop) {
  return {
    /** a campaign of her own, claimed */
    async claimed(memberId: string, offer: Partial<MemberOffer> = PACK) {
      const shop = shopOf();
      const campaignId = `p${memberId}`;
      const [task] = await shop.campaign(campaignId, [memberId], offer);
      if (!task) throw new Error('no task');
      const reply = replyOf(
        await shop.chain.call(`wx-${memberId}`, 'gifts', 'gift.claim', { link: task.link }),
      );
      return { campaignId, task, reply, me: `wx-${memberId}`, id: (n: number) => `${task._id}:${n}` };
    },
    redeem: (couponId: string, basketFen = 20_000, key = newKey(), clerk = 'wx-c1') =>
      shopOf().chain.call(clerk, 'gifts', 'coupon.redeem', { couponId, basketFen }, key),
    pointsOf: async (memberId: string) => (await table('members').find(memberId))?.loyalty?.points ?? 0,
    /** what a branch's budget has left */
    heldOf: async (campaignId: string) => (await potsOf('budgets', campaignId))[0]?.left,
  };
}

import type { GiftOpened } from '../../contract/gifts';
import { spokenTime } from '../../domain/kernel/day';
import type { GiftFace } from '../../domain/offers/types';

/** What a face says at the top: who speaks, kindly, and what the person can do now. */
export interface Head {
  greeting: string;
  line: string;
}

/** A number's name, not a person's: 会员0042 is not how anybody wants to be greeted. */
export const isMadeUpName = (name: string): boolean =>
  name === '' || /^会员[\p{L}\p{N}_:.-]{0,4}$/u.test(name);

const named = ({ memberName }: GiftOpened, words: string): string =>
  memberName && !isMadeUpName(memberName) ? `${memberName}，${words}` : words;

const leftBy = ({ branch, clerkName }: GiftOpened): string =>
  branch.name + (clerkName ? `的${clerkName}` : '');

/** The campaign ended before the day that was promised. */
const isClosedEarly = ({ now, claimEndsAt }: GiftOpened): boolean => now < claimEndsAt;

/** Of several coupons one is done with, and others still work. */
const still = (gift: GiftOpened): string => {
  const more = gift.coupons.filter(({ status }) => status === 'unused').length;
  return more > 0 ? `礼包里还有 ${more} 张券可以用，到${gift.branch.name}结账时出示` : '';
};

export const HEADS: Record<GiftFace, (gift: GiftOpened) => Head> = {
  claimable: (g) => ({ greeting: named(g, '好久不见'), line: `${leftBy(g)}给您留了一份回归礼` }),
  claimed: (g) => ({ greeting: '已经为您收好了', line: `到${g.branch.name}结账时，出示券码，或说出暗号` }),
  redeemed: (g) => ({ greeting: named(g, '谢谢您回来'), line: still(g) || '这份礼包已经用过了，我们下次见' }),
  couponExpired: (g) =>
    g.coupon?.status === 'revoked'
      ? { greeting: '这张券已作废', line: `有疑问请到${g.branch.name}问一问，店员会帮您查清楚` }
      : { greeting: '这张券过期了', line: still(g) || '没关系，欢迎到店看看，店员会为您介绍最新的活动' },
  someoneElses: () => ({
    greeting: '这份礼包有主人了',
    line: '它是送给另一位朋友的，只有本人可以领取。您也可以到店，了解自己的会员礼遇',
  }),
  linkExpired: (g) =>
    isClosedEarly(g)
      ? { greeting: '这次活动提前结束了', line: '没能等到您，很抱歉。欢迎到店看看，店员会为您介绍最新的活动' }
      : { greeting: '领取时间已过', line: '这份礼包没能等到您。欢迎到店看看，店员会为您介绍最新的活动' },
  notBegun: (g) => ({
    greeting: named(g, '再等一等'),
    line: `${g.branch.name}给您留了一份回归礼，${g.opensAt === null ? '活动开始后' : `${spokenTime(g.opensAt)}起`}可以领取`,
  }),
  outOfStock: () => ({ greeting: '这份礼包领完了', line: '没关系，欢迎到店看看，店员会为您介绍别的优惠' }),
  optedOut: () => ({
    greeting: '已为您停止接收',
    line: '您不会再收到我们的优惠消息。到店时，店员一样欢迎您',
  }),
  staffPreview: (g) => ({ greeting: '好久不见', line: `${leftBy(g)}给您留了一份回归礼` }),
};

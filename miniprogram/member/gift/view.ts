import type { CouponShown, GiftOpened } from '../../contract/gifts';
import { spokenDay, spokenTime } from '../../domain/kernel/day';
import type { Ms } from '../../domain/kernel/day';
import type { GiftFace } from '../../domain/offers/types';

export interface TicketShown {
  title: string;
  headline: string;
  conditions: string;
  trial: string;
  foot: string;
  flipped: boolean;
  status: CouponShown['status'];
  code: string;
  word: string;
  expiresAt: Ms;
}

export interface GiftShown {
  face: GiftFace;
  now: Ms;
  shopName: string;
  greeting: string;
  line: string;
  /** null where the offer is not for the person who looks */
  ticket: TicketShown | null;
  /** small print under the ticket */
  by: string;
  canClaim: boolean;
  /** a word to staff or about a claim that is not possible */
  notice: string;
  branch: { name: string; address: string; others: string };
  rules: string[];
  canOptOut: boolean;
}

/** What a face says at the top: who speaks, kindly, and what the person can do now. */
const HEADS: Record<GiftFace, (gift: GiftOpened) => { greeting: string; line: string }> = {
  claimable: (g) => ({
    greeting: g.memberName ? `${g.memberName}，好久不见` : '好久不见',
    line: `${g.branch.name}的${g.clerkName}给您留了一份回归礼`,
  }),
  claimed: (g) => ({
    greeting: '已经为您收好了',
    line: `到${g.branch.name}结账时，出示券码，或说出暗号`,
  }),
  redeemed: (g) => ({
    greeting: g.memberName ? `${g.memberName}，谢谢您回来` : '谢谢您回来',
    line: '这份礼包已经用过了，我们下次见',
  }),
  couponExpired: () => ({
    greeting: '这张券过期了',
    line: '没关系，欢迎到店看看，店员会为您介绍最新的活动',
  }),
  someoneElses: () => ({
    greeting: '这份礼包有主人了',
    line: '它是送给另一位朋友的，只有本人可以领取。您也可以到店，了解自己的会员礼遇',
  }),
  linkExpired: () => ({
    greeting: '领取时间已过',
    line: '这份礼包没能等到您。欢迎到店看看，店员会为您介绍最新的活动',
  }),
  notBegun: (g) => ({
    greeting: g.memberName ? `${g.memberName}，再等一等` : '再等一等',
    line: `${g.branch.name}给您留了一份回归礼，${g.opensAt === null ? '活动开始后' : `${spokenTime(g.opensAt)}起`}可以领取`,
  }),
  outOfStock: () => ({
    greeting: '这份礼包领完了',
    line: '没关系，欢迎到店看看，店员会为您介绍别的优惠',
  }),
  optedOut: () => ({
    greeting: '已为您停止接收',
    line: '您不会再收到我们的优惠消息。到店时，店员一样欢迎您',
  }),
  staffPreview: (g) => ({
    greeting: '好久不见',
    line: `${g.branch.name}的${g.clerkName}给您留了一份回归礼`,
  }),
};

const NOTICES: Partial<Record<GiftFace, string>> = {
  staffPreview: '员工预览：顾客看到的就是这一页，员工不能领取。',
};

/** From the reply to exactly what the page shows. A ticket is shown only with an offer, and turned once it is claimed. */
export function giftView(gift: GiftOpened): GiftShown {
  const { face, coupon, offer, branch } = gift;
  return {
    face,
    now: gift.now,
    shopName: gift.shopName,
    ...HEADS[face](gift),
    ticket: ticketOf(gift),
    by: face === 'claimable' && offer ? `领取截至 ${spokenDay(offer.claimBy)}` : '',
    canClaim: face === 'claimable',
    notice: NOTICES[face] ?? (coupon?.status === 'revoked' ? '这张券已作废，有疑问请到店询问。' : ''),
    branch: {
      name: branch.name,
      address: branch.address,
      others: gift.branchesText === branch.name ? '' : gift.branchesText,
    },
    rules: gift.rules,
    canOptOut: face === 'claimable' || face === 'claimed' || face === 'couponExpired' || face === 'redeemed',
  };
}

function ticketOf({ offer, coupon, face }: GiftOpened): TicketShown | null {
  if (!offer && !coupon) return null;
  return {
    title: offer?.title ?? '回归礼包',
    headline: coupon?.headline ?? offer?.headline ?? '',
    conditions: coupon?.conditions ?? offer?.conditions ?? '',
    trial: offer?.trial ?? '',
    foot: footOf(offer, coupon),
    // A spent ticket shows its front again: a code that no longer works would only be read out in vain.
    flipped: coupon?.status === 'unused',
    status: statusOf(coupon, face),
    code: coupon?.code ?? '',
    word: coupon?.secretWord ?? '',
    expiresAt: coupon?.expiresAt ?? 0,
  };
}

function footOf(offer: GiftOpened['offer'], coupon: CouponShown | null): string {
  if (!coupon) return offer ? `领取后${offer.validHours}小时内有效` : '';
  return coupon.status === 'used'
    ? `${spokenTime(coupon.claimedAt)} 领取`
    : `有效期到 ${spokenTime(coupon.expiresAt)}`;
}

function statusOf(coupon: CouponShown | null, face: GiftFace): CouponShown['status'] {
  if (coupon) return coupon.status;
  return face === 'linkExpired' ? 'expired' : 'unused';
}

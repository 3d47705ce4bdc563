import type { CouponShown, GiftOpened } from '../../contract/gifts';
import { spokenDay, spokenTime } from '../../domain/kernel/day';
import { numbered } from '../../domain/kernel/numbered';
import type { Ms } from '../../domain/kernel/day';
import type { PackItem } from '../../domain/offers/pack';
import type { GiftFace } from '../../domain/offers/types';
import { groupedCode } from '../../components/coupon-ticket/face';
import type { LapseReason } from '../../domain/outreach/types';
import { HEADS, isMadeUpName } from './heads';

export interface TicketShown {
  couponId: string;
  title: string;
  headline: string;
  conditions: string;
  trial: string;
  foot: string;
  flipped: boolean;
  /** `soldOut`: there is no piece left for her */
  status: CouponShown['status'] | 'soldOut';
  code: string;
  word: string;
  expiresAt: Ms;
}

/** One more thing in the pack: a short mark, what it is, and its conditions. */
export interface InsideShown {
  mark: string;
  title: string;
  detail: string;
}

/** One of several coupons of a claimed pack, to be put on the ticket by a tap. */
export interface StubShown {
  couponId: string;
  headline: string;
  note: string;
  on: boolean;
}

/** 到期前提醒我 */
export interface RemindShown {
  couponId: string;
  template: string;
  /** when it will come; empty = she has not asked */
  at: string;
}

export interface GiftShown {
  face: GiftFace;
  now: Ms;
  shopName: string;
  greeting: string;
  /** the sentence below it, cut where it may be broken */
  line: string[];
  /** null where the offer is not for the person who looks */
  ticket: TicketShown | null;
  /** 价值 ¥20，另有好礼; empty where nothing can truthfully be said */
  worth: string;
  inside: (InsideShown & { n: number })[];
  stubs: StubShown[];
  /** small print by the button */
  by: string;
  /** 限量, how many are left; empty = without end, or nobody looked */
  leftWords: string;
  /** what the clock at the ticket counts to; null = nothing ends */
  clock: { words: string; until: Ms } | null;
  canClaim: boolean;
  /** a word to staff or about a claim that is not possible */
  notice: string;
  branch: { name: string; address: string; others: string };
  rules: string[];
  remind: RemindShown | null;
  survey: { points: number; answered: boolean } | null;
  /** null = nothing is asked; else the sentence above the name field */
  register: { head: string; line: string; button: string } | null;
  canOptOut: boolean;
}

const NOTICES: Partial<Record<GiftFace, string>> = {
  staffPreview: '员工预览：顾客看到的就是这一页，员工不能领取。',
};

const MARKS: Record<PackItem['kind'], string> = {
  coupon: '券',
  trial: '赠',
  points: '分',
  levelKeep: '级',
  surveyPoints: '问',
};

/** What may have kept her away, as she would say it herself. */
export const REASONS: readonly { id: LapseReason; words: string }[] = [
  { id: 'needChanged', words: '最近不太需要' },
  { id: 'badExperience', words: '上次体验不好' },
  { id: 'competitor', words: '在别家买了' },
  { id: 'moved', words: '搬家，不顺路了' },
  { id: 'price', words: '价格不合适' },
  { id: 'other', words: '别的原因' },
];

/** How a ticket looks that nobody has claimed. */
const SPENT: Partial<Record<GiftFace, TicketShown['status']>> = {
  linkExpired: 'expired',
  outOfStock: 'soldOut',
};

const OPT_OUT_FACES: readonly GiftFace[] = ['claimable', 'claimed', 'couponExpired', 'redeemed'];

/**
 * From the reply to exactly what the page shows. A ticket is shown only with an offer, and turned once it is claimed.
 *
 * @param chosen the coupon of a pack that she put on the ticket; empty = the first that still works
 */
export function giftView(gift: GiftOpened, chosen = ''): GiftShown {
  const { face, branch } = gift;
  const onTicket = couponOnTicket(gift, chosen);
  const head = HEADS[face](gift);
  const isSoldOut = face === 'outOfStock';
  return {
    face,
    now: gift.now,
    shopName: gift.shopName,
    greeting: head.greeting,
    line: phrases(head.line),
    ticket: ticketOf(gift, onTicket),
    worth: onTicket || isSoldOut ? '' : (gift.worthWords ?? ''),
    // What she cannot have is not spread out before her.
    inside: isSoldOut ? [] : numbered(insideOf(gift)),
    stubs: stubsOf(gift, onTicket),
    by: face === 'claimable' && gift.offer ? `领取截至 ${spokenDay(gift.offer.claimBy)}` : '',
    leftWords: face === 'claimable' && gift.left !== null ? `限量，还剩 ${gift.left} 份` : '',
    clock: clockOf(gift, onTicket),
    canClaim: face === 'claimable',
    notice: NOTICES[face] ?? '',
    branch: {
      name: branch.name,
      address: branch.address,
      others: gift.branchesText === branch.name ? '' : gift.branchesText,
    },
    rules: gift.rules,
    remind: remindOf(gift, onTicket),
    survey: gift.survey,
    register: registerOf(gift),
    canOptOut: OPT_OUT_FACES.includes(face),
  };
}

/** A sentence in its phrases, so that a line ends with one. @example phrases('没关系，欢迎来') // → ['没关系，', '欢迎来'] */
export const phrases = (sentence: string): string[] => sentence.match(/[^，。；]+[，。；]?/g) ?? [];

function couponOnTicket({ coupon, coupons }: GiftOpened, chosen: string): CouponShown | null {
  const named = coupons.find(({ couponId }) => couponId === chosen);
  return named ?? coupons.find(({ status }) => status === 'unused') ?? coupon;
}

function ticketOf(gift: GiftOpened, coupon: CouponShown | null): TicketShown | null {
  const { offer, face } = gift;
  if (!offer && !coupon) return null;
  // What is handed over besides goes with the pack's first coupon.
  const isFirst = !coupon || coupon.couponId === gift.coupon?.couponId;
  return {
    couponId: coupon?.couponId ?? '',
    title: coupon?.title ?? offer?.title ?? '回归礼包',
    headline: coupon?.headline ?? offer?.headline ?? '',
    conditions: coupon?.conditions ?? offer?.conditions ?? '',
    trial: (isFirst && offer?.trial) || '',
    foot: face === 'outOfStock' ? '这一批已经全部领完' : footOf(offer, coupon),
    // A spent ticket shows its front again: a code that no longer works would only be read out in vain.
    flipped: coupon?.status === 'unused',
    status: coupon ? coupon.status : (SPENT[face] ?? 'unused'),
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

/** Everything besides what stands on the ticket: its coupon, and the trial on its stub. Once claimed, coupons are stubs. */
function insideOf({ contents, offer, coupon, survey }: GiftOpened): InsideShown[] {
  return contents
    .slice(1)
    .filter(({ kind, title }) => !(kind === 'trial' && title === offer?.trial))
    .filter(({ kind }) => !coupon || kind === 'points' || kind === 'levelKeep')
    .filter(({ kind }) => kind !== 'surveyPoints' || survey === null)
    .map(({ kind, title, detail }) => ({ mark: MARKS[kind], title, detail }));
}

const NOTES: Record<CouponShown['status'], (coupon: CouponShown) => string> = {
  unused: (c) => `暗号 ${c.secretWord} · 券码 ${groupedCode(c.code)}`,
  used: () => '已使用',
  expired: () => '已过期',
  revoked: () => '已作废',
};

function stubsOf({ coupons }: GiftOpened, onTicket: CouponShown | null): StubShown[] {
  if (coupons.length < 2) return [];
  return coupons.map((one) => ({
    couponId: one.couponId,
    headline: one.headline,
    note: NOTES[one.status](one),
    on: one.couponId === onTicket?.couponId,
  }));
}

function clockOf(gift: GiftOpened, coupon: CouponShown | null): GiftShown['clock'] {
  if (coupon) return coupon.status === 'unused' ? { words: '距离到期', until: coupon.expiresAt } : null;
  if (gift.face === 'notBegun')
    return gift.opensAt === null ? null : { words: '距离开始', until: gift.opensAt };
  return gift.face === 'claimable' ? { words: '距离领取截止', until: gift.claimEndsAt } : null;
}

function remindOf({ remindTemplate }: GiftOpened, coupon: CouponShown | null): RemindShown | null {
  if (!coupon || coupon.status !== 'unused') return null;
  const asked = coupon.remindAt ?? null;
  if (asked === null && remindTemplate === null) return null;
  return {
    couponId: coupon.couponId,
    template: remindTemplate ?? '',
    at: asked === null ? '' : spokenTime(asked),
  };
}

function registerOf({ face, memberName, mayRegister, shopName }: GiftOpened): GiftShown['register'] {
  if (mayRegister) {
    return {
      head: '还不是会员？',
      line: `登记一个称呼，就是${shopName}的会员，下次有礼遇会想到您`,
      button: '成为会员',
    };
  }
  if (face === 'claimed' && memberName !== null && isMadeUpName(memberName)) {
    return { head: '怎么称呼您？', line: '店员见到您时，好叫得上名字', button: '告诉店员' };
  }
  return null;
}

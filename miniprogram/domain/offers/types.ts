import type { Day, Ms } from '../kernel/day';
import type { Fen } from '../kernel/fen';
import type { QuietStage } from '../membership/types';

/** What a coupon takes off. `pay: 80` is 8折: the member pays 80 %. */
export type CouponRule =
  | { kind: 'percent'; pay: number; minFen: Fen; capFen: Fen | null }
  | { kind: 'amountOff'; offFen: Fen; minFen: Fen };

/** One step of the ladder (阶梯): the coupon for members who were this cold when the campaign began. */
export interface LadderStep {
  stage: QuietStage;
  rule: CouponRule;
}

/** What a campaign gives: frozen for each member at entry, so waiting longer never deepens it. */
export interface GiftOffer {
  title: string;
  ladder: LadderStep[];
  /** a coupon lives this long from the claim, to the second */
  validHours: number;
  /** something handed over in store together with the coupon; null = nothing */
  trial: string | null;
}

/** The offer as one member gets it. */
export interface MemberOffer {
  title: string;
  rule: CouponRule;
  validHours: number;
  trial: string | null;
}

export type CouponStatus = 'unused' | 'used' | 'revoked';

/** What the rules read of an issued coupon; whether it has expired follows from the clock. */
export interface CouponFact {
  status: CouponStatus;
  claimedAt: Ms;
  expiresAt: Ms;
  redeemedAt: Ms | null;
}

/** How the gift page looks to the person who opened it. One face each; see SCREENS in the docs. */
export type GiftFace =
  | 'claimable'
  | 'claimed'
  | 'redeemed'
  | 'couponExpired'
  | 'someoneElses'
  | 'linkExpired'
  | 'optedOut'
  | 'staffPreview';

/** 等级: what a member may do in the shop, lowest first. */
export const LEVELS = ['basic', 'silver', 'gold', 'diamond'] as const;
export type Level = (typeof LEVELS)[number];
export const LEVEL_WORDS: Record<Level, string> = {
  basic: '普通会员',
  silver: '银卡会员',
  gold: '金卡会员',
  diamond: '钻石会员',
};

/** Level and points as a member's own document keeps them; the ledgers of both are the original. */
export interface Loyalty {
  level: Level;
  /** good until the end of this day, unless something keeps it; null = it does not end */
  levelUntil: Day | null;
  /** points (积分) she can spend */
  points: number;
  /** of those, the ones that end first; null = none end */
  expiring: { points: number; on: Day } | null;
}

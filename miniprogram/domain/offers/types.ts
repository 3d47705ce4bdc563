import type { Day, Ms } from '../kernel/day';
import type { Fen } from '../kernel/fen';
import type { QuietStage } from '../membership/types';

/**
 * What a coupon takes off. `pay: 80` is 8折: the member pays 80 %. An amount off with `minFen: 0` is the no-threshold
 * coupon (无门槛券). A trial (体验券) takes nothing off the basket: a product is handed over, whose worth HQ states.
 */
export type CouponRule =
  | { kind: 'percent'; pay: number; minFen: Fen; capFen: Fen | null }
  | { kind: 'amountOff'; offFen: Fen; minFen: Fen }
  | { kind: 'trial'; product: string; worthFen: Fen | null; minFen: Fen };

/** What counts towards a coupon: null = everything. Names are the categories (品类) of the till's order lines. */
export interface CouponScope {
  categories: string[] | null;
}

/**
 * How long a coupon is good: so many seconds from the claim, or business days, to 23:59:59.999 in Shanghai. With
 * `businessDays: 1` it ends on the day of the claim; `untilDay` names the day itself.
 */
export type Validity =
  | { kind: 'seconds'; seconds: number }
  | { kind: 'businessDays'; days: number }
  | { kind: 'untilDay'; on: Day };

/** One more coupon of a pack, besides the one of the ladder. */
export interface CouponTemplate {
  title: string;
  rule: CouponRule;
  validity: Validity;
  /** missing = everything */
  scope?: CouponScope;
  /** where it is good; missing = where the campaign is */
  branchIds?: string[];
  /** missing = may be used together with any other; `alone` = only by itself; else one of each group */
  stacking?: Stacking;
}
/** `alone`, or the name of a group of which one coupon may be used at a time. */
export type Stacking = 'alone' | { group: string };

/** What a pack holds besides coupons. */
export interface PackPoints {
  points: number;
  /** they end so many days after they came; null = they do not end */
  validDays: number | null;
  /** given with the claim, or with the first redemption and taken back with its refund */
  on: 'claim' | 'redeem';
}
export interface PackLevelKeep {
  level: Level;
  months: number;
}

/** The parts of a pack (礼包) that a campaign may add to the ladder's coupon, and how many there are. */
export interface PackParts {
  /** missing = `validHours` from the claim */
  validity?: Validity;
  scope?: CouponScope;
  stacking?: Stacking;
  /** at most nine: a coupon's id has one digit for its place in the pack */
  more?: CouponTemplate[];
  points?: PackPoints;
  /** 等级保级 */
  levelKeep?: PackLevelKeep;
  /** points for answering the survey; missing = there is none */
  surveyPoints?: number;
  /** packs there are in all; missing = without end */
  stock?: number;
  /** what a branch may give away in this campaign; missing = without end */
  branchBudgetFen?: Fen;
}

/** One step of the ladder (阶梯): the coupon for members who were this cold when the campaign began. */
export interface LadderStep {
  stage: QuietStage;
  rule: CouponRule;
}

/** What a campaign gives: frozen for each member at entry, so waiting longer never deepens it. */
export interface GiftOffer extends PackParts {
  title: string;
  ladder: LadderStep[];
  /** a coupon lives this long from the claim, to the second */
  validHours: number;
  /** something handed over in store together with the coupon; null = nothing */
  trial: string | null;
}

/** The offer as one member gets it. */
export interface MemberOffer extends PackParts {
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
  /** somebody stands at a till with it; missing or null = nobody */
  lock?: { until: Ms; clerkId: string } | null;
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
  | 'notBegun'
  | 'outOfStock'
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

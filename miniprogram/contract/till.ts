import type { Ms } from '../domain/kernel/day';
import type { Fen } from '../domain/kernel/fen';
import type { FlagKind } from '../domain/offers/flags';

export interface CouponAtTill {
  couponId: string;
  memberName: string;
  phoneTail: string;
  headline: string;
  conditions: string;
  trial: string | null;
  expiresAt: Ms;
  /** null while no basket was given */
  worth: { basketFen: Fen; offFen: Fen; payFen: Fen } | null;
  /** the categories it counts; null = everything */
  categories?: string[] | null;
  /** categories in the basket that do not count for it, or are written otherwise than it names them */
  notCounted?: string[];
  /** held by a till until then; `mine` = by the caller's */
  lock?: { until: Ms; mine: boolean } | null;
  /** other coupons of the member that may be used on this basket too, and the best way to use them together */
  together?: {
    couponIds: string[];
    /** in the order in which they are redeemed, each on what the one before left */
    steps: { couponId: string; headline: string; offFen: Fen }[];
    offFen: Fen;
    payFen: Fen;
  } | null;
}

/** A basket at the till: its sum, and the amounts by category where the coupon asks for them. */
export interface BasketAsked {
  basketFen: Fen;
  categoryFen?: Record<string, Fen>;
}

export interface Redeemed {
  couponId: string;
  offFen: Fen;
  payFen: Fen;
  redeemedAt: Ms;
}

/** Something that looks like gaming, with its evidence. */
export interface FlagShown {
  flagId: string;
  kind: FlagKind;
  branchName: string;
  clerkName: string;
  words: string;
  at: Ms;
  /** the redemptions it is made of */
  evidence: {
    couponId: string;
    memberName: string;
    phoneTail: string;
    claimedAt: Ms;
    redeemedAt: Ms | null;
    basketFen: Fen;
    offFen: Fen;
  }[];
  settled: { byName: string; at: Ms; note: string } | null;
}

export interface TillContract {
  /** clerk: what is this code or secret word worth for the basket? Wrong words are counted: twelve an hour */
  'coupon.look': {
    ask: { codeOrWord: string; basketFen: Fen | null; categoryFen?: Record<string, Fen> };
    reply: CouponAtTill;
  };
  /** clerk; carries a requestKey: holds the coupon for two minutes while she confirms; again by the same key = holds it on */
  'coupon.lock': {
    ask: { couponId: string } & BasketAsked;
    reply: { couponId: string; lockedUntil: Ms; offFen: Fen; payFen: Fen };
  };
  /** clerk; carries a requestKey: the customer would rather not. Nothing is used */
  'coupon.unlock': { ask: { couponId: string }; reply: { couponId: string } };
  /** clerk; carries a requestKey, the lock's where there is one: then the basket has to be the locked one */
  'coupon.redeem': {
    ask: { couponId: string; orderNo?: string } & BasketAsked;
    reply: Redeemed;
  };
  /**
   * Clerk; carries a requestKey: the branch was offline, wrote the member's offline code down and gave the discount; now
   * it is checked. `usedAt` is when, by her watch
   */
  'coupon.redeemOffline': { ask: { offlineCode: string; basketFen: Fen; usedAt: Ms }; reply: Redeemed };
  /** manager: her branch; HQ: all or one. Newest first, those nobody looked at before the others */
  'flags.list': { ask: { branchId?: string }; reply: { now: Ms; flags: FlagShown[] } };
  /** manager or HQ; carries a requestKey: looked at, and what came of it */
  'flags.settle': { ask: { flagId: string; note: string }; reply: { flagId: string } };
}

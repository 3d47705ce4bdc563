import type { Day, Ms } from '../domain/kernel/day';
import type { Fen } from '../domain/kernel/fen';
import type { GiftFace } from '../domain/offers/types';

export interface CouponShown {
  couponId: string;
  /** 7折 */
  headline: string;
  /** 满100元可用，最高减50元 */
  conditions: string;
  status: 'unused' | 'used' | 'expired' | 'revoked';
  claimedAt: Ms;
  expiresAt: Ms;
  /** eight digits */
  code: string;
  /** 暗号 */
  secretWord: string;
}

/** Everything the gift page shows; one call. Faces that must not see the offer get none. */
export interface GiftOpened {
  face: GiftFace;
  now: Ms;
  shopName: string;
  /** null unless the caller is the member it was meant for */
  memberName: string | null;
  clerkName: string;
  branch: { name: string; address: string };
  branchesText: string;
  offer: {
    title: string;
    headline: string;
    conditions: string;
    validHours: number;
    trial: string | null;
    claimBy: Day;
  } | null;
  coupon: CouponShown | null;
  rules: string[];
}

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
}

export interface GiftsContract {
  /** anyone: opens a shared card; binds it to the intended member at first open */
  'gift.open': { ask: { link: string }; reply: GiftOpened };
  /** member; carries a requestKey; once, however often asked */
  'gift.claim': { ask: { link: string }; reply: GiftOpened };
  'coupon.mine': {
    ask: Record<string, never>;
    reply: { now: Ms; shopName: string; coupons: (CouponShown & { title: string; branchesText: string })[] };
  };
  /** clerk: what is this code or secret word worth for the basket? */
  'coupon.look': { ask: { codeOrWord: string; basketFen: Fen | null }; reply: CouponAtTill };
  /** clerk; carries a requestKey */
  'coupon.redeem': {
    ask: { couponId: string; basketFen: Fen };
    reply: { couponId: string; offFen: Fen; payFen: Fen; redeemedAt: Ms };
  };
  /** member: 不再接收; carries a requestKey */
  'optOut.set': { ask: { link: string }; reply: { optedOut: true } };
}

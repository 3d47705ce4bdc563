import type { Day, Ms } from '../domain/kernel/day';
import type { PackItem } from '../domain/offers/pack';
import type { GiftFace } from '../domain/offers/types';
import type { OptOutScope } from '../domain/outreach/types';
import type { InviteContract } from './invite';
import type { MineContract } from './mine';
import type { OffersContract } from './offers';
import type { TillContract } from './till';

export type { CouponAtTill } from './till';

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
  title?: string;
  /** a till is looking at it this moment, until then */
  lockedUntil?: Ms | null;
  /** she asked to be reminded; null = not */
  remindAt?: Ms | null;
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
  /** all coupons of the pack, `coupon` first; empty before the claim and for everybody else */
  coupons: CouponShown[];
  /** everything in the pack, as its list shows it; empty where the offer is not shown */
  contents: PackItem[];
  /** what it is worth in yuan, as far as that can truthfully be said, e.g. 价值 ¥20，另有好礼 */
  worthWords: string | null;
  /** instants for countdowns: when it can be claimed from and until, and when the coupon ends; null = does not apply */
  opensAt: Ms | null;
  claimEndsAt: Ms;
  couponEndsAt: Ms | null;
  /** packs left of a limited number; null = without end, or nobody looked */
  left: number | null;
  survey: { points: number; answered: boolean } | null;
  /** the subscribe message to ask her for before `coupon.remind`; null = this shop sends none, so nothing is offered */
  remindTemplate: string | null;
  /** nobody we know: she may register in place (member.register) */
  mayRegister: boolean;
}

export interface GiftsContract extends TillContract, MineContract, InviteContract, OffersContract {
  /** anyone: opens a shared card; binds it to the intended member at first open */
  'gift.open': { ask: { link: string }; reply: GiftOpened };
  /** member; carries a requestKey; once, however often asked */
  'gift.claim': { ask: { link: string; device?: string }; reply: GiftOpened };
  'coupon.mine': {
    ask: Record<string, never>;
    reply: {
      now: Ms;
      shopName: string;
      coupons: (CouponShown & { title: string; branchesText: string })[];
      /** as in `GiftOpened` */
      remindTemplate: string | null;
    };
  };
  /**
   * Member: 不再接收; carries a requestKey. By a card's link, or for herself with `link: null`. `scope` missing = of
   * everything. It can be widened by asking again, never narrowed
   */
  'optOut.set': { ask: { link: string | null; scope?: OptOutScope }; reply: { optedOut: true } };
}

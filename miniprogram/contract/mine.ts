import type { Day, Ms } from '../domain/kernel/day';
import type { Fen } from '../domain/kernel/fen';
import type { Level } from '../domain/offers/types';
import type { LapseReason, OptOutScope } from '../domain/outreach/types';

export interface PointsLine {
  /** e.g. 回归礼包、问卷、退货收回、到期 */
  words: string;
  points: number;
  at: Ms;
  expiresOn: Day | null;
}

/**
 * What became of the phone she allowed us to ask for.
 *
 * - `none`: she did not; `kept`: it is noted on her, or was already.
 * - `united`: one member of ours has that phone, and she is that one now.
 * - `differs`: the shop knows her by another number, which stays.
 * - `taken`: it is somebody's who uses another account, or several members'; it was not noted, the shop sorts it out.
 * - `unread`: WeChat did not tell it (a code is good once, for five minutes); she may tap again.
 */
export type PhoneFate = 'none' | 'kept' | 'united' | 'differs' | 'taken' | 'unread';

export interface MineContract {
  /**
   * Member; carries a requestKey: 到期前提醒我, after she accepted one subscribe message on her phone. One reminder a
   * coupon, some hours before its end
   */
  'coupon.remind': { ask: { couponId: string }; reply: { couponId: string; remindAt: Ms } };
  /** member: a code to show where the branch has no network; new every minute, good for ten */
  'coupon.offlineCode': {
    ask: { couponId: string };
    reply: { couponId: string; offlineCode: string; goodUntil: Ms };
  };
  'points.mine': {
    ask: Record<string, never>;
    reply: {
      now: Ms;
      /** below zero when points already spent were taken back */
      points: number;
      expiring: { points: number; on: Day } | null;
      lines: PointsLine[];
      /** the subscribe message to ask her for before `loyalty.remind`; null or missing = this shop sends none */
      remindTemplate?: string | null;
    };
  };
  /**
   * Member; carries a requestKey: 到期前提醒我, after she accepted one subscribe message on her phone: of points or a level
   * that end, a week before. One message for each time she says so
   */
  'loyalty.remind': { ask: { what: 'points' | 'level' }; reply: { what: 'points' | 'level' } };
  'level.mine': {
    ask: Record<string, never>;
    reply: {
      now: Ms;
      level: Level;
      levelWords: string;
      levelUntil: Day | null;
      yearFen: Fen;
      /** to the next level */
      next: { level: Level; levelWords: string; missingFen: Fen } | null;
      /** what has to be spent before `levelUntil` to keep a level that is only kept for her; null = it is earned */
      keepMissingFen: Fen | null;
      history: { levelWords: string; from: Day; until: Day }[];
      /** the subscribe message to ask her for before `loyalty.remind`; null or missing = this shop sends none */
      remindTemplate?: string | null;
    };
  };
  /** member; carries a requestKey: why she had not come for so long; once a pack, for points */
  'survey.answer': {
    ask: { link: string; reason: LapseReason; note: string };
    reply: { points: number };
  };
  /**
   * Anyone; carries a requestKey: an unknown visitor becomes a member, and the pack of the link stays hers when it is.
   * `phoneCode` is what WeChat's button gave her page after she allowed it; without one she registers just the same
   */
  'member.register': {
    ask: { link: string | null; name: string; phoneCode?: string };
    reply: { memberId: string; giftIsHers: boolean; phone: PhoneFate };
  };
  /** member: who we think she is, and whether she said no */
  'data.mine': {
    ask: Record<string, never>;
    reply: {
      now: Ms;
      name: string;
      phoneTail: string;
      optOut: { scope: OptOutScope; at: Ms } | null;
    };
  };
  /** member: everything about her, to keep */
  'data.export': { ask: Record<string, never>; reply: { now: Ms; json: string } };
  /** member; carries a requestKey: her name, phone and binding go for good; what the books need stays without a person */
  'data.erase': { ask: { sure: true }; reply: { erased: true } };
}

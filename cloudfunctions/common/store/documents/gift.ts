import type { Day, Ms } from '../../../../miniprogram/domain/kernel/day';
import type { Flag } from '../../../../miniprogram/domain/offers/flags';
import type { Level } from '../../../../miniprogram/domain/offers/types';
import type { ReferralState, ReferralTerms } from '../../../../miniprogram/domain/offers/referral';
import type { LapseReason } from '../../../../miniprogram/domain/outreach/types';

/**
 * Something that runs out: a shard of a campaign's packs (`stock`, in pieces) or what a branch may give away in it
 * (`budgets`, in fen). `_id` = `of:shard`. At any instant `initial` = `left` + what is taken and has no coupon yet +
 * what the coupons of this pot hold.
 */
export interface PotDoc {
  _id: string;
  /** the campaign, or `campaign:branch` */
  of: string;
  shard: number;
  initial: number;
  left: number;
  /**
   * takings on their way to a coupon, by the claim in base64url: a claim takes once however often it is sent. One whose
   * coupon stands is cleared; one that never got a coupon goes back
   */
  takes: Record<string, PotTake>;
  /** 1 = there may be takings to look at */
  dirty: 0 | 1;
  /** counts the takings, so that one that came between is never overlooked */
  turn: number;
}

export interface PotTake {
  amount: number;
  at: Ms;
  token: string;
}

/** 积分账: append-only. `_id` is the natural key of what it is for, e.g. `pack:campaign:member`. */
export interface PointsDoc {
  _id: string;
  memberId: string;
  points: number;
  at: Ms;
  expiresOn: Day | null;
  from?: string;
  why: 'pack' | 'use' | 'survey' | 'back' | 'lapse' | 'referral';
}

/** 等级: what was kept for a member and until when. `_id` e.g. `keep:campaign:member`. Append-only. */
export interface LevelDoc {
  _id: string;
  memberId: string;
  level: Level;
  from: Day;
  until: Day;
  at: Ms;
  why: 'pack';
}

/** An answer to the survey of a pack. `_id` = the task: one each. */
export interface SurveyDoc {
  _id: string;
  memberId: string;
  reason: LapseReason;
  note: string;
  at: Ms;
  requestKey: string;
  /** what the answer earns her, as it was promised when she gave it */
  points?: number;
  expiresOn?: Day | null;
  /** 1 = points and task do not know of it yet */
  owes?: 1;
}

/** Something a manager should look at. `_id` names the finding. */
export interface FlagDoc extends Omit<Flag, 'id'> {
  _id: string;
  at: Ms;
  /** who looked, and what she said of it; null = nobody yet */
  settled: { by: string; at: Ms; note: string } | null;
}

/** 老带新. `_id` = `inviter:n`; a friend stands in one only. */
export interface ReferralDoc {
  _id: string;
  state: ReferralState;
  inviterId: string;
  friendId: string | null;
  code: string;
  at: Ms;
  boughtAt: Ms | null;
  orderId: string | null;
  /** what was promised when the friend came; missing = nobody has come, or it is older than the settings */
  terms?: ReferralTerms;
  /** of `bought`: when both are rewarded, unless she returns it. Indexed */
  dueAt?: Ms | null;
  /** of `void`: inviter and friend turned out to have one phone number */
  isSelf?: true;
  /** 1 = points are still to be given or taken back */
  owes?: 0 | 1;
  /** a mark of the phone on which the friend registered */
  device?: string;
}

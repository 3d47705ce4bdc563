import type { CampaignPlan } from '../../../../miniprogram/contract/campaigns';
import type { Day, Ms } from '../../../../miniprogram/domain/kernel/day';
import type { Fen } from '../../../../miniprogram/domain/kernel/fen';
import type { Lifecycle, Value } from '../../../../miniprogram/domain/membership/types';
import type { CareEnd, CareReason } from '../../../../miniprogram/domain/outreach/care/types';
import type {
  CouponRule,
  CouponScope,
  MemberOffer,
  Stacking,
} from '../../../../miniprogram/domain/offers/types';
import type { CampaignAct, CampaignState } from '../../../../miniprogram/domain/outreach/campaign/life';
import type { Pin } from '../../../../miniprogram/domain/outreach/pin';
import type {
  Channel,
  ClerkLoads,
  FollowUpOutcome,
  LapseReason,
  Purpose,
  TaskStatus,
} from '../../../../miniprogram/domain/outreach/types';

/** 活动: its plan, where it stands, and the cursors of its resumable jobs. What is missing was not known when it was written. */
export interface CampaignDoc {
  _id: string;
  /** can be edited while it is a draft; frozen from its approval on */
  plan: CampaignPlan;
  status: CampaignState;
  /** where it was when it was paused */
  pausedFrom?: CampaignState | null;
  /** counts the changes people made; missing = 0 */
  revision?: number;
  /** who submitted what stands there now, as staff */
  submittedBy?: string | null;
  /** what people did with it, newest last */
  history?: CampaignActDoc[];
  requestKey: string;
  createdBy: string;
  createdAt: Ms;
  launch: {
    /** members up to this id are done */
    cursor: string;
    done: number;
    /** members expected; those that came once all are in */
    total: number;
    /** loads as they stood at the cursor, so that a repeated chunk assigns the same */
    loads: ClerkLoads;
    /** and how many members of each stratum had come, as pairs: a branch number may hold a dot */
    strata?: [stratum: string, members: number][];
    /** and how many members of waves */
    waved?: number;
    /** one return offer in so many months, as it was decided when the launch began; missing = nobody looked */
    returnMonths?: number;
    /** whoever works on it holds it until then */
    leaseUntil: Ms;
  };
  /** the round of a day over engaged members; the next day's begins anew */
  followUp?: FollowUpJob | null;
  /** it has ended and its members are still being set free */
  closing?: boolean;
  closedAt?: Ms;
}

export interface CampaignActDoc {
  act: CampaignAct;
  at: Ms;
  by: string;
  note: string;
  requestKey: string;
  /** what it led to: the answer of the act, also when it is asked again */
  status: CampaignState;
  revision: number;
}

export interface FollowUpJob {
  on: Day;
  /** tasks up to this id are done; null = all of them */
  cursor: string | null;
  /** extra tasks each clerk got that day */
  loads: ClerkLoads;
}

/** 召回任务. `_id` = `campaign:member`. It carries what the clerk's list shows, so that the list is one read. */
export interface TaskDoc {
  _id: string;
  /** `care` = a birthday, a refill and the like; missing = a recall of a campaign */
  kind?: 'recall' | 'care';
  /** of a care task: what it is about, as it stood when it was given */
  care?: CareReason;
  /** why a care task ended by itself; missing = it did not */
  careEnd?: { because: CareEnd; at: Ms };
  /** of a care task: its cycle, under which there is no campaign */
  campaignId: string;
  memberId: string;
  branchId: string | null;
  clerkId: string | null;
  arm: 'treated' | 'heldOut';
  status: TaskStatus;
  /** as of entry; the board's strata */
  lifecycle: Lifecycle;
  value: Value;
  /** null = a care task: there is nothing to claim */
  offer: MemberOffer | null;
  /** 1 = the follow-up's extra offer (追加) is the one that counts now; missing = 0 */
  round?: number;
  /** the extra offer, frozen at entry like the first; null or missing = the campaign has none */
  laterOffer?: MemberOffer | null;
  /** the first offer, once the extra one stands in `offer` */
  earlierOffer?: MemberOffer;
  /** why it is due again, Chinese */
  roundReason?: string;
  /** of a care task: the last day on which it makes sense */
  claimBy: Day;
  /** unguessable token of the share card; of a care task a word that no card can carry */
  link: string;
  assignReason: string;
  enteredAt: Ms;
  dueOn: Day;
  urged: boolean;
  /** the day of the last 催办: once a day is enough */
  urgedOn?: Day | null;
  /** the clerk put her before or behind her place: holds until the end of its day or the next touch (`pinHolds`) */
  pin?: (Pin & { staffId: string }) | null;
  member: {
    name: string;
    phoneTail: string;
    paidOrders: number;
    lastPaidOn: Day | null;
    /** an order waiting for payment and the last visit, for the why-now line */
    unpaidOn?: Day | null;
    lastVisitOn?: Day | null;
    lastTouchedAt: Ms | null;
  };
  /** when each first happened */
  contactedAt: Ms | null;
  openedAt: Ms | null;
  claimedAt: Ms | null;
  /** of the coupon of this round; null = none was claimed in it */
  couponExpiresAt: Ms | null;
  redeemedAt: Ms | null;
  wokenAt: Ms | null;
  wakeOrderId: string | null;
  wakeFen: Fen | null;
  followUp: {
    outcome: FollowUpOutcome;
    lapseReason: LapseReason | null;
    note: string;
    nextContactOn: Day | null;
    at: Ms;
    requestKey: string;
  } | null;
  /** why she had not come, in her own words: she answered the survey of her pack */
  surveyed?: { reason: LapseReason; at: Ms };
  /** keys of the clerk's last acts on this task, newest last: a repeated one changes nothing */
  acts?: string[];
  /** the last write that no board has counted yet; null = counted. Set by the store itself, see `table('tasks')` */
  uncounted?: string | null;
}

/** 触达: the append-only contact ledger. `_id` = `task:requestKey`, so a repeated tap is one touch. */
export interface TouchDoc {
  _id: string;
  taskId: string;
  memberId: string;
  clerkId: string;
  clerkName: string;
  branchId: string | null;
  channel: Channel;
  purpose: Purpose;
  scriptId: string | null;
  scenario: string | null;
  text: string | null;
  /** she changed the script's words before copying; missing = not known */
  edited?: boolean;
  /** the small test that gave her this script */
  test?: string;
  at: Ms;
  /** the clerk said within a minute that it was not sent after all: the row stays and counts for nothing */
  undoneAt?: Ms;
}

/**
 * 优惠券. `_id` = `task:n`, n = round × 10 + its place in the pack: the key is the once-only promise. The rule is a
 * snapshot. `task:0` is the claim itself: whatever else belongs to the pack follows from it.
 */
export interface CouponDoc {
  _id: string;
  taskId: string;
  campaignId: string;
  memberId: string;
  memberName: string;
  phoneTail: string;
  openid: string;
  title: string;
  rule: CouponRule;
  /** what of a basket counts; missing = all of it */
  scope?: CouponScope;
  stacking?: Stacking;
  trial: string | null;
  branchIds: string[] | null;
  status: 'unused' | 'used' | 'revoked';
  code: string;
  secretWord: string;
  claimedAt: Ms;
  expiresAt: Ms;
  /** a till holds it between looking and confirming; over by the clock alone */
  lock?: CouponLock | null;
  redeemed: {
    at: Ms;
    clerkId: string;
    branchId: string;
    basketFen: Fen;
    offFen: Fen;
    requestKey: string;
    /** the order that it was used in, once the till has told; null or missing = not known */
    orderId?: string | null;
    /** used while the branch was offline and checked afterwards */
    offline?: boolean;
  } | null;
  /** orders whose return gave it back, oldest first: each does so once */
  reversed?: { orderId: string; at: Ms; usedAt: Ms }[];
  /** where its piece and its money came from; the token names the very taking */
  stock?: PotTaken;
  budget?: PotTaken & {
    worstFen: Fen;
    /** what it ties up now */
    heldFen: Fen;
  };
  /** when `budget.heldFen` has to be looked at again; far future = never */
  heldDue?: Ms;
  /** 1 = something that follows from it may not be done yet: the sweeper looks */
  owes?: 0 | 1;
  /** what the codes of the pack's other coupons are made from */
  seed?: string;
  /** a mark of the phone it was claimed on */
  device?: string;
  /** she asked to be reminded before it ends */
  remindAt?: Ms;
}

export interface CouponLock {
  until: Ms;
  clerkId: string;
  branchId: string;
  basketFen: Fen;
  requestKey: string;
}
export interface PotTaken {
  pot: string;
  token: string;
}

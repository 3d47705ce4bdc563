import type { Day, Ms } from '../../../../miniprogram/domain/kernel/day';
import type {
  Lifecycle,
  MemberFacts,
  Placement,
  QuietStage,
  Value,
} from '../../../../miniprogram/domain/membership/types';
import type { WakeCycle } from '../../../../miniprogram/domain/outreach/campaign/cycle';
import type { ContactHold } from '../../../../miniprogram/domain/outreach/contactHold';
import type { Loyalty } from '../../../../miniprogram/domain/offers/types';
import type { OptOutScope, TouchFact } from '../../../../miniprogram/domain/outreach/types';
import type { Place } from './shop';

/** A phone number at rest: opened only with the chain's key, found by a keyed hash. */
export interface SealedPhone {
  /** AES-256-GCM, base64: nonce, tag, text */
  sealed: string;
  /** HMAC-SHA256 with another key, hex */
  hash: string;
}

/** A touch as her own document remembers it; `id` is the touch's, so that it is remembered once. */
export interface RememberedTouch extends TouchFact {
  id: string;
  /** the hold that it ended, when there was one */
  heldAs?: string;
}

/** 会员. `_id` is the member number; facts and placement are always computed, never typed. */
export interface MemberDoc {
  _id: string;
  name: string;
  /** last four digits; the number itself is never stored in clear */
  phoneTail: string;
  phone?: SealedPhone | null;
  /** null until she first opened a card meant for her, or registered */
  openid: string | null;
  birthday: Day | null;
  childBirthday?: Day | null;
  place?: Place | null;
  homeBranchId: string | null;
  /** the home as her orders tell it; while it is the same as `homeBranchId`, nobody told one and it follows her orders */
  homeFromOrders?: string | null;
  ownerClerkId: string | null;
  /** her clerks before, each until the day she was handed over, newest last */
  owners?: { clerkId: string; until: Day }[];
  facts: MemberFacts;
  /** visit days, newest last, one entry a day */
  visitDays: Day[];
  /** days on which she looked at a page of ours, the same way */
  browseDays?: Day[];
  /** numbers that were merged into her */
  formerNos?: string[];
  lifecycle: Lifecycle;
  value: Value;
  quiet: QuietStage | null;
  placement: Placement;
  /** = placement.changesOn; far future when null, so that one range query finds who is due */
  tierChangesOn: Day | '9999-12-31';
  tieredAt: Ms;
  /** how often rows of hers came in since she was last placed: 0 = placed. Counted, so that an arrival is never missed */
  waiting: number;
  /** touches within the longest window the policy looks at, newest last */
  touches: RememberedTouch[];
  /** contacts that have begun and that nobody has stated yet; those that ran out are swept by the next one */
  holds?: ContactHold[];
  /** counts the changes of `touches` and `holds`, so that of two who take the last contact one wins. Missing = none yet */
  touchRevision?: number;
  /** when she last showed that she heard us (opened her gift page); touches up to then count as answered */
  answeredAt?: Ms;
  /** `scope` missing = of everything */
  optOut: { at: Ms; source: 'member' | 'import' | 'clerk'; scope?: OptOutScope } | null;
  /** level and points; missing = a basic member without points */
  loyalty?: Loyalty;
  /** counts the writes of `loyalty`, so that a reading of the ledgers that is older never wins. Missing = none yet */
  loyaltyRevision?: number;
  /** the next day on which the calendar alone changes `loyalty`; missing = none */
  loyaltyChangesOn?: Day | '9999-12-31';
  /** the invitation (老带新) she came by */
  invitedBy?: string;
  /** she had herself erased then: name, phone and binding are gone */
  erasedAt?: Ms;
  /** the campaign she is in; a member is in one at a time */
  campaignId: string | null;
  /** the campaign she left last; missing = she was in none, or it was not kept yet */
  lastCycle?: WakeCycle | null;
  /** the days on which something she buys runs out, as her orders tell it; indexed, so that a night finds who is due */
  refillOn?: Day[];
  /** when a reminder of an order or of a look may be due; null = none is. Computed whenever she is placed */
  remindAt?: Ms | null;
  /** the first look of the last day on which she looked at a page of ours */
  browsedAt?: Ms;
  /**
   * her care task, also one that is finished: the task says what became of it. It is written before the task is, so that of
   * two who would give her one only one does; a mark without a task is a worker that died, and counts for two minutes
   */
  careTask?: { id: string; at: Ms } | null;
  /** the day her newest care task fell due: of those a clerk knows, who was greeted longest ago is greeted next */
  caredOn?: Day;
}

/**
 * 合并: this number was the same person as `into` and lives on there. `_id` = the number that is gone; its document has
 * left `members`, so no count and no list ever meets it. It is also the merge's own record: cut off, it goes on from here.
 */
export interface MergeDoc {
  _id: string;
  into: string;
  at: Ms;
  /** moving: under way; swept: done, late writers may still come; done */
  state: 'moving' | 'swept' | 'done';
  /** what was counted before anything moved */
  counts: { orders: number; tasks: number; touches: number; coupons: number };
  /** the member as she was under this number */
  member: MemberDoc;
}

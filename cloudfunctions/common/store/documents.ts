import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import type { Fen } from '../../../miniprogram/domain/kernel/fen';
import type {
  AovCut,
  ChainRhythm,
  Lifecycle,
  MemberFacts,
  Placement,
  QuietStage,
  TierRules,
  Value,
} from '../../../miniprogram/domain/membership/types';
import type { CouponRule, MemberOffer } from '../../../miniprogram/domain/offers/types';
import type {
  ClerkLoads,
  Channel,
  FollowUpOutcome,
  OptOutScope,
  LapseReason,
  Purpose,
  Script,
  TaskStatus,
  TouchFact,
} from '../../../miniprogram/domain/outreach/types';
import type { ContactHold } from '../../../miniprogram/domain/outreach/contactHold';
import type { CampaignPlan } from '../../../miniprogram/contract/campaigns';
import type { ImportVerdict } from '../../../miniprogram/contract/members';

/** 门店. `_id` is the branch number of the chain's own books. */
export interface BranchDoc {
  _id: string;
  name: string;
  address: string;
  active: boolean;
  /** named by an order before anybody entered it: HQ is asked to complete it */
  unknown?: boolean;
  /** degrees; null or missing where nobody entered it */
  place?: Place | null;
}

export interface Place {
  lng: number;
  lat: number;
}

/** A phone number at rest: opened only with the chain's key, found by a keyed hash. */
export interface SealedPhone {
  /** AES-256-GCM, base64: nonce, tag, text */
  sealed: string;
  /** HMAC-SHA256 with another key, hex */
  hash: string;
}

/** 员工. Departed staff stay as tombstones (`active: false`) so that history keeps its names. */
export interface StaffDoc {
  _id: string;
  openid: string;
  name: string;
  role: 'hq' | 'manager' | 'clerk';
  branchId: string | null;
  active: boolean;
  /** other branches she works in besides */
  alsoBranchIds?: string[];
  /** away until the end of this day */
  awayUntil?: Day | null;
  /** the last time her members and tasks went to colleagues, under way or finished */
  handover?: HandoverDoc | null;
  joinedAt?: Ms | null;
  leftAt?: Ms | null;
  /** the code she joined by; `bootstrap` = she set the system up. Missing = she came with the chain */
  joinedBy?: string;
}

/**
 * A script as the chain or a branch wrote it, or switched a starter script off. `_id` = the script's id; the newest version
 * stands here, earlier ones in `versions`.
 */
export interface ScriptDoc {
  _id: string;
  owner: { kind: 'starter' } | { kind: 'hq' } | { kind: 'branch'; branchId: string };
  /** null = a starter script as it came, only switched or judged */
  script: Script | null;
  version: number;
  versions: { version: number; script: Script; savedAt: Ms; savedBy: string }[];
  active: boolean;
  savedAt: Ms | null;
  savedBy?: string;
  /** who found it good or bad, the newest word of each clerk */
  feedback: Record<string, boolean>;
  /** keys of the last acts on it, newest last: a repeated one changes nothing */
  acts?: string[];
}

/** The chain's own risky words and allowed phrases, on top of those that come with huitou. `_id: 'words'` */
export interface WordsDoc {
  _id: 'words';
  words: { word: string; replacement: string | null; blocks: boolean }[];
  allow: string[];
  version: number;
  /** the act that saved this version */
  requestKey?: string;
}

/**
 * 离职继承: a clerk's members and open tasks on their way to colleagues. It is a resumable job: who gets whom of the next
 * page is written here before anything moves, so that whoever goes on after a crash moves the same ones to the same.
 */
export interface HandoverDoc {
  /** the act that began it */
  requestKey: string;
  by: string;
  at: Ms;
  /** the colleague who gets everything; null = spread over the branch */
  toClerkId: string | null;
  /** moved so far, the announced page not counted */
  members: number;
  tasks: number;
  /** counts the pages announced, so that two workers cannot both announce one */
  turn: number;
  page: HandoverPage | null;
  finishedAt: Ms | null;
}
export interface HandoverPage {
  of: 'members' | 'tasks';
  /** `clerkId` null = the branch manager settles it */
  moves: { id: string; clerkId: string | null }[];
}

/** An invitation to join as staff. `_id` = its code. One that was taken stays, so that a second try is told so. */
export interface InviteDoc {
  _id: string;
  role: StaffDoc['role'];
  branchId: string | null;
  name: string;
  invitedBy: string;
  expiresAt: Ms;
  /** names the act of inviting: with `invitedBy` it is unique, so that a repeated act gives the same code */
  requestKey: string;
  /** who took it, as staff; null = still open */
  takenBy: string | null;
}

/** What one account guessed wrong within the hour. `_id` = `what:openid`. */
export interface GuessDoc {
  _id: string;
  since: Ms;
  wrong: number;
}

/** Something that has to be accounted for later: a phone number shown, an export, a handover. Append-only. */
export interface AuditDoc {
  _id: string;
  at: Ms;
  what: 'phoneShown' | 'export' | 'handover' | 'staffLeft' | 'staffJoined' | 'merge';
  staffId: string | null;
  memberId: string | null;
  detail: string;
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
  /** the campaign she is in; a member is in one at a time */
  campaignId: string | null;
}

/** 订单. `_id` = `source:number`. */
export interface OrderDoc {
  _id: string;
  memberId: string;
  branchId: string;
  clerkId: string | null;
  status: 'unpaid' | 'paid' | 'refunded' | 'cancelled';
  createdAt: Ms;
  paidAt: Ms | null;
  /** line key → fen; the paid amount is their sum */
  lines: Record<string, Fen>;
  paidFen: Fen;
  refundedFen: Fen;
  withCoupon: boolean;
  categoryFen?: Record<string, Fen>;
  /** line key → category, in orders from files: `categoryFen` is summed anew from it when lines come in again */
  lineCategory?: Record<string, string>;
  /** all that was refunded by then, oldest first: the largest is `refundedFen` */
  refunds?: { at: Ms; fen: Fen }[];
  cancelledAt?: Ms | null;
  /** a purchase somebody remembers without its amount */
  priceUnknown?: boolean;
  /** the till has told the sale itself, so its branch and clerk are those who sold it */
  isSaleTold?: boolean;
  /** counts the changes since it was added; two writers that read the same one cannot both win. Missing = none yet */
  revision?: number;
}

/** 活动, with everything frozen at launch, and the launch's own cursor (it is a resumable job). */
export interface CampaignDoc {
  _id: string;
  plan: CampaignPlan;
  status: 'launching' | 'live' | 'closed';
  requestKey: string;
  createdBy: string;
  createdAt: Ms;
  launch: {
    /** members up to this id are done */
    cursor: string;
    done: number;
    total: number;
    /** loads as they stood at the cursor, so that a repeated chunk assigns the same */
    loads: ClerkLoads;
    /** whoever works on it holds it until then */
    leaseUntil: Ms;
  };
}

/** 召回任务. `_id` = `campaign:member`. It carries what the clerk's list shows, so that the list is one read. */
export interface TaskDoc {
  _id: string;
  campaignId: string;
  memberId: string;
  branchId: string | null;
  clerkId: string | null;
  arm: 'treated' | 'heldOut';
  status: TaskStatus;
  /** as of entry; the board's strata */
  lifecycle: Lifecycle;
  value: Value;
  offer: MemberOffer;
  claimBy: Day;
  /** unguessable token of the share card */
  link: string;
  assignReason: string;
  enteredAt: Ms;
  dueOn: Day;
  urged: boolean;
  /** the day of the last 催办: once a day is enough */
  urgedOn?: Day | null;
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
  /** keys of the clerk's last acts on this task, newest last: a repeated one changes nothing */
  acts?: string[];
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
  at: Ms;
  /** the clerk said within a minute that it was not sent after all: the row stays and counts for nothing */
  undoneAt?: Ms;
}

/** 优惠券. `_id` = `task:0`: the key is the once-only promise. The rule is a snapshot. */
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
  trial: string | null;
  branchIds: string[] | null;
  status: 'unused' | 'used' | 'revoked';
  code: string;
  secretWord: string;
  claimedAt: Ms;
  expiresAt: Ms;
  redeemed: {
    at: Ms;
    clerkId: string;
    branchId: string;
    basketFen: Fen;
    offFen: Fen;
    requestKey: string;
  } | null;
}

/** The chain's settings, one document `_id: 'chain'`. */
export interface ChainDoc {
  _id: 'chain';
  name: string;
  rules: TierRules;
  aovCut: AovCut | null;
  /** when the cut-off was computed; missing = it came with the chain */
  recut?: {
    /** the day it was computed on, also when nobody had bought anything */
    on?: Day;
    at?: Ms;
    /** members placed by new orders since */
    placedSince?: number;
  };
  rhythm?: ChainRhythm | null;
  /** who saved the rules in force; missing = they came with the chain */
  rulesSaved?: { at: Ms; by: string; note: string; requestKey: string };
  /** the newest pass over all members, under way or finished */
  pass?: PassDoc;
}

/**
 * A pass over all members because the rules or the cut-off moved. Its split is kept with the settings it belongs to, so
 * that whoever finds it without its parts makes the same ones.
 */
export interface PassDoc {
  /** e.g. `rebuild:4` */
  job: string;
  kind: 'rebuild' | 'cut';
  rulesVersion: number;
  /** the last member of each part but the last, by id */
  bounds: string[];
  /** members of each part but the last, and of all */
  share: number;
  total: number;
  startedAt: Ms;
  finishedAt: Ms | null;
}

/** One version of the rules, never changed after it was saved. `_id` = the version. */
export interface RulesDoc {
  _id: string;
  rules: TierRules;
  savedAt: Ms;
  savedBy: string;
  note: string;
  /** the act that saved it; missing = it came with the chain */
  requestKey?: string;
}

/** A cut-off as it held from an instant on, kept for replay. `_id` = the instant, 15 digits. */
export interface CutDoc {
  _id: string;
  at: Ms;
  cut: AovCut;
}

/**
 * One call of an import, written before its rows: should the call die, its members are found here and placed again.
 * `_id` = `caller:requestKey:hash of the rows`, so a repeated call finds the verdict of the first.
 */
export interface ImportDoc {
  _id: string;
  at: Ms;
  /** whose orders the call writes; empty once it is done */
  memberIds: string[];
  /** null while the call is under way */
  verdict: ImportVerdict | null;
}

/** What one run of a timer did, for HQ's operations page. `_id` = `job:instant`. */
export interface RunDoc {
  _id: string;
  job: 'nightly' | 'rebuild';
  on: Day;
  at: Ms;
  ms: number;
  /** members read, and of those placed anew */
  read: number;
  changed: number;
  /** `from>to` lifecycle → members; `active>active` is one whose value moved */
  moves: Record<string, number>;
  /** members still due when the time was up; the next run goes on */
  left: number;
  /** whether the chain's average-order-value cut-off was a week old and computed anew */
  cutRenewed: boolean;
  /** the chain that night, for the trend */
  counts?: Partial<Record<Lifecycle, number>>;
}

/**
 * One part of a job that is split: the members of an id range, with a cursor and a lease of its own, so that parts are
 * worked side by side. `_id` = `job:part`.
 */
export interface JobPartDoc {
  _id: string;
  /** e.g. `rebuild:4` */
  job: string;
  kind: 'rebuild' | 'cut' | 'nightly';
  part: number;
  parts: number;
  /** members behind `from` up to and with `to`; null = to the end */
  from: string;
  to: string | null;
  /** members up to this id are done; null = all of the range */
  cursor: string | null;
  total: number;
  done: number;
  changed: number;
  /** `from>to` lifecycle → members */
  moves: Record<string, number>;
  /**
   * what is about to happen behind the cursor, written before it does. Should its worker die, the next one places who
   * is left of it and takes these figures, so that nobody is counted twice or not at all
   */
  page?: AnnouncedPage | null;
  /** milliseconds worked on it */
  ms: number;
  leaseUntil: Ms;
  /** who holds the lease: a lost one must not write */
  leaseKey: string;
  startedAt: Ms;
  finishedAt: Ms | null;
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

/** A page of members that is being placed: up to which one, how many, and who of them moves. */
export interface AnnouncedPage {
  to: string;
  read: number;
  changed: number;
  moves: Record<string, number>;
}

/** What each collection holds. */
export interface Collections {
  chain: ChainDoc;
  branches: BranchDoc;
  staff: StaffDoc;
  members: MemberDoc;
  orders: OrderDoc;
  campaigns: CampaignDoc;
  tasks: TaskDoc;
  touches: TouchDoc;
  coupons: CouponDoc;
  runs: RunDoc;
  imports: ImportDoc;
  rules: RulesDoc;
  invites: InviteDoc;
  guesses: GuessDoc;
  scripts: ScriptDoc;
  words: WordsDoc;
  audit: AuditDoc;
  cuts: CutDoc;
  jobs: JobPartDoc;
  merges: MergeDoc;
}

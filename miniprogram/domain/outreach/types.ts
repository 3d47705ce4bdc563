import type { Day, Ms } from '../kernel/day';
import type { Lifecycle, Value } from '../membership/types';

/** How a clerk reaches a member. WeChat tells nobody whether a message was sent, so every touch of hers is her statement. */
export const CLERK_CHANNELS = ['copy', 'shareCard', 'call', 'sms', 'wecom'] as const;
export type ClerkChannel = (typeof CLERK_CHANNELS)[number];
/** What the system sends by itself; of these the service says whether it took them. */
export const SYSTEM_CHANNELS = ['subscribe', 'sms', 'wecom'] as const;
export type SystemChannel = (typeof SYSTEM_CHANNELS)[number];
export type Channel = ClerkChannel | SystemChannel;
export const PURPOSES = ['promo', 'care', 'knowledge'] as const;
/** What a touch is for: something to buy (推送), how she is (关怀), something worth knowing (知识). Only the first is a push. */
export type Purpose = (typeof PURPOSES)[number];
export const PURPOSE_WORDS: Record<Purpose, string> = { promo: '推送', care: '关怀', knowledge: '知识' };
/** How far a member has opted out (退订): of pushes alone, or of everything. */
export type OptOutScope = 'promo' | 'all';
export type Tone = 'thanks' | 'care' | 'remind';
export const TONE_WORDS: Record<Tone, string> = {
  thanks: '感谢+邀请',
  care: '关心+新品',
  remind: '提醒+倒计时',
};
export const CHANNEL_WORDS: Record<Channel, string> = {
  copy: '微信消息',
  shareCard: '礼包卡片',
  call: '电话',
  sms: '短信',
  wecom: '企业微信',
  subscribe: '订阅消息',
};

/** One past touch, as far as the contact policy reads it. */
export interface TouchFact {
  at: Ms;
  purpose: Purpose;
  /** whether the member opened, claimed, replied or came after it */
  answered: boolean;
}

/** 频控: how often a member may be contacted. */
export interface ContactPolicy {
  /** by value: at most `touches` pushes within a sliding window of `withinDays` */
  caps: Record<Value, { touches: number; withinDays: number }>;
  /** care and knowledge messages allowed on top: the "+1" of 3+1 */
  careExtra: number;
  /** no touches from `fromHour` to `toHour` next morning, Shanghai time */
  quietHours: { fromHour: number; toHour: number };
  /** after this many touches in a row without an answer the member rests */
  restAfter: number;
  restDays: number;
  /** after this many touches in a row without an answer nobody writes to her until she comes back by herself */
  ceiling: number;
}

export type ContactRefusal =
  | { code: 'worn-out'; nextAllowedAt: null; unanswered: number }
  | { code: 'opted-out'; nextAllowedAt: null }
  | { code: 'quiet-hours'; nextAllowedAt: Ms }
  | { code: 'contact-cap'; nextAllowedAt: Ms; touches: number; withinDays: number }
  | { code: 'resting'; nextAllowedAt: Ms; unanswered: number };

/**
 * What gives a script its reason. The first five need nothing but the member herself; the others are offered only while
 * they are true of her or of the day.
 */
export const OCCASION_WORDS = {
  invite: '感谢+邀请',
  care: '关心问候',
  countdown: '提醒+倒计时',
  newArrival: '新品',
  survey: '问问原因',
  afterSales: '售后关怀',
  unpaid: '订单未付款',
  browsed: '来过没买',
  looked: '看过没下单',
  birthday: '生日',
  festival: '节日',
  season: '换季',
  refill: '补货',
  memberDay: '会员日',
  event: '活动邀请',
  levelKeep: '保级',
  points: '积分到期',
} as const;
export type Occasion = keyof typeof OCCASION_WORDS;

/** 话术: a text with blanks such as `{称呼}`; the blanks are named in `ScriptBlank`. */
export interface Script {
  id: string;
  version: number;
  tone: Tone;
  occasion: Occasion;
  purpose: Purpose;
  lifecycles: Lifecycle[];
  values: Value[];
  /** what it is for, shown to the clerk */
  scenario: string;
  /** when it is better left: one short sentence for training; missing = nobody has written one */
  notFor?: string;
  text: string;
}

export const SCRIPT_BLANKS = [
  '称呼',
  '导购',
  '门店',
  '距上次',
  '上次月份',
  '优惠',
  '有效期',
  '赠品',
  '节日',
  '品类',
  '爱买',
  '会员日',
  '活动',
  '等级',
  '积分',
] as const;
export type ScriptBlank = (typeof SCRIPT_BLANKS)[number];
export type BlankValues = Partial<Record<ScriptBlank, string>>;

/** A run of a rendered script; filled blanks are highlighted on screen. */
export interface ScriptPiece {
  text: string;
  filled: boolean;
}

export interface SuggestedScript {
  scriptId: string;
  tone: Tone;
  purpose: Purpose;
  scenario: string;
  pieces: ScriptPiece[];
  text: string;
  /** why this one for this member, one sentence */
  reason: string;
  /** blanks nobody could fill; such a script cannot be copied */
  missing: ScriptBlank[];
}

/** Something the linter found in a draft; `replacement` is null where only deletion helps. */
export interface LintMark {
  from: number;
  to: number;
  word: string;
  kind: 'riskyWord' | 'absoluteWord' | 'unboundUrgency' | 'foreignContact';
  /** blocks sending; otherwise it is advice */
  blocks: boolean;
  replacement: string | null;
  sentence: string;
}

/** 暂缓, 到期 and the like: where a task stands on the clerk's list. */
export type TaskTab = 'today' | 'upcoming' | 'overdue' | 'done';
export const TASK_TAB_WORDS: Record<TaskTab, string> = {
  today: '今日',
  upcoming: '即将',
  overdue: '逾期',
  done: '已完成',
};

/** Life of a recall task (召回任务). `heldOut` members get no task on any list and no offer. */
export type TaskStatus = 'open' | 'contacted' | 'woken' | 'closed' | 'heldOut';

export type FollowUpOutcome = 'willCome' | 'noReply' | 'notNow' | 'lostForGood' | 'wrongPerson';
export const OUTCOME_WORDS: Record<FollowUpOutcome, string> = {
  willCome: '答应来店',
  noReply: '未回复',
  notNow: '暂时不需要',
  lostForGood: '明确不来了',
  wrongPerson: '不是本人',
};
export type LapseReason = 'needChanged' | 'badExperience' | 'competitor' | 'moved' | 'price' | 'other';
export const LAPSE_REASON_WORDS: Record<LapseReason, string> = {
  needChanged: '需求变化',
  badExperience: '体验不佳',
  competitor: '选择竞品',
  moved: '搬走了',
  price: '价格',
  other: '其他',
};

/** A member waiting to be given to a clerk. */
export interface AssignmentCandidate {
  memberId: string;
  value: Value;
  homeBranchId: string;
  lastBranchId: string | null;
  lastClerkId: string | null;
  /** 专属导购 */
  ownerClerkId: string | null;
}

export interface AssignableClerk {
  clerkId: string;
  branchId: string;
}

/** Open tasks by clerk, counted before this assignment and kept up while it runs. */
export type ClerkLoads = Record<string, number>;

export type AssignmentRule = 'owner' | 'lastServed' | 'leastLoaded';
export interface Assignment {
  memberId: string;
  clerkId: string;
  branchId: string;
  rule: AssignmentRule;
  /** printed reason, Chinese */
  reason: string;
  /** which working day from the launch it falls due on: 0 = launch day; later when the clerk's day is full */
  dueInDays: number;
}

/** Why a task stands where it stands. */
export interface Priority {
  score: number;
  reasons: string[];
}

export interface PriorityFact {
  lifecycle: Lifecycle;
  value: Value;
  urged: boolean;
  dueOn: Day;
  /** asked to be contacted on that day, or claimed and not yet redeemed, and so on */
  claimedUnused: boolean;
  openedUnclaimed: boolean;
  /** she has used her gift in store and only the till's order is missing: nothing is left to do */
  redeemed?: boolean;
  lastPaidOn: Day | null;
  /** the clerk's own word on the order, while it holds (see `pinHolds`), and her reason */
  pinned?: 'up' | 'down' | null;
  pinnedFor?: string;
}

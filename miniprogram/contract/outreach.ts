import type { Day, Ms } from '../domain/kernel/day';
import type { Fen } from '../domain/kernel/fen';
import type { Tag } from '../domain/membership/tags';
import type { Lifecycle, Value } from '../domain/membership/types';
import type {
  Channel,
  ClerkChannel,
  FollowUpOutcome,
  LapseReason,
  LintMark,
  OptOutScope,
  SuggestedScript,
  TaskStatus,
  TaskTab,
} from '../domain/outreach/types';
import type { CareOccasion } from '../domain/outreach/care/types';
import type { BestTime } from '../domain/outreach/bestTime';
import type { Radar } from '../domain/outreach/radar/radar';
import type { ChainWords } from '../domain/outreach/scripts/chainWords';
import type { BranchContract } from './branch';
import type { ClerkDayContract, PinShown } from './clerkDay';
import type { Failure } from './failures';
import type { CareContract } from './care';
import type { ScriptsContract } from './scripts';
import type { ScriptTestsContract } from './scriptTests';

/** One card of the clerk's list: everything it shows, so that the list needs one call. */
export interface TaskCard {
  taskId: string;
  memberId: string;
  name: string;
  phoneTail: string;
  lifecycle: Lifecycle;
  value: Value;
  status: TaskStatus;
  /** the two clocks */
  daysSincePaid: number | null;
  daysSinceTouched: number | null;
  whyNow: string;
  /** empty = a care task: there is nothing to claim */
  offerText: string;
  /** of a care task: what it is about, and the last day on which it makes sense; missing = a recall of a campaign */
  care?: { occasion: CareOccasion; word: string; until: Day };
  urged: boolean;
  dueOn: Day;
  /** why it stands there */
  reasons: string[];
  /** her claimed coupon is still good; missing = she has none */
  live?: true;
  /** her clerk put her before or behind her place today; missing = she did not */
  pin?: PinShown;
  /** where the gift is: shared, opened, claimed, redeemed, woken */
  stage: 'new' | 'contacted' | 'opened' | 'claimed' | 'redeemed' | 'woken';
}

export interface TaskList {
  today: Day;
  clerkName: string;
  branchName: string;
  /** today's goal: contacted of those due today or overdue */
  progress: { contacted: number; due: number };
  counts: Record<TaskTab, number>;
  tab: TaskTab;
  cards: TaskCard[];
  next: string | null;
}

export interface TouchRow {
  at: Ms;
  channel: Channel;
  clerkName: string;
  scenario: string | null;
  text: string | null;
}
export interface OrderBrief {
  orderNo: string;
  paidOn: Day;
  netFen: Fen;
  branchName: string;
}

/** The customer page: one call, one setData. */
export interface TaskOpened {
  card: TaskCard;
  /** T6 sentence */
  tierSentence: string;
  facts: {
    paidOrders: number;
    paidFen: Fen;
    aovFen: Fen | null;
    firstPaidOn: Day | null;
    lastPaidOn: Day | null;
  };
  /** how often she buys and whether she is late; null when nobody knows her rhythm */
  rhythmText: string | null;
  /** what of hers has run out or does within a week, the longest overdue first; null = nothing */
  refillText: string | null;
  tags: Tag[];
  ownerText: string;
  /** null = contact is allowed now */
  contactRefused: Failure | null;
  /** empty when contact is refused: the words are not handed out then */
  scripts: SuggestedScript[];
  /** null = a care task: no card to share */
  offer: { text: string; title: string; validHours: number; trial: string | null } | null;
  /** path of the share card; null with the offer */
  giftPath: string | null;
  /** ways of reaching her that this installation has besides copying, sharing and calling */
  moreWays: ('sms' | 'wecom')[];
  touches: TouchRow[];
  orders: OrderBrief[];
  coupon: { text: string; status: 'unused' | 'used' | 'expired' | 'revoked'; expiresAt: Ms } | null;
  followUp: FollowUp | null;
  /** where she stands in her branch, axis by axis */
  radar: Radar;
  /** when a message is best sent, and what that rests on */
  bestTime: BestTime;
  /** hours that may truthfully be promised now; null = no countdown, e.g. once she has claimed */
  promisedHours: number | null;
  /** the chain's own words, so that the phone checks a draft as the cloud will; missing = it has none */
  ownWords?: ChainWords;
  /** her place on the day's list, for the way to the next one */
  place: string;
}

export interface FollowUp {
  outcome: FollowUpOutcome;
  lapseReason: LapseReason | null;
  note: string;
  nextContactOn: Day | null;
  at: Ms;
}

export interface OutreachContract
  extends BranchContract, ClerkDayContract, ScriptsContract, ScriptTestsContract, CareContract {
  /** clerk: her list, 50 a page */
  'task.list': { ask: { tab: TaskTab; after?: string }; reply: TaskList };
  'task.open': { ask: { taskId: string }; reply: TaskOpened };
  /**
   * clerk: hands out the words for copying, or refuses with the next allowed time; `draft` is her edited text. Handing out
   * holds the contact for some minutes (carries a requestKey, which names the hold): two clerks cannot both take the last
   */
  'script.copy': {
    ask: { taskId: string; scriptId: string; draft: string | null };
    reply: { text: string; marks: LintMark[]; heldUntil: Ms };
  };
  /** clerk: before a call or a shared card, the same gate and hold as for copying; carries a requestKey */
  'touch.begin': {
    ask: { taskId: string; channel: ClerkChannel };
    /**
     * `phone`: the whole number when the channel is a call or an SMS and it is known; seeing it is written to the audit.
     * `text`: what to send by SMS, with the gift's short link; missing for the other ways
     */
    reply: { heldUntil: Ms; phone: string | null; text?: string };
  };
  /** clerk says she sent it; `held` = the requestKey of the copy or begin that it ends; carries a requestKey */
  'touch.record': {
    ask: {
      taskId: string;
      channel: ClerkChannel;
      scriptId: string | null;
      text: string | null;
      held?: string | null;
    };
    reply: { card: TaskCard; nextAllowedAt: Ms | null; undoUntil: Ms };
  };
  /** clerk: it was not sent after all; within a minute of saying so; `touch` = the requestKey of the record */
  'touch.undo': { ask: { taskId: string; touch: string }; reply: { card: TaskCard } };
  /** clerk: what came of it; carries a requestKey */
  'followUp.record': {
    ask: {
      taskId: string;
      outcome: FollowUpOutcome;
      lapseReason: LapseReason | null;
      note: string;
      nextContactOn: Day | null;
    };
    reply: { card: TaskCard };
  };
  /** clerk: the customer wants no more advertising, or nothing at all; only ever adds; carries a requestKey */
  'optOut.record': { ask: { taskId: string; scope: OptOutScope }; reply: { scope: OptOutScope } };
  /** clerk: not today; carries a requestKey */
  'task.snooze': { ask: { taskId: string; untilOn: Day }; reply: { card: TaskCard } };
}

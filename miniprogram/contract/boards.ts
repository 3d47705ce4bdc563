import type { DefinedRate, DefinitionId } from '../domain/credit/definitions';
import type { FunnelStep, Habits, Slice, TrendPoint, WakeReading } from '../domain/credit/report/figures';
import type { Lift } from '../domain/credit/report/lift';
import type { LowTier, ReasonBar } from '../domain/credit/report/review';
import type { TestReading } from '../domain/credit/report/scriptTest';
import type { Cell, Step, Tally, Tier } from '../domain/credit/rollup/cell';
import type { Estimate } from '../domain/credit/statistics/proportion';
import type { BoardCounts, BoardRow } from '../domain/credit/types';
import type { Day, Ms } from '../domain/kernel/day';
import type { FollowUpOutcome } from '../domain/outreach/types';

export type BoardPeriod = 'week' | 'month' | 'campaign';

/** A row of the fair leaderboard with everything its sentence needs. */
export interface BoardLine extends BoardRow {
  optedOut: number;
  concluded: number;
  /** due by now and not contacted */
  late: number;
  expected: number;
  score: number;
  low: number;
  high: number;
  /** its place the period before; null = had none */
  before: number | null;
  /** the branch has closed or the clerk has left */
  gone?: boolean;
}

export interface Board {
  today: Day;
  by: 'branch' | 'clerk' | 'region';
  period: { kind: BoardPeriod; words: string; from: Day | null; to: Day | null };
  /** null = no campaign, or a week or month of the whole chain */
  campaign: { campaignId: string; name: string; startsOn: Day; endsOn: Day } | null;
  campaigns: { campaignId: string; name: string }[];
  /** the definition every rate on this page follows, in one sentence */
  definition: string;
  /** one page, best first */
  rows: BoardLine[];
  /** how many there are in all */
  units: number;
  next: string | null;
  /** the caller's own row, also when it is far down */
  own: BoardLine | null;
  ownId: string | null;
  total: BoardCounts;
  /** what the movement compares with, e.g. 上一周; '' = nothing */
  before: string;
  /** the instant up to which the figures go; null = nothing was counted yet */
  countedAt: Ms | null;
  /** the caller may take this board away as a file; missing = may not */
  mayExport?: boolean;
}

export interface BoardAsk {
  campaignId?: string;
  /** default `campaign` */
  period?: BoardPeriod;
  /** any day of the week or month; default today */
  on?: Day;
  /** `next` of the page before */
  after?: string;
}

/** A part of a campaign beside the whole. */
export interface ReportTier {
  tier: Tier;
  treated: { hits: number; of: number };
  heldOut: { hits: number; of: number };
  interval: Estimate | null;
}

export interface CampaignReport {
  campaignId: string;
  name: string;
  startsOn: Day;
  endsOn: Day;
  /** as it stood when the report was counted */
  status: string;
  /** '' = the chain */
  branchId: string;
  funnel: FunnelStep[];
  execution: DefinedRate;
  completion: DefinedRate;
  wakes: WakeReading[];
  lift: Lift;
  byTier: ReportTier[];
  /** by the script's own first words; largest first, at most 12 */
  byScript: (Slice & { label: string })[];
  byOffer: Slice[];
  /** the first branches of the leaderboard and the last, at most 10 */
  byBranch: { id: string; name: string; n: Tally; interval: Estimate | null }[];
  habits: Habits;
  money: Cell['money'];
  trend: TrendPoint[];
  /** members whose 28 days are not over yet */
  unripe: number;
  countedAt: Ms;
}

/** A task behind a number. */
export interface RowBehind {
  taskId: string;
  memberName: string;
  phoneTail: string;
  branchName: string;
  clerkName: string;
  tier: Tier;
  enteredOn: Day;
  /** when the step happened; null = it is about being assigned */
  at: Ms | null;
}

/** What a branch agreed to do, as the page shows it. */
export interface ReviewShown {
  reviewId: string;
  topic: string;
  topicWords: string;
  action: string;
  ownerId: string;
  ownerName: string;
  dueOn: Day;
  status: 'open' | 'done';
  isLate: boolean;
  /** before and after, in one sentence */
  measured: string;
}

export interface Review {
  today: Day;
  branchId: string;
  branchName: string;
  campaign: { campaignId: string; name: string } | null;
  campaigns: { campaignId: string; name: string }[];
  reasons: ReasonBar[];
  outcomes: { key: FollowUpOutcome; n: number }[];
  lowTiers: LowTier[];
  reviews: ReviewShown[];
  /** who can own something here */
  staff: { staffId: string; name: string }[];
  /** this week against the last: contacted, claimed, woken, opted out by day */
  week: {
    words: string;
    lines: { word: string; now: number; before: number }[];
    days: { on: Day; woken: number }[];
  };
  countedAt: Ms | null;
}

export interface BoardsContract {
  /** everybody on the staff: all branches, or the regions; own pinned. Missing campaignId = the newest */
  'board.branches': { ask: BoardAsk & { by?: 'branch' | 'region' }; reply: Board };
  /** manager: own branch's clerks; HQ: any branch, or all; clerk: own branch */
  'board.clerks': { ask: BoardAsk & { branchId?: string }; reply: Board };
  /** the tasks behind a number, 20 a page: clerk own ones, manager her branch's, HQ all */
  'board.rows': {
    ask: {
      campaignId: string;
      step: Step;
      arm?: 'treated' | 'heldOut';
      branchId?: string;
      clerkId?: string;
      tier?: Tier;
      after?: string;
    };
    reply: { rows: RowBehind[]; next: string | null };
  };
  /** whoever has the export right: a board as CSV, every row; written to the audit. Carries a requestKey */
  'board.export': {
    ask: BoardAsk & { by?: 'branch' | 'clerk' | 'region' };
    reply: { fileName: string; csv: string; rows: number };
  };
  /** HQ: the chain or a branch; manager: her branch. Missing campaignId = the newest */
  'report.campaign': {
    ask: { campaignId?: string; branchId?: string };
    reply: {
      campaigns: { campaignId: string; name: string }[];
      report: CampaignReport | null;
      /** the caller may take the board away as a file; missing = may not */
      mayExport?: boolean;
    };
  };
  /** HQ: two scripts side by side, of contacts in the last 90 days; woken within 28 days of entry */
  'tests.read': {
    ask: { usual: string; tried: string; sinceOn?: Day };
    reply: {
      reading: TestReading;
      definition: DefinitionId;
      stale: { scriptId: string; sentence: string }[];
    };
  };
  /** manager: her branch; HQ: `branchId` needed */
  'review.open': { ask: { campaignId?: string; branchId?: string }; reply: Review };
  /** manager or HQ: agrees on something, or changes it; carries a requestKey */
  'review.save': {
    ask: {
      campaignId: string;
      branchId?: string;
      topic: string;
      action: string;
      ownerId: string;
      dueOn: Day;
    };
    reply: { review: ReviewShown };
  };
  /** manager or HQ: measures again and closes it; carries a requestKey */
  'review.close': { ask: { reviewId: string }; reply: { review: ReviewShown } };
}

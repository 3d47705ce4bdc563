import type { Day, Ms } from '../domain/kernel/day';
import type { Fen } from '../domain/kernel/fen';
import type { JudgedRung } from '../domain/offers/launchGuard';
import type { GiftOffer, LadderStep } from '../domain/offers/types';
import type { Lifecycle, Value } from '../domain/membership/types';
import type { BoardCounts } from '../domain/credit/types';
import type { Estimate } from '../domain/credit/statistics/proportion';
import type { AudienceTags } from '../domain/outreach/campaign/audience';
import type { WorstCase } from '../domain/outreach/campaign/budget';
import type { CampaignAct, CampaignState } from '../domain/outreach/campaign/life';
import type { Rhythm } from '../domain/outreach/campaign/rhythm';
import type { JobProgress } from './members';

export interface CampaignAudience {
  lifecycles: Lifecycle[];
  values: Value[];
  /** null = all branches */
  branchIds: string[] | null;
  tags?: AudienceTags;
}

/** Scripts (话术) a tier's clerks are offered first; `value` null = of any value. */
export interface TierScripts {
  lifecycle: Lifecycle;
  value: Value | null;
  scriptIds: string[];
}

/** What HQ decides about a campaign (活动) before it is launched. What is missing was not decided: plans of before have none of it. */
export interface CampaignPlan {
  name: string;
  audience: CampaignAudience;
  offer: GiftOffer;
  /** another ladder for members of a value; missing = the offer's own */
  ladders?: Partial<Record<Value, LadderStep[]>>;
  startsOn: Day;
  endsOn: Day;
  /** share of members held out to measure the lift: 0 to 0.5 */
  holdout: number;
  /** tasks a clerk gets per day */
  dailyCapacity: number;
  /** notice before the start, and when the follow-up begins; missing = neither */
  rhythm?: Rhythm;
  /** what engaged members who did not buy get instead of their first offer in the follow-up; needed where the rhythm has one */
  followUpOffer?: GiftOffer | null;
  /** 批次: so many members a day over the whole chain, high value apart; missing or null = all at once */
  waves?: { perDay: number } | null;
  /** days between the end of a member's last campaign and this one; null = whoever was in one stays out; missing = 0 */
  restDays?: number | null;
  scripts?: TierScripts[];
  /** what all coupons together may cost; null or missing = no limit */
  budgetFen?: Fen | null;
  /** and those of one branch */
  branchBudgetsFen?: Record<string, Fen>;
}

export interface BranchShare {
  branchId: string;
  branchName: string;
  members: number;
  heldOut: number;
  clerks: { clerkId: string; name: string; tasks: number; lastDueOn: Day }[];
  /** what the coupons of this branch may cost at most */
  worst: WorstCase;
}

/** What the campaign's coupons leave of the chain's margin (毛利), and how much more has to be sold. */
export interface MarginPreview {
  /** each coupon the campaign may give, where it is deepest */
  rungs: JudgedRung[];
  /** 盈亏平衡: of the deepest coupon, how many times the usual purchases it must bring; null = each sale loses money */
  uplift: number | null;
  /** the same in Chinese, e.g. 成交要多出 67% 才不亏 */
  upliftWords: string;
  /** the sentence with which submit, approve, schedule and launch would refuse; null = nothing speaks against it */
  refusal: string | null;
}

export interface AssignmentPreview {
  /** names the exact members and clerks seen; the launch refuses when they have changed */
  fingerprint: string;
  audience: number;
  heldOut: number;
  tasks: number;
  /** members already in another campaign, left out */
  busy: number;
  /** members whose last campaign is not long enough ago, left out */
  resting: number;
  /** members who claimed a gift of another campaign less than `returnMonths` months before this one begins, left out */
  offered: number;
  /** one return offer in so many months; 0 = as often as campaigns come */
  returnMonths: number;
  /** members no clerk can take, left out */
  nobody: number;
  /** members for whom the ladder has no step, left out */
  noOffer: number;
  byLifecycle: { lifecycle: Lifecycle; members: number; offerText: string }[];
  byRule: { rule: string; words: string; members: number }[];
  /** tasks by the day they fall due, at most 31 days */
  byDay: { on: Day; tasks: number; high: number }[];
  branches: BranchShare[];
  /** what the coupons may cost at most, follow-up ones included */
  worst: WorstCase;
  /** null = headquarters has not told what the chain earns (hq/offers) */
  margin: MarginPreview | null;
  /** ten named examples with the printed reason */
  examples: { memberName: string; clerkName: string; branchName: string; reason: string }[];
}

export interface CampaignBrief {
  campaignId: string;
  name: string;
  status: CampaignState;
  /** counts its changes; an act names the one it saw */
  revision: number;
  startsOn: Day;
  endsOn: Day;
  counts: BoardCounts;
  heldOut: number;
  launch: JobProgress;
}

export interface CampaignWhole {
  campaignId: string;
  revision: number;
  status: CampaignState;
  plan: CampaignPlan;
  /** what can be done with it now by the caller */
  acts: CampaignAct[];
  /** the caller submitted it and another one has to approve it */
  waitsForAnother: boolean;
  /** the day its tasks go onto the lists, and the first one of its follow-up */
  launchOn: Day;
  followUpOn: Day | null;
  history: { act: CampaignAct; at: Ms; byName: string; note: string }[];
  today: Day;
  launch: JobProgress;
  /** null while it never went out */
  report: CampaignReport | null;
}

export interface CampaignReport {
  campaignId: string;
  name: string;
  status: CampaignState;
  startsOn: Day;
  endsOn: Day;
  counts: BoardCounts;
  /** members who got the follow-up's offer */
  followedUp: number;
  heldOut: { members: number; woken: number };
  /** woken of those who were asked minus woken of the holdout, with its 95 % interval; null = one side is empty */
  lift: Estimate | null;
  definition: string;
}

/** A plan to be worked on, with what its audience can be narrowed by and how many members it has. */
export interface CampaignOpened {
  today: Day;
  plan: CampaignPlan;
  revision: number;
  categories: string[];
  /** open ones */
  branches: { branchId: string; name: string }[];
  members: number;
  /** with tags it is at most so many */
  isAtMost: boolean;
}

/** Everything people do with a campaign except editing and launching it. */
export type CampaignStepAct = Exclude<CampaignAct, 'save' | 'launch'>;

export interface CampaignsContract {
  /** HQ: sensible defaults for a first campaign, today */
  'campaign.draft': { ask: Record<string, never>; reply: CampaignPlan };
  /** HQ: what the builder begins with, in one call: a kept plan, or a fresh draft where `campaignId` is null */
  'campaign.open': {
    ask: { campaignId: string | null };
    reply: CampaignOpened;
  };
  'campaign.preview': { ask: { plan: CampaignPlan }; reply: AssignmentPreview };
  /** HQ: how many members an audience has by tier, counted by index. With tags it is at most so many */
  'audience.count': {
    ask: { audience: CampaignAudience };
    reply: { members: number; isAtMost: boolean };
  };
  /** HQ: keeps a draft, a new one (`campaignId` null) or the one read at that revision; carries a requestKey */
  'campaign.save': {
    ask: { campaignId: string | null; basedOn: number; plan: CampaignPlan };
    reply: { campaignId: string; revision: number };
  };
  'campaign.get': { ask: { campaignId: string }; reply: CampaignWhole };
  /** HQ: submit, approve, schedule, pause and so on, each from the revision that was seen; carries a requestKey */
  'campaign.act': {
    ask: { campaignId: string; basedOn: number; act: CampaignStepAct; note?: string };
    reply: { status: CampaignState; revision: number };
  };
  /**
   * HQ: begins the launch of an approved campaign (`campaignId`); or, where there is only one HQ account, writes, approves and launches a
   * `plan` in one act. Carries a requestKey
   */
  'campaign.launch': {
    ask: { plan?: CampaignPlan; campaignId?: string; fingerprint: string };
    reply: { campaignId: string };
  };
  /** HQ: does the next chunk of the launch; call until finished. The pulse timer does the same when nobody calls. */
  'campaign.step': { ask: { campaignId: string }; reply: JobProgress };
  'campaign.list': { ask: Record<string, never>; reply: { campaigns: CampaignBrief[] } };
  'campaign.report': { ask: { campaignId: string }; reply: CampaignReport };
}

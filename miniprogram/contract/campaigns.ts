import type { Day } from '../domain/kernel/day';
import type { GiftOffer } from '../domain/offers/types';
import type { Lifecycle, Value } from '../domain/membership/types';
import type { BoardCounts } from '../domain/credit/types';
import type { JobProgress } from './members';

/** What HQ decides about a campaign (活动) before it is launched. */
export interface CampaignPlan {
  name: string;
  audience: { lifecycles: Lifecycle[]; values: Value[]; branchIds: string[] | null };
  offer: GiftOffer;
  startsOn: Day;
  endsOn: Day;
  /** share of members held out to measure the lift: 0 to 0.5 */
  holdout: number;
  /** tasks a clerk gets per day */
  dailyCapacity: number;
}

export interface BranchShare {
  branchId: string;
  branchName: string;
  members: number;
  heldOut: number;
  clerks: { clerkId: string; name: string; tasks: number; lastDueOn: Day }[];
}

export interface AssignmentPreview {
  /** names the exact members and clerks seen; the launch refuses when they have changed */
  fingerprint: string;
  audience: number;
  heldOut: number;
  tasks: number;
  /** members already in another campaign, left out */
  busy: number;
  /** members no clerk can take, left out */
  nobody: number;
  /** members for whom the ladder has no step, left out */
  noOffer: number;
  byLifecycle: { lifecycle: Lifecycle; members: number; offerText: string }[];
  byRule: { rule: string; words: string; members: number }[];
  branches: BranchShare[];
  /** ten named examples with the printed reason */
  examples: { memberName: string; clerkName: string; branchName: string; reason: string }[];
}

export interface CampaignBrief {
  campaignId: string;
  name: string;
  status: 'launching' | 'live' | 'closed';
  startsOn: Day;
  endsOn: Day;
  counts: BoardCounts;
  heldOut: number;
  launch: JobProgress;
}

export interface CampaignsContract {
  /** HQ: sensible defaults for a first campaign, today */
  'campaign.draft': { ask: Record<string, never>; reply: CampaignPlan };
  'campaign.preview': { ask: { plan: CampaignPlan }; reply: AssignmentPreview };
  /** HQ: writes the campaign and begins its launch; carries a requestKey */
  'campaign.launch': { ask: { plan: CampaignPlan; fingerprint: string }; reply: { campaignId: string } };
  /** HQ: does the next chunk of the launch; call until finished. The pulse timer does the same when nobody calls. */
  'campaign.step': { ask: { campaignId: string }; reply: JobProgress };
  'campaign.list': { ask: Record<string, never>; reply: { campaigns: CampaignBrief[] } };
}

import { shardsOf } from '../../miniprogram/domain/offers/stock';
import type { CampaignDoc } from '../common/store/documents';
import type { PlannedPot } from '../common/store/pots';
import type { GiftTask } from '../common/store/tasks';

/** The packs of the follow-up are others than the first ones. */
const potOf = ({ campaignId, round = 0 }: GiftTask): string =>
  round > 0 ? `${campaignId}:later` : campaignId;

/** The pieces of a campaign's pack; null = without end. */
export function stockOf(task: GiftTask): PlannedPot | null {
  const { stock } = task.offer;
  return stock === undefined ? null : { name: 'stock', of: potOf(task), shards: shardsOf(stock) };
}

/**
 * What the branch may give away in this campaign; null = without end. What the plan sets for this very branch goes
 * before what it gives every branch.
 */
export function budgetOf(
  { campaignId, branchId, offer }: GiftTask,
  campaign: CampaignDoc | null,
): PlannedPot | null {
  const planned = new Map(Object.entries(campaign?.plan.branchBudgetsFen ?? {}));
  const fen = planned.get(branchId ?? '') ?? offer.branchBudgetFen;
  return fen === undefined ? null : { name: 'budgets', of: `${campaignId}:${branchId ?? ''}`, shards: [fen] };
}

import { shardsOf } from '../../miniprogram/domain/offers/stock';
import type { GiftTask } from '../common/store/tasks';
import type { PlannedPot } from '../common/store/pots';

/** The pieces of a campaign's pack; null = without end. */
export function stockOf({ campaignId, offer }: GiftTask): PlannedPot | null {
  if (offer.stock === undefined) return null;
  return { name: 'stock', of: campaignId, shards: shardsOf(offer.stock) };
}

/** What the branch may give away in this campaign; null = without end. */
export function budgetOf({ campaignId, branchId, offer }: GiftTask): PlannedPot | null {
  if (offer.branchBudgetFen === undefined) return null;
  return { name: 'budgets', of: `${campaignId}:${branchId ?? ''}`, shards: [offer.branchBudgetFen] };
}

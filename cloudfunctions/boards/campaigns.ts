import type { Ms } from '../../miniprogram/domain/kernel/day';
import { newestCampaigns } from '../common/store/campaignList';
import type { CampaignTitle } from '../common/store/campaignList';
import { campaignNow } from '../common/store/remembered';

/** A new campaign is on the list this much later in a warm function. */
const KEPT_MS = 20_000;
let kept: { at: Ms; list: CampaignTitle[] } | null = null;

async function listed(now: Ms): Promise<CampaignTitle[]> {
  // An empty list is not kept: the first campaign is seen at once.
  if (kept && kept.list.length > 0 && now >= kept.at && now - kept.at < KEPT_MS) return kept.list;
  kept = { at: now, list: await newestCampaigns() };
  return kept.list;
}

/** The newest campaigns and the chosen one; a named one may be older than the list. At most two calls, none when warm. */
export async function chooseCampaign(
  campaignId: string | undefined,
  now: Ms,
): Promise<{ chosen: CampaignTitle | null; campaigns: { campaignId: string; name: string }[] }> {
  const list = await listed(now);
  const chosen =
    campaignId === undefined
      ? (list[0] ?? null)
      : (list.find(({ _id }) => _id === campaignId) ?? (await campaignNow(campaignId, now)));
  return { chosen, campaigns: list.map(({ _id, plan }) => ({ campaignId: _id, name: plan.name })) };
}

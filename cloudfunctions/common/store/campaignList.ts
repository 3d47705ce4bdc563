import type { CampaignDoc } from './documents';
import { table } from './table';

/** The newest campaigns, newest first. One call. */
export function newestCampaigns(limit = 20): Promise<CampaignDoc[]> {
  return table('campaigns').page({
    orderBy: [['createdAt', 'desc']],
    limit,
    fields: ['plan', 'status', 'createdAt'],
  });
}

import type { CampaignDoc } from './documents';
import { table } from './table';

/** What a list of campaigns shows of one. */
export type CampaignTitle = Pick<CampaignDoc, '_id' | 'plan'>;

/** The newest campaigns, newest first. One call. */
export function newestCampaigns(limit = 20): Promise<CampaignTitle[]> {
  return table('campaigns').page({
    orderBy: [['createdAt', 'desc']],
    limit,
    fields: ['plan'],
  });
}

import { LAUNCHED } from '../../../miniprogram/domain/outreach/campaign/life';
import type { CampaignDoc } from './documents';
import { command, table } from './table';

/** What a list of campaigns shows of one. */
export type CampaignTitle = Pick<CampaignDoc, '_id' | 'plan'>;

/** The newest campaigns that were launched, newest first. One call. */
export function newestCampaigns(limit = 20): Promise<CampaignTitle[]> {
  return table('campaigns').page({
    where: { status: command().in([...LAUNCHED]) },
    orderBy: [['createdAt', 'desc']],
    limit,
    fields: ['plan'],
  });
}

import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import { LAUNCHED } from '../../../miniprogram/domain/outreach/campaign/life';
import type { CampaignDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';

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

/** The campaign that was made last before an instant, of those that were launched. One call. */
export async function campaignBefore(createdAt: Ms): Promise<CampaignTitle | null> {
  const [last] = await table('campaigns').page({
    where: { createdAt: command().lt(createdAt), status: command().in([...LAUNCHED]) },
    orderBy: [['createdAt', 'desc']],
    limit: 1,
    fields: ['plan'],
  });
  return last ?? null;
}

/** Campaigns whose tasks may still change or were watched lately. At most 1000. One call. */
export async function campaignsEndingSince(day: Day): Promise<CampaignTitle[]> {
  const recent = await table('campaigns').page({
    orderBy: [['createdAt', 'desc']],
    limit: PAGE_LIMIT,
    fields: ['plan'],
  });
  return recent.filter(({ plan }) => plan.endsOn >= day);
}

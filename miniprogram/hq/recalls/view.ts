import { exactCount } from '../../components/stat-tile/count';
import type { CampaignBrief } from '../../contract/campaigns';
import { CAMPAIGN_STATE_WORDS, LAUNCHED } from '../../domain/outreach/campaign/life';
import { listActs } from '../parts/campaignActs';
import { spanText } from '../parts/days';

export interface RecallRow {
  campaignId: string;
  name: string;
  status: string;
  tone: '' | 'open' | 'waits';
  line: string;
  /** something can be done with it from the list */
  mayAct: boolean;
}

const WAITS: readonly CampaignBrief['status'][] = ['submitted', 'approved', 'paused'];
const OPEN: readonly CampaignBrief['status'][] = ['launching', 'live', 'followUp'];

/** A row of the list: what waits for somebody stands out. @example rowOf(brief).line // → '3月1日–3月14日 · 4,120 位，唤醒 301' */
export function rowOf(brief: CampaignBrief): RecallRow {
  const { campaignId, name, status, startsOn, endsOn, counts } = brief;
  const span = spanText(startsOn, endsOn);
  const went = LAUNCHED.includes(status)
    ? ` · ${exactCount(counts.assigned)} 位，唤醒 ${exactCount(counts.woken)}`
    : '';
  return {
    campaignId,
    name,
    status: CAMPAIGN_STATE_WORDS[status],
    tone: WAITS.includes(status) ? 'waits' : OPEN.includes(status) ? 'open' : '',
    line: `${span}${went}`,
    mayAct: listActs(status).length > 0,
  };
}

import { followUpDay, launchDay } from '../../../miniprogram/domain/outreach/campaign/rhythm';
import { nextState } from '../../../miniprogram/domain/outreach/campaign/life';
import { endedAt, turnTo } from '../store/campaignActs';
import { campaignById, watchedCampaigns } from '../store/campaigns';
import type { CampaignDoc } from '../store/documents';
import { freeMembers } from './closing';
import { eachForItself } from './eachForItself';
import { followUpRound } from './followUp';
import { continueLaunch, launchFrom } from './launch';
import type { Moment } from './retier';

export interface ClockRecord {
  ended: number;
  launched: number;
  /** members asked again in follow-ups */
  followedUp: number;
}

const isOver = ({ status, plan }: CampaignDoc, { today }: Moment): boolean =>
  plan.endsOn < today && nextState({ status }, 'over').ok;

const hasItsDayCome = ({ status, plan }: CampaignDoc, { today }: Moment): boolean =>
  status === 'scheduled' && launchDay(plan) <= today && today <= plan.endsOn;

function isFollowUpDue({ status, plan }: CampaignDoc, { today }: Moment): boolean {
  const from = followUpDay(plan);
  return status === 'live' && from !== null && from <= today;
}

/** Takes the turns whose time has come, one after another; each is a condition on where the campaign stood. */
async function turned(read: CampaignDoc, at: Moment): Promise<CampaignDoc | null> {
  if (isOver(read, at)) await turnTo(read, endedAt(at.now));
  else if (hasItsDayCome(read, at))
    await turnTo(read, { status: 'launching', launch: await launchFrom(read, at) });
  else if (isFollowUpDue(read, at)) await turnTo(read, { status: 'followUp' });
  else return read;
  return campaignById(read._id);
}

/**
 * What the clock does to campaigns: launches those whose day has come, goes on with launches that stopped half-way, begins
 * follow-ups and goes through a day's round of them, ends those past their last day and sets their members free. Every
 * part is safe to repeat, to overlap with itself, and to be cut off: whoever comes next goes on.
 */
export async function workCampaigns(at: Moment, isTimeUp: () => boolean): Promise<ClockRecord> {
  const record: ClockRecord = { ended: 0, launched: 0, followedUp: 0 };
  const step = async (read: CampaignDoc): Promise<boolean> => {
    if (isTimeUp()) return false;
    let campaign = await turned(read, at);
    if (campaign?.status === 'closed' && read.status !== 'closed') record.ended += 1;
    if (campaign?.status === 'launching') {
      const { finished } = await continueLaunch(campaign, at, isTimeUp);
      if (finished) record.launched += 1;
      // It may have been launched so late that its follow-up is due already.
      const then = finished ? await campaignById(campaign._id) : null;
      campaign = then && (await turned(then, at));
    }
    if (campaign?.closing) await freeMembers(campaign, isTimeUp);
    if (campaign?.status === 'followUp') record.followedUp += await followUpRound(campaign, at, isTimeUp);
    return true;
  };
  await eachForItself(await watchedCampaigns(), ({ _id }) => _id, step);
  return record;
}

import { groupBy } from 'lodash-es';
import type { CampaignPlan } from '../../../miniprogram/contract/campaigns';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import type { ClerkLoads } from '../../../miniprogram/domain/outreach/types';
import { followUpReason, laterDay } from '../../../miniprogram/domain/outreach/campaign/followUp';
import { campaignById } from '../store/campaigns';
import { beginRound, moveRound } from '../store/campaignActs';
import type { CampaignDoc } from '../store/documents';
import { askAgain, engagedTasks } from '../store/followUps';
import type { EngagedTask } from '../store/followUps';
import type { Moment } from './retier';

const PAGE = 500;

/** Tasks that are told the same: due on one day, with one offer, for one reason. */
interface Alike {
  dueOn: Day;
  roundReason: string;
  tasks: EngagedTask[];
}

/** Who of a page is due when: within each clerk's daily capacity, and not after the campaign's last day. */
function sharedOut(
  page: readonly EngagedTask[],
  plan: CampaignPlan,
  before: ClerkLoads,
  today: Day,
): { groups: Alike[]; loads: ClerkLoads } {
  const loads = { ...before };
  const placed = page.map((task) => {
    const key = task.clerkId ?? '';
    const nth = loads[key] ?? 0;
    loads[key] = nth + 1;
    return {
      task,
      dueOn: laterDay(today, nth, plan.dailyCapacity, plan.endsOn),
      roundReason: followUpReason(task),
    };
  });
  const groups = Object.values(
    groupBy(placed, ({ task, dueOn, roundReason }) =>
      JSON.stringify([dueOn, roundReason, task.laterOffer ?? null, task.offer]),
    ),
  ).flatMap((alike): Alike[] =>
    alike[0]
      ? [{ dueOn: alike[0].dueOn, roundReason: alike[0].roundReason, tasks: alike.map(({ task }) => task) }]
      : [],
  );
  return { groups, loads };
}

/**
 * The follow-up's round of a day: members who engaged and did not buy are asked again, with the extra offer that was
 * frozen at entry. Once a day, page by page by task id; a task takes its second round once, so a page that is repeated
 * finds nothing left in it. Who still holds a good coupon is passed over until it has run out: the next day's round
 * comes by again.
 *
 * @returns members asked again
 */
export async function followUpRound(
  read: CampaignDoc,
  { now, today }: Moment,
  isTimeUp: () => boolean,
): Promise<number> {
  let campaign: CampaignDoc | null = read;
  if (read.followUp?.on !== today) {
    await beginRound(read, today);
    campaign = await campaignById(read._id);
  }
  let asked = 0;
  while (campaign?.status === 'followUp' && !isTimeUp()) {
    const job: CampaignDoc['followUp'] = campaign.followUp;
    if (!job || job.on !== today || job.cursor === null) return asked;
    const page = await engagedTasks(campaign._id, job.cursor, now, PAGE);
    const { groups, loads } = sharedOut(page, campaign.plan, job.loads, today);
    for (const { dueOn, roundReason, tasks } of groups)
      asked += await askAgain(tasks, dueOn, roundReason, now);
    const to = { on: today, loads, cursor: page.length < PAGE ? null : (page.at(-1)?._id ?? null) };
    campaign = (await moveRound(campaign, to)) ? { ...campaign, followUp: to } : null;
  }
  return asked;
}

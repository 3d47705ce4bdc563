import type { JobProgress } from '../../../miniprogram/contract/members';
import { addDays, startOf } from '../../../miniprogram/domain/kernel/day';
import type { NamedClerk } from '../../../miniprogram/domain/outreach/assign';
import { audiencePage, enrol } from '../store/audience';
import type { AudienceMember } from '../store/audience';
import {
  campaignById,
  goLive,
  moveLaunch,
  releaseLease,
  takeLease,
  unfinishedCampaigns,
} from '../store/campaigns';
import type { CampaignDoc, TaskDoc } from '../store/documents';
import { table } from '../store/table';
import { namedClerks } from './clerks';
import { cellsOf, entering } from './entering';
import type { Entrant } from './entering';
import { linkToken } from './linkToken';
import type { Moment } from './retier';

const PAGE = 200;

/** Where a launch stands: in which field of the matrix, and behind which member. */
export const FIRST_CURSOR = '0|';
function placeOf(cursor: string): { cell: number; after: string } {
  const bar = cursor.indexOf('|');
  return { cell: Number(cursor.slice(0, bar)), after: cursor.slice(bar + 1) };
}

export function launchProgress({ status, launch }: CampaignDoc): JobProgress {
  const finished = status !== 'launching';
  return {
    done: finished ? launch.total : Math.min(launch.done, launch.total),
    total: launch.total,
    finished,
  };
}

function taskOf({ member, offer, arm, assignment }: Entrant, campaign: CampaignDoc, now: number): TaskDoc {
  const { plan } = campaign;
  const { facts } = member;
  const isHeldOut = arm === 'heldOut';
  return {
    _id: `${campaign._id}:${member._id}`,
    campaignId: campaign._id,
    memberId: member._id,
    branchId: assignment.branchId,
    clerkId: isHeldOut ? null : assignment.clerkId,
    arm,
    status: isHeldOut ? 'heldOut' : 'open',
    lifecycle: member.lifecycle,
    value: member.value,
    offer,
    claimBy: plan.endsOn,
    link: linkToken(),
    assignReason: isHeldOut ? '' : assignment.reason,
    // Nobody is asked before the campaign starts, so what she buys until then is not its doing.
    enteredAt: Math.max(now, startOf(plan.startsOn)),
    dueOn: addDays(plan.startsOn, isHeldOut ? 0 : assignment.dueInDays),
    urged: false,
    member: {
      name: member.name,
      phoneTail: member.phoneTail,
      paidOrders: facts.paidOrders,
      lastPaidOn: facts.lastPaidOn ?? null,
      unpaidOn: facts.unpaidOn ?? null,
      lastVisitOn: facts.lastVisitOn ?? null,
      lastTouchedAt: member.touches.at(-1)?.at ?? null,
    },
    contactedAt: null,
    openedAt: null,
    claimedAt: null,
    couponExpiresAt: null,
    redeemedAt: null,
    wokenAt: null,
    wakeOrderId: null,
    wakeFen: null,
    followUp: null,
  };
}

/** The next members to take in, skipping fields that are through. Null when all are. One call for each field. */
async function nextPage(
  campaign: CampaignDoc,
): Promise<{ members: AudienceMember[]; cursor: string } | null> {
  const cells = cellsOf(campaign.plan);
  let { cell, after } = placeOf(campaign.launch.cursor);
  for (; ; cell++, after = '') {
    const wanted = cells[cell];
    if (!wanted) return null;
    const members = await audiencePage(wanted, after, PAGE);
    const last = members.at(-1);
    if (last) return { members, cursor: `${cell}|${last._id}` };
  }
}

interface Launching {
  clerks: NamedClerk[];
  /** ids of other campaigns whose members are left alone */
  running: string[];
}

/**
 * One step: enrols the page's members, gives each her task, moves the cursor. Six calls for 200 members. Cut off
 * anywhere it is repeated from the same cursor with the same loads: the same members go to the same clerks, and a task
 * that stands already stays as it is.
 *
 * @returns the campaign as it stands then; null when somebody else moved it on
 */
async function step(
  campaign: CampaignDoc,
  { clerks, running }: Launching,
  now: number,
): Promise<CampaignDoc | null> {
  const page = await nextPage(campaign);
  if (!page) {
    return (await goLive(campaign)) ? { ...campaign, status: 'live' } : null;
  }
  const isBusy = (member: AudienceMember) =>
    member.campaignId !== null && running.includes(member.campaignId);
  const { launch, plan, _id } = campaign;
  const { entrants, loads } = entering(page.members, plan, clerks, launch.loads, isBusy);
  const enrolled = await enrol(
    entrants.map(({ member }) => member._id),
    _id,
    running,
  );
  const tasks = entrants
    .filter(({ member }) => enrolled.has(member._id))
    .map((entrant) => taskOf(entrant, campaign, now));
  const standing = await table('tasks').known(tasks.map((task) => task._id));
  await table('tasks').addMissing(tasks.filter((task) => !standing.has(task._id)));
  const to = { cursor: page.cursor, done: launch.done + tasks.length, loads };
  return (await moveLaunch(campaign, to, now)) ? { ...campaign, launch: { ...launch, ...to } } : null;
}

/**
 * Works on a launch until it is through or the time is up. Only one works on it at a time; two at once would do no harm,
 * only the same work twice.
 */
export async function continueLaunch(
  campaign: CampaignDoc,
  { now }: Moment,
  isTimeUp: () => boolean,
): Promise<JobProgress> {
  if (campaign.status !== 'launching' || !(await takeLease(campaign, now))) return launchProgress(campaign);
  const [clerks, unfinished] = await Promise.all([
    namedClerks(now, campaign.plan.startsOn),
    unfinishedCampaigns(),
  ]);
  const running = unfinished.map((one) => one._id).filter((id) => id !== campaign._id);
  let current = campaign;
  do {
    const next = await step(current, { clerks, running }, now);
    if (!next) return launchProgress((await campaignById(campaign._id)) ?? current);
    current = next;
  } while (current.status === 'launching' && !isTimeUp());
  if (current.status === 'launching') await releaseLease(current);
  return launchProgress(current);
}

import type { JobProgress } from '../../../miniprogram/contract/members';
import { enrol } from '../store/audience';
import { chainSettings } from '../store/chain';
import { offersOf } from '../store/offerSettings';
import {
  campaignById,
  goLive,
  moveLaunch,
  openTasksByClerk,
  releaseLease,
  takeLease,
  unfinishedCampaigns,
} from '../store/campaigns';
import type { CampaignDoc } from '../store/documents';
import { table } from '../store/table';
import { audiencePages, countCells, FIRST_CURSOR, placesFor } from './audience';
import type { AudiencePage } from './audience';
import { namedClerks } from './clerks';
import { entering, termsOf } from './entering';
import type { Carried, Terms } from './entering';
import type { Moment } from './retier';
import { taskOf } from './taskOf';

/** Members a step takes in. Each step is four calls, whatever its size; an answer to one holds at most 1000. */
const PAGE = 500;

export function launchProgress({ status, pausedFrom, launch }: CampaignDoc): JobProgress {
  const isUnderWay = status === 'launching' || (status === 'paused' && pausedFrom === 'launching');
  return {
    done: isUnderWay ? Math.min(launch.done, launch.total) : launch.total,
    total: launch.total,
    // A paused launch has nothing for anybody to wait for.
    finished: status !== 'launching',
  };
}

/** Nothing is in yet. */
export const NOT_LAUNCHED: CampaignDoc['launch'] = {
  cursor: FIRST_CURSOR,
  done: 0,
  total: 0,
  loads: {},
  leaseUntil: 0,
};

/** How a launch begins: with the tasks each clerk has in hand, and how many members are expected. */
export async function launchFrom(
  { plan }: Pick<CampaignDoc, 'plan'>,
  { today }: Moment,
): Promise<CampaignDoc['launch']> {
  const [loads, total, chain] = await Promise.all([
    openTasksByClerk(today),
    countCells(plan.audience),
    chainSettings(),
  ]);
  return { ...NOT_LAUNCHED, loads, total, returnMonths: offersOf(chain).returnMonths };
}

const carriedOf = ({ launch }: CampaignDoc): Carried => ({
  loads: launch.loads,
  strata: Object.fromEntries(launch.strata ?? []),
  waved: launch.waved ?? 0,
});

/**
 * One step: enrols the page's members, gives each her task, moves the cursor. Three calls for 500 members, while
 * the next page is read (one call, two where some were in a campaign before). Cut off anywhere it is repeated from the same cursor with the same counts: the same members
 * fall into the same arms and go to the same clerks, and a task that stands already stays as it is.
 *
 * @returns the campaign as it stands then; null when somebody else moved it on, or paused it
 */
async function step(
  campaign: CampaignDoc,
  page: AudiencePage,
  { terms, running }: Launching,
  now: number,
): Promise<CampaignDoc | null> {
  const { launch, _id } = campaign;
  const { entrants, carried } = entering(page, terms, carriedOf(campaign));
  const ids = entrants.map(({ member }) => member._id);
  const enrolled = await enrol(ids, _id, running);
  const tasks = entrants
    .filter(({ member }) => enrolled.has(member._id))
    .map((entrant) => taskOf(entrant, campaign, now));
  await table('tasks').addMissing(tasks);
  const to = {
    cursor: page.cursor,
    done: launch.done + tasks.length,
    loads: carried.loads,
    strata: Object.entries(carried.strata),
    waved: carried.waved,
  };
  return (await moveLaunch(campaign, to, Date.now())) ? { ...campaign, launch: { ...launch, ...to } } : null;
}

interface Launching {
  terms: Terms;
  /** ids of other campaigns whose members are left alone */
  running: string[];
}

async function preparedFor(campaign: CampaignDoc, now: number): Promise<Launching> {
  const [clerks, unfinished, places] = await Promise.all([
    namedClerks(now, campaign.plan.startsOn),
    unfinishedCampaigns(),
    placesFor(campaign.plan),
  ]);
  const running = unfinished.map((one) => one._id).filter((id) => id !== campaign._id);
  const taken = new Set(running);
  const isBusy: Terms['isBusy'] = ({ campaignId }) => campaignId !== null && taken.has(campaignId);
  const { _id: campaignId, launch } = campaign;
  const { returnMonths = 0 } = launch;
  return { terms: termsOf(campaign.plan, clerks, { places, isBusy, campaignId, returnMonths }), running };
}

/**
 * Works on a launch until it is through, it is paused, or the time is up. Only one works on it at a time; two at once
 * would do no harm, only the same work twice.
 */
export async function continueLaunch(
  campaign: CampaignDoc,
  { now }: Moment,
  isTimeUp: () => boolean,
): Promise<JobProgress> {
  if (campaign.status !== 'launching' || !(await takeLease(campaign, now))) return launchProgress(campaign);
  const prepared = await preparedFor(campaign, now);
  const asItStands = async () => launchProgress((await campaignById(campaign._id)) ?? campaign);
  let current = campaign;
  const { plan, _id: campaignId, launch } = campaign;
  const ask = { plan, campaignId, returnMonths: prepared.terms.returnMonths };
  for await (const page of audiencePages(ask, PAGE, launch.cursor)) {
    const next = await step(current, page, prepared, now);
    if (!next) return asItStands();
    current = next;
    if (!isTimeUp()) continue;
    await releaseLease(current);
    return launchProgress(current);
  }
  await goLive(current);
  return asItStands();
}

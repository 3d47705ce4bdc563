import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import type { BoardCounts } from '../../../miniprogram/domain/credit/types';
import type { ClerkLoads } from '../../../miniprogram/domain/outreach/types';
import { RUNNING, WATCHED } from '../../../miniprogram/domain/outreach/campaign/life';
import type { CampaignDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';
import type { Condition } from './table';

/** Whoever works on a launch holds it for so long after each step; longer than a function lives without a step. */
const LEASE_MS = 30_000;

/** One call. */
export function campaignById(id: string): Promise<CampaignDoc | null> {
  return table('campaigns').find(id);
}

/** Campaigns whose members belong to nobody else: running, paused, or ended and not all set free. A handful. One call. */
export function unfinishedCampaigns(): Promise<CampaignDoc[]> {
  return campaignsWhere([{ status: command().in([...RUNNING]) }, { closing: true }]);
}

/** Campaigns for which the clock has something to do. One call. */
export function watchedCampaigns(): Promise<CampaignDoc[]> {
  return campaignsWhere([{ status: command().in([...WATCHED]) }, { closing: true }]);
}

function campaignsWhere(either: readonly Record<string, unknown>[]): Promise<CampaignDoc[]> {
  return table('campaigns').page({
    where: command().or([...either]) as unknown as Condition<CampaignDoc>,
    orderBy: [['_id', 'asc']],
    limit: PAGE_LIMIT,
  });
}

/** One call. */
export function newestCampaigns(limit: number): Promise<CampaignDoc[]> {
  return table('campaigns').page({ orderBy: [['createdAt', 'desc']], limit });
}

/** Takes a launch to work on it. One call. @returns false when somebody holds it or it has moved on */
export function takeLease(read: CampaignDoc, now: Ms): Promise<boolean> {
  return table('campaigns').changeIf(
    {
      _id: read._id,
      status: 'launching',
      'launch.cursor': read.launch.cursor,
      'launch.leaseUntil': command().lte(now),
    },
    { 'launch.leaseUntil': now + LEASE_MS },
  );
}

/** Moves the launch on from where it was read, and keeps it leased. One call. @returns false when it has moved or was paused */
export function moveLaunch(
  read: CampaignDoc,
  to: Pick<CampaignDoc['launch'], 'cursor' | 'done' | 'loads' | 'strata' | 'waved'>,
  now: Ms,
): Promise<boolean> {
  return table('campaigns').changeIf(
    { _id: read._id, status: 'launching', 'launch.cursor': read.launch.cursor },
    { launch: { ...read.launch, ...to, leaseUntil: now + LEASE_MS } },
  );
}

/** One call. */
export function releaseLease(read: CampaignDoc): Promise<boolean> {
  return table('campaigns').changeIf(
    { _id: read._id, 'launch.cursor': read.launch.cursor },
    { 'launch.leaseUntil': 0 },
  );
}

/** All members are in: the campaign runs, and its total is what came. One call. */
export function goLive(read: CampaignDoc): Promise<boolean> {
  return table('campaigns').changeIf(
    { _id: read._id, status: 'launching', 'launch.cursor': read.launch.cursor },
    { status: 'live', 'launch.leaseUntil': 0, 'launch.total': read.launch.done },
  );
}

/**
 * Recall tasks each clerk has in hand: neither finished nor past the day they could be claimed. Care tasks have places of
 * their own in her day, so a festival does not push a campaign's members off. One call for each 1000 clerks.
 */
export async function openTasksByClerk(today: Day): Promise<ClerkLoads> {
  const _ = command();
  const loads: ClerkLoads = {};
  for (let after = ''; ;) {
    const rows = await table('tasks').aggregate<{ _id: string; tasks: number }>((from) =>
      from
        .match({
          arm: 'treated',
          status: _.in(['open', 'contacted']),
          claimBy: _.gte(today),
          kind: _.neq('care'),
          clerkId: _.gt(after),
        })
        .group({ _id: '$clerkId', tasks: _.aggregate.sum(1) })
        .sort({ _id: 1 })
        .limit(PAGE_LIMIT),
    );
    for (const { _id, tasks } of rows) loads[_id] = tasks;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_LIMIT) return loads;
    after = last._id;
  }
}

/** How far campaigns have come: their treated tasks, and how many members are held out. */
export interface CampaignCounts extends BoardCounts {
  campaignId: string;
  heldOut: number;
  /** of the held-out ones, those who bought all the same */
  heldOutWoken: number;
  /** treated members who got the follow-up's offer */
  followedUp: number;
}

/** One call, one pass over the tasks of these campaigns. */
export async function countCampaigns(ids: readonly string[]): Promise<Map<string, CampaignCounts>> {
  if (ids.length === 0) return new Map();
  const _ = command();
  const $ = _.aggregate;
  const isTreated = $.eq(['$arm', 'treated']);
  const happened = (field: string) =>
    $.sum($.cond({ if: $.and([isTreated, $.gt([field, 0])]), then: 1, else: 0 }));
  const rows = await table('tasks').aggregate<Omit<CampaignCounts, 'campaignId'> & { _id: string }>((from) =>
    from
      .match({ campaignId: _.in([...ids]) })
      .group({
        _id: '$campaignId',
        assigned: $.sum($.cond({ if: isTreated, then: 1, else: 0 })),
        heldOut: $.sum($.cond({ if: isTreated, then: 0, else: 1 })),
        heldOutWoken: $.sum(
          $.cond({ if: $.and([$.not(isTreated), $.gt(['$wokenAt', 0])]), then: 1, else: 0 }),
        ),
        followedUp: happened('$round'),
        contacted: happened('$contactedAt'),
        opened: happened('$openedAt'),
        claimed: happened('$claimedAt'),
        redeemed: happened('$redeemedAt'),
        woken: happened('$wokenAt'),
      })
      .limit(PAGE_LIMIT),
  );
  return new Map(rows.map(({ _id, ...counts }) => [_id, { campaignId: _id, ...counts }]));
}

import { randomUUID } from 'node:crypto';
import { groupBy } from 'lodash-es';
import { monthOf, weekOf } from '../../../../miniprogram/domain/credit/rollup/periods';
import { addDays } from '../../../../miniprogram/domain/kernel/day';
import {
  campaignKey,
  isNightUnderWay,
  markStale,
  moveNight,
  releaseKeeping,
  staleHeads,
  takeKeeping,
} from '../../store/boards';
import { campaignsEndingSince } from '../../store/campaignList';
import { isAnythingUncounted, REBUILT_DAYS, uncountedPlaces } from '../../store/cells';
import type { BoardKeeperDoc } from '../../store/documents';
import { command, PAGE_LIMIT, table } from '../../store/table';
import type { Moment } from '../retier';
import { countedTogether } from './together';
import { namesKnown, rank } from './rank';
import { recount } from './recount';

/** What keeping the boards up came to. */
export interface Kept {
  /** cells that differed */
  cells: number;
  ranked: number;
  finished: boolean;
}

/** Ranks what has to be ranked until it is through or the time is up. */
async function rankStale(
  at: Moment,
  isTimeUp: () => boolean,
): Promise<{ ranked: number; finished: boolean }> {
  let ranked = 0;
  const heads = await staleHeads(at.now);
  // A week's places are compared with the week's before: the earlier one first.
  heads.sort((a, b) => a.startsAt - b.startsAt || (a.key < b.key ? -1 : 1));
  const names = namesKnown();
  for (const head of heads) {
    if (isTimeUp()) return { ranked, finished: false };
    await rank(head, at, names);
    ranked += 1;
  }
  return { ranked, finished: true };
}

async function countUncounted(isTimeUp: () => boolean): Promise<{ cells: number; finished: boolean }> {
  let cells = 0;
  const places = groupBy(await uncountedPlaces(), ({ campaignId }) => campaignId);
  for (const [campaignId, some] of Object.entries(places)) {
    for await (const part of countedTogether(
      campaignId,
      some.map(({ branchId }) => branchId),
    )) {
      if (isTimeUp()) return { cells, finished: false };
      cells += await recount(campaignId, part);
    }
  }
  return { cells, finished: true };
}

async function asKeeper<T>(at: Moment, work: (held: BoardKeeperDoc) => Promise<T>): Promise<T | null> {
  const held = await takeKeeping(randomUUID(), at.now);
  if (!held) return null;
  try {
    return await work(held);
  } finally {
    await releaseKeeping(held);
  }
}

/**
 * Brings the boards up to the tasks: counts the branches in which something happened, ranks the boards over them, and goes
 * on with a night that was cut off. Three calls, none of them a write, when nothing happened.
 *
 * @returns null when somebody else is at it
 */
export async function keepBoards(at: Moment, isTimeUp: () => boolean): Promise<Kept | null> {
  const [isUncounted, stale, isNight] = await Promise.all([
    isAnythingUncounted(),
    staleHeads(at.now),
    isNightUnderWay(),
  ]);
  if (!isUncounted && stale.length === 0 && !isNight) return { cells: 0, ranked: 0, finished: true };
  return asKeeper(at, async (held) => {
    const counted = await countUncounted(isTimeUp);
    const isThrough = held.night === null || (await rebuildFrom(held, at, isTimeUp));
    const { ranked, finished } = await rankStale(at, isTimeUp);
    return { cells: counted.cells, ranked, finished: counted.finished && isThrough && finished };
  });
}

/** The next branches by id. One call. */
async function branchesAfter(after: string): Promise<string[]> {
  const page = await table('branches').page({
    where: { _id: command().gt(after) },
    orderBy: [['_id', 'asc']],
    limit: PAGE_LIMIT,
    fields: ['_id'],
  });
  return page.map(({ _id }) => _id);
}

/** @returns false when the time is up or the keeping was lost */
async function rebuildFrom(begun: BoardKeeperDoc, at: Moment, isTimeUp: () => boolean): Promise<boolean> {
  const night = begun.night;
  if (night === null) return true;
  const campaigns = (await campaignsEndingSince(addDays(at.today, -REBUILT_DAYS)))
    .map(({ _id }) => _id)
    .sort()
    .filter((id) => id >= night.campaignId);
  let held: BoardKeeperDoc | null = begun;
  for (const campaignId of campaigns) {
    let after = campaignId === night.campaignId ? night.after : '';
    if (after === '') await recount(campaignId, [null]);
    for (
      let branches = await branchesAfter(after);
      branches.length > 0;
      branches = await branchesAfter(after)
    ) {
      for await (const part of countedTogether(campaignId, branches)) {
        if (isTimeUp()) return false;
        await recount(campaignId, part);
        after = part.at(-1) ?? after;
        held = await moveNight(held, { ...night, campaignId, after }, Date.now());
        if (!held) return false;
      }
    }
    // What is late follows the calendar: a board is ranked every night though nothing happened.
    await markStale([campaignKey(campaignId)], `night-${at.now}`);
  }
  await markStale([weekOf(at.today), monthOf(at.today)], `night-${at.now}`);
  return (await moveNight(held, null, Date.now())) !== null;
}

/**
 * Counts every branch of every campaign of the last sixty days anew from the rows, and ranks. It is the same counting as at
 * event time, so it finds nothing to change unless something was written past the store's marks. Cut off, the next pulse
 * goes on from the branch it had come to.
 */
export function rebuildBoards(at: Moment, isTimeUp: () => boolean): Promise<Kept | null> {
  return asKeeper(at, async (held) => {
    const night = held.night ?? { on: at.today, campaignId: '', after: '' };
    const begun = await moveNight(held, night, Date.now());
    if (!begun) return { cells: 0, ranked: 0, finished: false };
    const isThrough = await rebuildFrom(begun, at, isTimeUp);
    const { ranked, finished } = await rankStale(at, isTimeUp);
    return { cells: 0, ranked, finished: isThrough && finished };
  });
}

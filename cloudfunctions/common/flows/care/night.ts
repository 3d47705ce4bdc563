import { dayOf, hourOf } from '../../../../miniprogram/domain/kernel/day';
import type { Ms } from '../../../../miniprogram/domain/kernel/day';
import type { JobPartDoc } from '../../store/documents';
import { movePart, wholeJob } from '../../store/jobs';
import { careGiven, endPassedCare } from '../../store/careTasks';
import { keepRun } from '../../store/runs';
import { takeNightPart } from '../nightPart';
import type { Moment } from '../retier';
import { careContext } from './context';
import { reachOf, SOURCES } from './sources';

const freshNight = (now: Ms): JobPartDoc => ({
  ...wholeJob('care', 'care', now),
  care: { reached: {}, cycles: null },
});

/** By this hour the timer of the night has long begun it; where it has not, whoever comes does. */
const MISSED_FROM_HOUR = 5;

/** A missed night is begun by whoever comes first. */
const isMissed = (last: JobPartDoc | null, now: Ms): boolean =>
  last !== null && dayOf(last.startedAt) < dayOf(now) && hourOf(now) >= MISSED_FROM_HOUR;

/** Where a night stands: at which of its sources, behind whom. */
function placeOf(cursor: string): { source: number; after: string } {
  const bar = cursor.indexOf('|');
  return bar < 0
    ? { source: 0, after: '' }
    : { source: Number(cursor.slice(0, bar)), after: cursor.slice(bar + 1) };
}

/** What a night of care came to. */
export interface CareNight {
  /** members looked at */
  read: number;
  given: number;
  finished: boolean;
}

/** Keeps the record and how far the nights have come, and ends the night. Three calls. */
async function conclude(night: JobPartDoc, reach: JobPartDoc['care']): Promise<number> {
  const moves = await careGiven(night.startedAt);
  const given = Object.values(moves).reduce((sum, tasks) => sum + tasks, 0);
  await keepRun({
    _id: `care:${night.startedAt}`,
    job: 'care',
    on: dayOf(night.startedAt),
    at: night.startedAt,
    ms: night.ms,
    read: night.done,
    changed: given,
    moves,
    left: 0,
    cutRenewed: false,
  });
  const end = { finishedAt: Date.now(), leaseUntil: 0, changed: given, moves };
  await movePart(night, { ...end, ...(reach ? { care: reach } : {}) }, Date.now());
  return given;
}

/**
 * The night of care: ends the tasks whose day has passed and gives new ones, from one source after another: what is hers
 * alone first, what is everybody's last. Only members who are due are read, by the index of their date; of what is everybody's
 * as many as each clerk's days hold. One caller at a time; cut off anywhere, the next caller goes on from the page where it
 * stood, and a page done twice gives nobody a second task; a missed night is part of the next.
 *
 * @param begin false to go on with an unfinished night only, or to make up for a missed one once the day has begun
 * @returns null when somebody else is at it, or there is none to go on with
 */
export async function workCare(
  at: Moment,
  isTimeUp: () => boolean,
  { begin }: { begin: boolean },
): Promise<CareNight | null> {
  const mayBegin = (last: JobPartDoc | null): boolean => begin || isMissed(last, at.now);
  const held = await takeNightPart(freshNight(at.now), mayBegin, ['care']);
  if (!held) return null;
  let night = held;
  let since = Date.now();
  const move = async (change: Partial<JobPartDoc>): Promise<boolean> => {
    const ms = night.ms + Date.now() - since;
    since = Date.now();
    const moved = await movePart(night, { ms, ...change }, since);
    if (moved) night = moved;
    return moved !== null;
  };
  const answer = (given: number, finished: boolean): CareNight => ({ read: night.done, given, finished });

  if (night.cursor === '') await endPassedCare(at.today, at.now);
  const context = await careContext(at, night.startedAt);
  const reach = night.care ?? { reached: {}, cycles: null };
  let { source, after } = placeOf(night.cursor ?? '');
  for (let work = SOURCES[source]; work; work = SOURCES[source]) {
    if (isTimeUp()) {
      await move({ leaseUntil: 0 });
      return answer(night.changed, false);
    }
    const page = await work(context, reach, after);
    [source, after] = page.next === null ? [source + 1, ''] : [source, page.next];
    const figures = { done: night.done + page.read, changed: night.changed + page.given };
    if (!(await move({ cursor: `${source}|${after}`, ...figures }))) return answer(night.changed, false);
  }
  return answer(await conclude(night, reachOf(context)), true);
}

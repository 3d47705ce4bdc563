import type { Day } from '../../../miniprogram/domain/kernel/day';
import { dayOf } from '../../../miniprogram/domain/kernel/day';
import { chainSettings } from '../store/chain';
import type { JobPartDoc, RunDoc } from '../store/documents';
import { countLifecycles } from '../store/figures';
import { movePart, wholeJob } from '../store/jobs';
import { countDue } from '../store/members';
import { dueBehind } from '../store/passing';
import type { PlacedMember } from '../store/passing';
import { keepRun } from '../store/runs';
import { placeRead, placeText } from './dayPlace';
import { takeNightPart } from './nightPart';
import { workPart } from './rebuildPart';
import type { Stretch } from './rebuildPart';
import { isCutOld, recut } from './recut';
import type { Moment } from './retier';

/** Her place among the due: the day she fell due, then her id. */
const placeOf = ({ _id, placement }: PlacedMember): string => placeText(placement.changesOn ?? '', _id);

const dueBy = (today: Day): Stretch => ({
  read: (after, limit) => dueBehind(placeRead(after), today, limit),
  placeOf,
  isWanted: () => true,
});

/** What a night came to; `left` members are still due. */
export interface NightDone {
  read: number;
  changed: number;
  left: number;
  /** it had been begun by an earlier call that did not end it */
  isResumed: boolean;
}

/** Renews the week-old cut-off, keeps the record, ends the night. */
async function conclude(night: JobPartDoc, at: Moment, left: number): Promise<void> {
  const chain = await chainSettings();
  const cutRenewed = isCutOld(chain, at.today) && (await recut(chain, at)) !== null;
  const run: RunDoc = {
    _id: `nightly:${night.startedAt}`,
    job: 'nightly',
    on: dayOf(night.startedAt),
    at: night.startedAt,
    ms: night.ms,
    read: night.done,
    changed: night.changed,
    moves: night.moves,
    left,
    cutRenewed,
    counts: await countLifecycles(),
  };
  await keepRun(run);
  await movePart(night, { finishedAt: Date.now(), leaseUntil: 0 }, Date.now());
}

/**
 * Members whom the calendar alone moves by now are placed again by the facts they carry, and only they are read. One
 * caller at a time; a night cut off anywhere or out of time is gone on with from where it stood, with the figures it had,
 * by the next caller; a missed one is part of the next.
 *
 * @param begin false to go on with an unfinished night only
 * @returns null when somebody else is at it, or there is none to go on with
 */
export async function workNight(
  at: Moment,
  isTimeUp: () => boolean,
  { begin }: { begin: boolean },
): Promise<NightDone | null> {
  const held = await takeNightPart(wholeJob('nightly', 'nightly', at.now), () => begin);
  if (!held) return null;
  const night = await workPart(held, dueBy(at.today), at, isTimeUp);
  const left = await countDue(at.today);
  if (night?.cursor === null) await conclude(night, at, left);
  const { done, changed } = night ?? held;
  return { read: done, changed, left, isResumed: held.startedAt !== at.now };
}

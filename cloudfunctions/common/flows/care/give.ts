import { addDays } from '../../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../../miniprogram/domain/kernel/day';
import { careDay, chooseCare } from '../../../../miniprogram/domain/outreach/care/choose';
import type { CareLoads } from '../../../../miniprogram/domain/outreach/care/choose';
import { daysFrom } from '../../../../miniprogram/domain/outreach/care/calendar';
import { keeperOf } from '../../../../miniprogram/domain/outreach/care/keeper';
import type { Keeper } from '../../../../miniprogram/domain/outreach/care/keeper';
import { OCCASIONS } from '../../../../miniprogram/domain/outreach/care/occasions';
import { MOST_AHEAD } from '../../../../miniprogram/domain/outreach/care/settings';
import type { CareReason } from '../../../../miniprogram/domain/outreach/care/types';
import { DEFAULT_POLICY } from '../../../../miniprogram/domain/outreach/contactPolicy';
import { careMembers, markCare } from '../../store/careMembers';
import type { CareMember } from '../../store/careMembers';
import { careLoads, endCare } from '../../store/careTasks';
import type { TaskDoc } from '../../store/documents';
import { table } from '../../store/table';
import { inFlight } from '../inFlight';
import type { CareContext } from './context';
import { settleCare } from './settle';
import { standings } from './standing';
import type { Stood } from './standing';
import { careTaskOf } from './task';

/** What gives reason to care for a member now. */
export type ReasonsOf = (member: CareMember) => readonly CareReason[];

/** A member, what she gets, from whom. */
interface Chosen {
  stood: Stood;
  care: CareReason;
  keeper: Keeper;
}
interface Gift extends Chosen {
  dueOn: Day;
}

function chosen(stood: Stood, reasonsOf: ReasonsOf, { clerks }: CareContext): Chosen | null {
  const { member, standing, isBeingGiven } = stood;
  const care = chooseCare(reasonsOf(member), standing, DEFAULT_POLICY);
  if (!care) return null;
  // Another worker has just marked her; its task is on the way.
  if (isBeingGiven !== null && isBeingGiven !== `${care.cycle}:${member._id}`) return null;
  const { ownerClerkId, homeBranchId, facts } = member;
  const her = {
    memberId: member._id,
    ownerClerkId,
    lastClerkId: facts.lastClerkId ?? null,
    homeBranchId: homeBranchId ?? facts.lastBranchId ?? null,
  };
  const keeper = keeperOf(her, clerks, OCCASIONS[care.occasion].isCommon);
  return keeper && { stood, care, keeper };
}

/** Spreads them over the days each makes sense on; those for whom a full day is too late are left out. One call. */
async function placed(all: readonly Chosen[], { at, settings }: CareContext): Promise<Gift[]> {
  const last = addDays(at.today, MOST_AHEAD);
  const days = daysFrom(at.today, last);
  const clerkIds = [...new Set(all.map(({ keeper }) => keeper.clerkId))];
  const loads: CareLoads = await careLoads(clerkIds, at.today, last);
  return all.flatMap((one) => {
    const dueOn = careDay(loads, one.keeper.clerkId, one.care, settings.clerkDaily, days);
    return dueOn === null ? [] : [{ ...one, dueOn }];
  });
}

/** Marks her, after whatever she has that is weaker has ended. Null when something changed meanwhile. */
async function marked({ stood, care, keeper, dueOn }: Gift, context: CareContext): Promise<TaskDoc | null> {
  const { member, open } = stood;
  const task = careTaskOf(member, care, keeper, dueOn, context.enteredAt);
  // First the end of the one, then the mark, then the other: so she never has two, wherever this is cut off.
  for (const { _id, claimBy } of open) {
    await endCare(_id, claimBy < context.at.today ? 'dayPassed' : 'outranked', context.at.now);
  }
  const isSo = member.careTask?.id === task._id;
  return isSo || (await markCare(member, task._id, dueOn, context.at.now)) ? task : null;
}

/** A second round for who was written meanwhile; whoever is missed then is looked at by the next night or pulse. */
const ROUNDS = 3;

/**
 * Gives each of these members the one care task that she is due, if any. Doing it again gives nobody another: a task is
 * named by its reason and its member. Cut off anywhere, she has none or one of them, never two, and repeating goes on.
 *
 * For a page: two calls, one bulk write and one look afterwards; and for each who gets one the mark, and one more when
 * something weaker ends for it.
 *
 * @param members at most 1000
 * @param most so many at most, the first ones; missing = all
 * @returns whom it gave one, and who was written by others the whole time
 */
export async function giveCare(
  members: readonly CareMember[],
  reasonsOf: ReasonsOf,
  context: CareContext,
  most = Infinity,
): Promise<{ given: string[]; lost: string[] }> {
  const given: string[] = [];
  let waiting = members;
  for (let round = 0; round < ROUNDS && waiting.length > 0; round++) {
    const stood = await standings(waiting, context);
    const wanted = stood
      .flatMap((one) => chosen(one, reasonsOf, context) ?? [])
      .slice(0, most - given.length);
    const gifts = wanted.length === 0 ? [] : await placed(wanted, context);
    const tasks = await inFlight(gifts, (gift) => marked(gift, context));
    const ready = tasks.filter((task) => task !== null);
    if (ready.length > 0) {
      await table('tasks').addMissing(ready);
      given.push(...ready.map(({ memberId }) => memberId));
    }
    // What she did between being read and getting the task ended nothing, for there was none: it is looked for now.
    const early = new Set(justGiven(stood, context));
    const fresh = [...ready.map(({ memberId }) => memberId), ...early];
    const asRead = stood.map(({ member }) => member).filter(({ _id }) => !early.has(_id));
    if (fresh.length > 0) await settleCare(fresh, asRead, context.at);
    const lost = gifts.filter((_, n) => tasks[n] === null).map(({ stood: { member } }) => member._id);
    waiting = lost.length === 0 ? [] : await careMembers(lost);
  }
  return { given, lost: waiting.map(({ _id }) => _id) };
}

/** An earlier try that died before it could look again was not long ago, or began together with this one. */
const LATELY_MS = 10 * 60_000;

function justGiven(stood: readonly Stood[], { enteredAt, at }: CareContext): string[] {
  const isLate = (since: number): boolean => since === enteredAt || since > at.now - LATELY_MS;
  return stood
    .filter(({ open }) => open.some((task) => isLate(task.enteredAt)))
    .map(({ member }) => member._id);
}

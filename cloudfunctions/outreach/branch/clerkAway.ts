import * as z from 'zod';
import { groupBy } from 'lodash-es';
import type { BranchContract } from '../../../miniprogram/contract/branch';
import { daysBetween, spokenDay } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { isAway, shareOut } from '../../../miniprogram/domain/outreach/regroup';
import type { Acting, Actions } from '../../common/entry/action';
import { aDay, anId } from '../../common/entry/asks';
import { branchesOf, clerksIn } from '../../common/store/clerks';
import type { StaffDoc } from '../../common/store/documents';
import { PAGE_LIMIT, table } from '../../common/store/table';
import {
  countBranch,
  countMovedBy,
  countOnHer,
  giveTasks,
  runningLoads,
  tasksOnHer,
} from '../../common/store/branchTasks';
import { loadOf } from './loads';
import { BOSSES, decidesFor } from './who';

const LONGEST_DAYS = 366;

/**
 * Gives what falls due while she is away to the others of each task's branch who are at work, least loaded first. Four
 * calls and one for each who gets some. What nobody can take stays with her.
 *
 * @returns whether more may be waiting behind this page
 */
async function spreadWhileAway(clerk: StaffDoc, untilOn: Day, acting: Acting): Promise<boolean> {
  const { now, today, requestKey } = acting;
  const tasks = await tasksOnHer(clerk._id, { openUntil: untilOn, today, now }, PAGE_LIMIT);
  const branchIds = [...new Set(tasks.flatMap(({ branchId }) => branchId ?? []))];
  const others = (await clerksIn(branchIds)).filter(
    (one) => one._id !== clerk._id && !isAway(one.awayUntil, today),
  );
  if (others.length === 0) return false;
  const ids = others.map((one) => one._id);
  const moves = shareOut(
    tasks.map(({ _id, branchId }) => ({ id: _id, branchId })),
    others.map((one) => ({ clerkId: one._id, branchIds: branchesOf(one) })),
    await runningLoads(ids, today, now),
  );
  const names = new Map(others.map((one) => [one._id, one.name]));
  const byTaker = groupBy(
    moves.filter((move) => move.clerkId !== null),
    (move) => move.clerkId,
  );
  for (const [taker, given] of Object.entries(byTaker)) {
    const reason = `${clerk.name}请假到${spokenDay(untilOn)}，由手上任务较少的${names.get(taker) ?? taker}接手`;
    await giveTasks(
      given.map((move) => move.id),
      clerk._id,
      taker,
      reason,
      requestKey,
    );
  }
  return tasks.length === PAGE_LIMIT && Object.keys(byTaker).length > 0;
}

/**
 * 请假: a clerk is away until the end of a day, or back. New campaigns pass her over; with `spread`, what is untouched and
 * falls due meanwhile goes to the others. Coming back takes nothing back. At most nine calls and one for each taker.
 */
export const setAway: Actions<BranchContract>['clerk.away'] = {
  who: BOSSES,
  writes: true,
  ask: z.strictObject({
    clerkId: anId,
    untilOn: aDay.nullable(),
    spread: z.boolean(),
    dryRun: z.boolean().optional(),
  }),
  async run(acting, { clerkId, untilOn, spread, dryRun }) {
    const { scope, now, today, requestKey } = acting;
    const clerk = await table('staff').find(clerkId);
    if (!clerk?.active || clerk.role !== 'clerk' || clerk.branchId === null)
      return refuse({ code: 'not-found', detail: '这位导购' });
    if (!decidesFor(scope, clerk.branchId)) return refuse({ code: 'out-of-scope' });
    const wrongDay = (detail: string) => refuse({ code: 'bad-ask', field: 'untilOn', detail } as const);
    if (untilOn !== null && untilOn < today) return wrongDay('请假要到今天或以后');
    if (untilOn !== null && daysBetween(today, untilOn) > LONGEST_DAYS) return wrongDay('请假最长一年');

    const answer = async (awayUntil: Day | null, moved: number) => {
      const counts = await countBranch(clerk.branchId ?? '', today, now);
      const count = counts.find((one) => one.clerkId === clerkId);
      return done({ clerk: loadOf({ ...clerk, awayUntil }, count, today, true), moved });
    };
    if (dryRun) {
      const ask = { openUntil: untilOn, today, now };
      const moved = untilOn !== null && spread ? await countOnHer(clerkId, ask) : 0;
      return answer(clerk.awayUntil ?? null, moved);
    }
    // Said again, it changes nothing, and the service counts no change: the answer does not depend on it.
    await table('staff').changeIf({ _id: clerkId, active: true }, { awayUntil: untilOn });
    if (untilOn === null || !spread) return answer(untilOn, 0);
    while (await spreadWhileAway(clerk, untilOn, acting));
    return answer(untilOn, await countMovedBy(branchesOf(clerk), requestKey));
  },
};

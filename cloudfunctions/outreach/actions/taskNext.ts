import * as z from 'zod';
import type { OutreachContract } from '../../../miniprogram/contract/outreach';
import { startOf } from '../../../miniprogram/domain/kernel/day';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import type { TaskDoc } from '../../common/store/documents';
import { countTasksOf, runningTasksOf } from '../../common/store/tasks';
import type { Moment } from '../card';
import { byPlace, placeOf, readPlace } from '../place';
import { tallyOf } from '../tally';
import { openTask, readTask } from './taskOpen';

/** Has she still to be contacted today? Not whom the clerk reached today, nor who has used her gift and waits for the till. */
function waits({ member: { lastTouchedAt }, redeemedAt }: TaskDoc, { today }: Moment): boolean {
  return redeemedAt === null && (lastTouchedAt === null || lastTouchedAt < startOf(today));
}

/**
 * 下一位: the next of the day's list behind a place, opened; behind the last one it begins again with those who were passed
 * over. Nothing is sent by it. Two database calls for the list and the goal, as the list itself; then the two of the
 * customer page.
 */
export const nextTask: Actions<OutreachContract>['task.next'] = {
  who: ['clerk', 'manager'],
  writes: false,
  ask: z.strictObject({ after: z.string().max(180).nullable() }),
  async run(acting, { after }) {
    const { scope, now, today } = acting;
    const clerkId = scope.staff?._id ?? '';
    const moment = { now, today };
    const [running, counted] = await Promise.all([
      runningTasksOf(clerkId, 'day', moment),
      countTasksOf(clerkId, today, now),
    ]);
    const { progress } = tallyOf(counted, today);
    const from = readPlace(after);
    const waiting = running
      .filter((task) => waits(task, moment))
      .map((task) => placeOf(task, moment))
      .sort(byPlace);
    const others = waiting.filter(({ taskId }) => taskId !== from?.taskId);
    const next = others.find((place) => from === null || byPlace(place, from) > 0) ?? others[0] ?? waiting[0];
    if (!next) return done({ opened: null, progress, waiting: 0 });
    const opened = await openTask.run(acting, { taskId: next.taskId }, await readTask(next.taskId));
    return opened.ok ? done({ opened: opened.value, progress, waiting: waiting.length }) : opened;
  },
};

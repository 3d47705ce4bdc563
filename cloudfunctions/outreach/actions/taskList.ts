import * as z from 'zod';
import type { OutreachContract } from '../../../miniprogram/contract/outreach';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { parseDay } from '../../../miniprogram/domain/kernel/day';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { TaskTab } from '../../../miniprogram/domain/outreach/types';
import type { Actions } from '../../common/entry/action';
import type { TaskDoc } from '../../common/store/documents';
import { branchesNamed } from '../../common/store/remembered';
import { countTasksOf, doneTasksOf, runningTasksOf } from '../../common/store/tasks';
import { cardOf } from '../card';
import type { Moment } from '../card';
import { byPlace, placeOf, readPlace, writePlace } from '../place';
import { tallyOf } from '../tally';

const PAGE = 50;

interface Page {
  tasks: TaskDoc[];
  next: string | null;
}

async function runningPage(
  clerkId: string,
  tab: Exclude<TaskTab, 'done'>,
  after: string | undefined,
  moment: Moment,
): Promise<Page> {
  const cursor = readPlace(after);
  const behind = (await runningTasksOf(clerkId, tab, moment))
    .map((task) => ({ task, place: placeOf(task, moment) }))
    .filter(({ place }) => cursor === null || byPlace(place, cursor) > 0)
    .sort((a, b) => byPlace(a.place, b.place));
  const page = behind.slice(0, PAGE);
  const last = page[page.length - 1];
  return {
    tasks: page.map(({ task }) => task),
    next: last && behind.length > PAGE ? writePlace(last.place) : null,
  };
}

function readDoneCursor(after: string | undefined): { dueOn: Day; taskId: string } | null {
  const dueOn = parseDay(after?.slice(0, 10) ?? '');
  return after && dueOn ? { dueOn, taskId: after.slice(11) } : null;
}

async function donePage(clerkId: string, after: string | undefined, today: Day): Promise<Page> {
  const found = await doneTasksOf(clerkId, readDoneCursor(after), PAGE + 1, today);
  const tasks = found.slice(0, PAGE);
  const last = tasks[tasks.length - 1];
  return { tasks, next: last && found.length > PAGE ? `${last.dueOn}_${last._id}` : null };
}

/** The clerk's list. Two database calls beside the caller's scope: one page and one count. */
export const listTasks: Actions<OutreachContract>['task.list'] = {
  who: ['clerk', 'manager'],
  writes: false,
  ask: z.strictObject({
    tab: z.enum(['today', 'upcoming', 'overdue', 'done']),
    after: z.string().max(180).optional(),
  }),
  async run({ scope, now, today }, { tab, after }) {
    const clerkId = scope.staff?._id ?? '';
    const moment = { now, today };
    const [page, counted, branches] = await Promise.all([
      tab === 'done' ? donePage(clerkId, after, today) : runningPage(clerkId, tab, after, moment),
      countTasksOf(clerkId, today, now),
      branchesNamed([scope.branchId], now),
    ]);
    return done({
      today,
      clerkName: scope.staff?.name ?? '',
      branchName: branches.get(scope.branchId ?? '')?.name ?? '',
      ...tallyOf(counted, today),
      tab,
      cards: page.tasks.map((task) => cardOf(task, moment)),
      next: page.next,
    });
  },
};

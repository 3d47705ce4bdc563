import * as z from 'zod';
import type { BranchContract, BranchTask } from '../../../miniprogram/contract/branch';
import { daysBetween, parseDay } from '../../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { clerksIn } from '../../common/store/clerks';
import type { TaskDoc } from '../../common/store/documents';
import { branchesNamed, staffNamed } from '../../common/store/remembered';
import { branchPage, countBranch } from '../../common/store/branchTasks';
import type { DuePlace } from '../../common/store/branchTasks';
import { cardOf } from '../card';
import type { Moment } from '../card';
import { loadsOf } from './loads';
import { BOSSES, decidesFor } from './who';

const PAGE = 50;

const cursorOf = ({ dueOn, _id }: TaskDoc): string => `${dueOn}_${_id}`;
function readCursor(after: string | undefined): DuePlace | null {
  const dueOn = parseDay(after?.slice(0, 10) ?? '');
  return after && dueOn ? { dueOn, taskId: after.slice(11) } : null;
}

function shown(task: TaskDoc, clerkName: string, moment: Moment): BranchTask {
  const { name, phoneTail, lifecycle, value, status, dueOn, urged, whyNow } = cardOf(task, moment);
  const isRunning = status === 'open' || status === 'contacted';
  return {
    taskId: task._id,
    memberId: task.memberId,
    name,
    phoneTail,
    lifecycle,
    value,
    status,
    clerkId: task.clerkId,
    clerkName,
    dueOn,
    overdueDays: isRunning ? Math.max(0, daysBetween(dueOn, moment.today)) : 0,
    urged,
    contactedAt: task.contactedAt,
    whyNow,
  };
}

/**
 * 本店: one page of tasks, the tabs' counts and how each clerk stands. Three calls at once beside the caller's scope, and
 * names of the branch and of departed clerks, which are remembered for a minute.
 */
export const listBranchTasks: Actions<BranchContract>['branch.tasks'] = {
  who: BOSSES,
  writes: false,
  ask: z.strictObject({
    tab: z.enum(['overdue', 'open', 'unassigned', 'done']),
    branchId: anId.optional(),
    clerkId: anId.optional(),
    after: z.string().max(180).optional(),
  }),
  async run({ scope, now, today }, { tab, branchId: asked, clerkId, after }) {
    const branchId = asked ?? scope.branchId;
    if (branchId === null) return refuse({ code: 'bad-ask', field: 'branchId', detail: '请先选门店' });
    if (!decidesFor(scope, branchId)) return refuse({ code: 'out-of-scope' });
    const moment = { now, today };
    const [found, counts, clerks, branches] = await Promise.all([
      branchPage(branchId, tab, clerkId ?? null, readCursor(after), PAGE + 1, moment),
      countBranch(branchId, today, now),
      clerksIn([branchId]),
      branchesNamed([branchId], now),
    ]);
    const branch = branches.get(branchId);
    if (!branch) return refuse({ code: 'not-found', detail: '这家门店' });
    const tasks = found.slice(0, PAGE);
    const last = tasks.at(-1);
    const here = new Map(clerks.map((clerk) => [clerk._id, clerk]));
    const named = [...tasks.map((task) => task.clerkId), ...counts.map((count) => count.clerkId)];
    const others = await staffNamed(
      named.filter((id) => id !== null && !here.has(id)),
      now,
    );
    const nameOf = (id: string | null): string =>
      id === null ? '' : ((here.get(id) ?? others.get(id))?.name ?? id);
    const sum = (of: 'open' | 'overdue', among = counts) => among.reduce((all, one) => all + one[of], 0);
    return done({
      branchId,
      branchName: branch.name,
      today,
      counts: {
        overdue: sum('overdue'),
        open: sum(
          'open',
          counts.filter((one) => one.clerkId !== null),
        ),
        unassigned: sum(
          'open',
          counts.filter((one) => one.clerkId === null),
        ),
      },
      clerks: loadsOf(clerks, counts, others, today),
      tasks: tasks.map((task) => shown(task, nameOf(task.clerkId), moment)),
      next: last && found.length > PAGE ? cursorOf(last) : null,
    });
  },
};

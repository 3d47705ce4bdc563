import * as z from 'zod';
import { groupBy } from 'lodash-es';
import type { BranchContract } from '../../../miniprogram/contract/branch';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { regroupFault } from '../../../miniprogram/domain/outreach/regroup';
import type { Actions } from '../../common/entry/action';
import { anId, someText } from '../../common/entry/asks';
import { branchesOf } from '../../common/store/clerks';
import { table } from '../../common/store/table';
import { branchTasksById, giveTasks } from '../../common/store/branchTasks';
import { unfitNow } from './fitness';
import { BOSSES, someTasks } from './who';

/**
 * 改派: gives open tasks to another clerk of the branch. Three calls and one for each clerk they come from.
 *
 * Each task moves only if it still lies with the clerk it was read with; two managers at once cannot both move it, and the
 * act's key in the task tells a repetition from another's move.
 */
export const regroupTasks: Actions<BranchContract>['task.regroup'] = {
  who: BOSSES,
  writes: true,
  ask: z.strictObject({ taskIds: someTasks, toClerkId: anId, reason: someText(60) }),
  async run({ scope, today, requestKey }, { taskIds, toClerkId, reason }) {
    const branchId = scope.role === 'hq' ? null : scope.branchId;
    const [to, before] = await Promise.all([
      table('staff').find(toClerkId),
      branchTasksById(taskIds, branchId),
    ]);
    if (before.length === 0) return refuse({ code: 'out-of-scope' });
    const fault = unfitNow(to ?? undefined, scope, today);
    if (!to || fault) return refuse(fault ?? { code: 'not-found', detail: '这位导购' });
    const target = { clerkId: toClerkId, branchIds: branchesOf(to) };

    const by = scope.role === 'hq' ? '总部' : '店长';
    const words = `${by}${scope.staff?.name ?? ''}改派：${reason.trim() || '门店内调整'}`;
    const faults = new Map(before.map((task) => [task._id, regroupFault(task, target)]));
    const moving = groupBy(
      before.filter((task) => !faults.get(task._id)),
      (task) => JSON.stringify(task.clerkId),
    );
    for (const [clerkId, tasks] of Object.entries(moving)) {
      const from = JSON.parse(clerkId) as string | null;
      await giveTasks(
        tasks.map((task) => task._id),
        from,
        toClerkId,
        words,
        requestKey,
      );
    }

    const after = new Map((await branchTasksById(taskIds, branchId)).map((task) => [task._id, task]));
    const isMoved = (id: string): boolean => {
      const task = after.get(id);
      return task?.clerkId === toClerkId && (task.acts?.includes(requestKey) ?? false);
    };
    const wanted = [...new Set(taskIds)];
    return done({
      moved: wanted.filter(isMoved).length,
      refused: wanted
        .filter((id) => !isMoved(id))
        .map((taskId) => ({
          taskId,
          reason: after.has(taskId)
            ? (faults.get(taskId) ?? '刚刚有人动过它，请刷新后再试')
            : '不在本店的列表里',
        })),
    });
  },
};

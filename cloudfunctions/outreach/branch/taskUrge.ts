import * as z from 'zod';
import type { BranchContract } from '../../../miniprogram/contract/branch';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { branchTasksById, urgeTasks } from '../../common/store/branchTasks';
import { BOSSES, someTasks } from './who';

/**
 * 催办: marks tasks so that they stand first on the clerk's list, once a day each. Two calls.
 *
 * Ids that are not hers, and tasks nobody has or that are over, are passed over and counted nowhere: a list on her phone
 * may be minutes old, and one stale line must not stop the rest. An ask without a single task of hers is refused.
 */
export const urgeTask: Actions<BranchContract>['task.urge'] = {
  who: BOSSES,
  writes: true,
  ask: z.strictObject({ taskIds: someTasks }),
  async run({ scope, now, today, requestKey }, { taskIds }) {
    const branchId = scope.role === 'hq' ? null : scope.branchId;
    await urgeTasks(taskIds, branchId, { today, now, requestKey });
    // Read back what stands: a repeated act finds its own key and gives the same numbers.
    const tasks = await branchTasksById(taskIds, branchId);
    if (tasks.length === 0) return refuse({ code: 'out-of-scope' });
    const marked = tasks.filter((task) => task.urgedOn === today);
    const urged = marked.filter((task) => task.acts?.includes(requestKey)).length;
    return done({ urged, already: marked.length - urged });
  },
};

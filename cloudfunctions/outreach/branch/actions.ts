import type { BranchContract } from '../../../miniprogram/contract/branch';
import type { Actions } from '../../common/entry/action';
import { listBranchTasks } from './branchTasks';
import { setAway } from './clerkAway';
import { handOver } from './clerkHandover';
import { regroupTasks } from './taskRegroup';
import { urgeTask } from './taskUrge';

/** 本店: what a manager sees and does about the tasks and clerks of her branch. */
export const branchActions: Actions<BranchContract> = {
  'branch.tasks': listBranchTasks,
  'task.urge': urgeTask,
  'task.regroup': regroupTasks,
  'clerk.away': setAway,
  'clerk.handover': handOver,
};

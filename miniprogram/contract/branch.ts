import type { Day, Ms } from '../domain/kernel/day';
import type { Lifecycle, Value } from '../domain/membership/types';
import type { TaskStatus } from '../domain/outreach/types';

/** A task as the manager of the branch sees it. */
export interface BranchTask {
  taskId: string;
  memberId: string;
  name: string;
  phoneTail: string;
  lifecycle: Lifecycle;
  value: Value;
  status: TaskStatus;
  clerkId: string | null;
  clerkName: string;
  dueOn: Day;
  /** 0 = not overdue */
  overdueDays: number;
  urged: boolean;
  contactedAt: Ms | null;
  whyNow: string;
}

export interface ClerkLoad {
  clerkId: string;
  name: string;
  /** open and contacted tasks of hers, and of those the overdue ones */
  open: number;
  overdue: number;
  /** of her customers, those whose place on the list was changed by hand today (手动调整) */
  overruled: number;
  /** contacted ÷ due so far (执行率) */
  execution: { contacted: number; due: number };
  /** away until the end of this day; null = at work */
  awayUntil: Day | null;
  /** false = she has left, or works elsewhere now, and these tasks of the branch still lie with her */
  atWork: boolean;
}

export interface BranchContract {
  /** manager: her branch; HQ: `branchId` needed. 50 a page */
  'branch.tasks': {
    ask: {
      tab: 'overdue' | 'open' | 'unassigned' | 'done';
      branchId?: string;
      clerkId?: string;
      after?: string;
    };
    reply: {
      branchId: string;
      branchName: string;
      today: Day;
      counts: { overdue: number; open: number; unassigned: number };
      clerks: ClerkLoad[];
      tasks: BranchTask[];
      next: string | null;
    };
  };
  /** manager: urge (催办); urged ones stand first on the clerk's list. Once a day per task */
  'task.urge': { ask: { taskIds: string[] }; reply: { urged: number; already: number } };
  /** manager: gives open tasks to another clerk of her branch */
  'task.regroup': {
    ask: { taskIds: string[]; toClerkId: string; reason: string };
    reply: { moved: number; refused: { taskId: string; reason: string }[] };
  };
  /** manager: a clerk is away until a day (null = back); `spread` gives what falls due meanwhile to the others */
  'clerk.away': {
    ask: { clerkId: string; untilOn: Day | null; spread: boolean; dryRun?: boolean };
    /** dry run: what would go, nothing written */
    reply: { clerk: ClerkLoad; moved: number };
  };
  /**
   * Manager (within her branch) or HQ: a clerk leaves (离职继承). Her members and open tasks go to one colleague, or are
   * spread over her branch; history stays with the customer. A stretch a call; ask again with the same key until finished.
   */
  'clerk.handover': {
    ask: { fromClerkId: string; toClerkId: string | null; dryRun?: boolean };
    /** dry run: how many would go, nothing written */
    reply: { members: number; tasks: number; left: number; finished: boolean };
  };
}

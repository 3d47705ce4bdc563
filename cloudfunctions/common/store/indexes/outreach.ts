import { on } from './declaration';

/** Indexes of campaigns, tasks, touches and messages that the system sends. */
export const OUTREACH_INDEXES = [
  ...on('campaigns', [
    ['status', { status: 1 }],
    ['createdAt', { createdAt: -1 }],
  ]),
  ...on('tasks', [
    // the clerk's list
    ['clerk_status_due', { clerkId: 1, status: 1, dueOn: 1, _id: 1 }],
    // one branch of a campaign, counted for the boards
    ['campaign_branch', { campaignId: 1, branchId: 1, _id: 1 }],
    // tasks that no board has counted yet
    ['uncounted', { uncounted: 1 }],
    // the manager's view of her branch
    ['branch_status_due', { branchId: 1, status: 1, dueOn: 1, _id: 1 }],
    // a member's tasks, for credit
    ['member', { memberId: 1 }],
    ['link', { link: 1 }, 'unique'],
    // what each clerk has on her hands, before a campaign gives her more
    ['arm_status_claimBy', { arm: 1, status: 1, claimBy: 1 }],
    // care tasks whose day has passed, and those that one night gave
    ['kind_status_claimBy', { kind: 1, status: 1, claimBy: 1 }],
    ['kind_enteredAt', { kind: 1, enteredAt: 1 }],
    ['branchId_id', { branchId: 1, _id: 1 }],
  ]),
  ...on('touches', [
    // what was said and what was given for a task
    ['taskId_id', { taskId: 1, _id: 1 }],
    // how often a script was used lately
    ['scriptId_at', { scriptId: 1, at: -1 }],
    // what a branch, a clerk and a small test sent lately
    ['branchId_at', { branchId: 1, at: -1 }],
    ['clerkId_at', { clerkId: 1, at: -1 }],
    ['test', { test: 1 }],
    ['member_at', { memberId: 1, at: -1 }],
    // touches and tasks of a branch, by id, for an export
    ['branchId_id', { branchId: 1, _id: 1 }],
  ]),
  ...on('outbox', [
    // messages that wait to be sent, the earliest due first; and those that nobody could send
    ['status_due', { status: 1, dueAt: 1 }],
    // messages whose sender was cut off
    ['status_lease', { status: 1, leaseUntil: 1 }],
    // the newest dead letters
    ['status_ended', { status: 1, endedAt: -1 }],
  ]),
];

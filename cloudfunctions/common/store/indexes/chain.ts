import { on } from './declaration';

/** Indexes of what the chain keeps about itself: staff, invitations, jobs, files, words. */
export const CHAIN_INDEXES = [
  ...on('staff', [
    // who is calling
    ['openid', { openid: 1 }],
    // whom can work be given to
    ['role_active', { role: 1, active: 1 }],
    // the staff of a branch
    ['branchId', { branchId: 1 }],
    ['alsoBranchIds', { alsoBranchIds: 1 }],
  ]),
  ...on('invites', [
    // open invitations, and the one that an act of inviting made
    ['takenBy_expiresAt', { takenBy: 1, expiresAt: 1 }],
    ['invitedBy_requestKey', { invitedBy: 1, requestKey: 1 }, 'unique'],
  ]),
  ...on('runs', [
    // the newest runs of a timer
    ['job_at', { job: 1, at: -1 }],
  ]),
  ...on('jobs', [
    ['job', { job: 1 }],
    // parts nobody has finished
    ['finishedAt_leaseUntil', { finishedAt: 1, leaseUntil: 1 }],
  ]),
  ...on('imports', [
    // calls of an import that are old enough to forget
    ['at', { at: 1 }],
    // and those that are under way or died
    ['isOpen_at', { isOpen: 1, at: 1 }],
  ]),
  ...on('audit', [
    // what was accounted for of a member
    ['memberId_at', { memberId: 1, at: -1 }],
  ]),
  ...on('exports', [
    // what was taken out lately
    ['at', { at: -1 }],
  ]),
  ...on('troubles', [
    // the newest troubles, and those of a day
    ['lastAt', { lastAt: -1 }],
    ['on', { on: 1 }],
  ]),
  ...on('scripts', [
    // the chain's scripts, and those of one branch
    ['owner_branch', { 'owner.kind': 1, 'owner.branchId': 1 }],
  ]),
];

import type { Collections } from './documents';

/** One index, in the words of the service. Used by the local cloud and by deployment alike. */
export interface IndexDeclaration {
  collection: keyof Collections;
  name: string;
  keys: [field: string, direction: 1 | -1][];
  unique?: boolean;
}

export const COLLECTIONS: readonly (keyof Collections)[] = [
  'chain',
  'branches',
  'staff',
  'members',
  'orders',
  'campaigns',
  'tasks',
  'touches',
  'coupons',
  'runs',
  'imports',
  'rules',
  'cuts',
  'jobs',
  'merges',
  'invites',
  'guesses',
  'scripts',
  'words',
  'scriptTests',
  'measures',
  'audit',
  'outbox',
  'stock',
  'budgets',
  'points',
  'levels',
  'surveys',
  'flags',
  'referrals',
  'cells',
  'boards',
  'reviews',
  'careSettings',
  'subscriptions',
  'exports',
  'usage',
  'troubles',
];

/** Every index with the query that needs it. `_id` is always indexed. */
export const INDEXES: readonly IndexDeclaration[] = [
  // who is calling
  { collection: 'staff', name: 'openid', keys: [['openid', 1]] },
  // whom can work be given to
  {
    collection: 'staff',
    name: 'role_active',
    keys: [
      ['role', 1],
      ['active', 1],
    ],
  },
  // the staff of a branch
  { collection: 'staff', name: 'branchId', keys: [['branchId', 1]] },
  { collection: 'staff', name: 'alsoBranchIds', keys: [['alsoBranchIds', 1]] },
  // open invitations, and the one that an act of inviting made
  {
    collection: 'invites',
    name: 'takenBy_expiresAt',
    keys: [
      ['takenBy', 1],
      ['expiresAt', 1],
    ],
  },
  {
    collection: 'invites',
    name: 'invitedBy_requestKey',
    keys: [
      ['invitedBy', 1],
      ['requestKey', 1],
    ],
    unique: true,
  },
  { collection: 'members', name: 'openid', keys: [['openid', 1]] },
  // one cell of the matrix, paged by id
  {
    collection: 'members',
    name: 'lifecycle_value_id',
    keys: [
      ['lifecycle', 1],
      ['value', 1],
      ['_id', 1],
    ],
  },
  // who is due tonight
  {
    collection: 'members',
    name: 'tierChangesOn_id',
    keys: [
      ['tierChangesOn', 1],
      ['_id', 1],
    ],
  },
  // whose rows came in and who is not placed yet
  {
    collection: 'members',
    name: 'waiting_id',
    keys: [
      ['waiting', 1],
      ['_id', 1],
    ],
  },
  // who is freed when a campaign ends
  { collection: 'members', name: 'campaignId', keys: [['campaignId', 1]] },
  // a member looked up by the beginning of her name
  {
    collection: 'members',
    name: 'name_id',
    keys: [
      ['name', 1],
      ['_id', 1],
    ],
  },
  // the n-th of the chain's average order values: cut-off and median
  { collection: 'members', name: 'aov', keys: [['facts.aovFen', -1]] },
  // and of the days between purchases, per value tier
  {
    collection: 'members',
    name: 'value_gap',
    keys: [
      ['value', 1],
      ['facts.gapDays', 1],
    ],
  },
  // who was placed by rules of before
  { collection: 'members', name: 'rulesVersion', keys: [['placement.rulesVersion', 1]] },
  // a member looked up by the end of her phone
  {
    collection: 'members',
    name: 'phoneTail_id',
    keys: [
      ['phoneTail', 1],
      ['_id', 1],
    ],
  },
  // a member looked up by her phone, and members who share one
  { collection: 'members', name: 'phone_hash', keys: [['phone.hash', 1]] },
  // members of a branch
  {
    collection: 'members',
    name: 'homeBranchId_id',
    keys: [
      ['homeBranchId', 1],
      ['_id', 1],
    ],
  },
  // numbers that live on in a member, and merges that were cut off
  { collection: 'merges', name: 'into', keys: [['into', 1]] },
  {
    collection: 'merges',
    name: 'state_at',
    keys: [
      ['state', 1],
      ['at', 1],
    ],
  },
  { collection: 'coupons', name: 'memberId', keys: [['memberId', 1]] },
  // the newest troubles, and those of a day
  { collection: 'troubles', name: 'lastAt', keys: [['lastAt', -1]] },
  { collection: 'troubles', name: 'on', keys: [['on', 1]] },
  // the newest runs of a timer
  {
    collection: 'runs',
    name: 'job_at',
    keys: [
      ['job', 1],
      ['at', -1],
    ],
  },
  { collection: 'jobs', name: 'job', keys: [['job', 1]] },
  // parts nobody has finished
  {
    collection: 'jobs',
    name: 'finishedAt_leaseUntil',
    keys: [
      ['finishedAt', 1],
      ['leaseUntil', 1],
    ],
  },
  // calls of an import that are old enough to forget
  { collection: 'imports', name: 'at', keys: [['at', 1]] },
  // and those that are under way or died
  {
    collection: 'imports',
    name: 'isOpen_at',
    keys: [
      ['isOpen', 1],
      ['at', 1],
    ],
  },
  {
    collection: 'orders',
    name: 'memberId_id',
    keys: [
      ['memberId', 1],
      ['_id', 1],
    ],
  },
  { collection: 'campaigns', name: 'status', keys: [['status', 1]] },
  { collection: 'campaigns', name: 'createdAt', keys: [['createdAt', -1]] },
  // the clerk's list
  {
    collection: 'tasks',
    name: 'clerk_status_due',
    keys: [
      ['clerkId', 1],
      ['status', 1],
      ['dueOn', 1],
      ['_id', 1],
    ],
  },
  // one branch of a campaign, counted for the boards
  {
    collection: 'tasks',
    name: 'campaign_branch',
    keys: [
      ['campaignId', 1],
      ['branchId', 1],
      ['_id', 1],
    ],
  },
  // tasks that no board has counted yet
  { collection: 'tasks', name: 'uncounted', keys: [['uncounted', 1]] },
  // what was said and what was given for a task
  {
    collection: 'touches',
    name: 'taskId_id',
    keys: [
      ['taskId', 1],
      ['_id', 1],
    ],
  },
  {
    collection: 'coupons',
    name: 'taskId_id',
    keys: [
      ['taskId', 1],
      ['_id', 1],
    ],
  },
  // the cells of a campaign, of a week or month, and of a branch
  {
    collection: 'cells',
    name: 'campaignId_id',
    keys: [
      ['campaignId', 1],
      ['_id', 1],
    ],
  },
  {
    collection: 'cells',
    name: 'periods_id',
    keys: [
      ['periods', 1],
      ['_id', 1],
    ],
  },
  {
    collection: 'cells',
    name: 'branchId_id',
    keys: [
      ['branchId', 1],
      ['_id', 1],
    ],
  },
  // boards to be ranked; a board's pages, and the page on which a unit stands
  { collection: 'boards', name: 'stale', keys: [['stale', 1]] },
  {
    collection: 'boards',
    name: 'key_by_page',
    keys: [
      ['key', 1],
      ['by', 1],
      ['page', 1],
    ],
  },
  {
    collection: 'boards',
    name: 'unitIds_key',
    keys: [
      ['unitIds', 1],
      ['key', 1],
    ],
  },
  // what a branch has agreed on
  {
    collection: 'reviews',
    name: 'branchId_dueOn',
    keys: [
      ['branchId', 1],
      ['dueOn', 1],
    ],
  },
  // the chain's scripts, and those of one branch
  {
    collection: 'scripts',
    name: 'owner_branch',
    keys: [
      ['owner.kind', 1],
      ['owner.branchId', 1],
    ],
  },
  // how often a script was used lately
  {
    collection: 'touches',
    name: 'scriptId_at',
    keys: [
      ['scriptId', 1],
      ['at', -1],
    ],
  },
  // what a branch, a clerk and a small test sent lately
  {
    collection: 'touches',
    name: 'branchId_at',
    keys: [
      ['branchId', 1],
      ['at', -1],
    ],
  },
  {
    collection: 'touches',
    name: 'clerkId_at',
    keys: [
      ['clerkId', 1],
      ['at', -1],
    ],
  },
  { collection: 'touches', name: 'test', keys: [['test', 1]] },
  // the manager's view of her branch
  {
    collection: 'tasks',
    name: 'branch_status_due',
    keys: [
      ['branchId', 1],
      ['status', 1],
      ['dueOn', 1],
      ['_id', 1],
    ],
  },
  // whose members go to a colleague when a clerk leaves
  {
    collection: 'members',
    name: 'ownerClerkId_id',
    keys: [
      ['ownerClerkId', 1],
      ['_id', 1],
    ],
  },
  // what was accounted for of a member
  {
    collection: 'audit',
    name: 'memberId_at',
    keys: [
      ['memberId', 1],
      ['at', -1],
    ],
  },
  // a member's tasks, for credit
  { collection: 'tasks', name: 'member', keys: [['memberId', 1]] },
  { collection: 'tasks', name: 'link', keys: [['link', 1]], unique: true },
  {
    collection: 'touches',
    name: 'member_at',
    keys: [
      ['memberId', 1],
      ['at', -1],
    ],
  },
  { collection: 'coupons', name: 'code', keys: [['code', 1]], unique: true },
  { collection: 'coupons', name: 'secretWord', keys: [['secretWord', 1]], unique: true },
  {
    collection: 'coupons',
    name: 'openid_claimedAt',
    keys: [
      ['openid', 1],
      ['claimedAt', -1],
    ],
  },
  // messages that wait to be sent, the earliest due first; and those that nobody could send
  {
    collection: 'outbox',
    name: 'status_due',
    keys: [
      ['status', 1],
      ['dueAt', 1],
    ],
  },
  // all shards of a pack, all branches of a campaign; and pots with takings to look at
  { collection: 'stock', name: 'of', keys: [['of', 1]] },
  { collection: 'stock', name: 'dirty', keys: [['dirty', 1]] },
  { collection: 'budgets', name: 'of', keys: [['of', 1]] },
  { collection: 'budgets', name: 'dirty', keys: [['dirty', 1]] },
  // coupons with something still to be done, and those whose hold on a budget has to be looked at
  { collection: 'coupons', name: 'owes', keys: [['owes', 1]] },
  { collection: 'coupons', name: 'heldDue', keys: [['heldDue', 1]] },
  // what was redeemed lately, for the patterns of gaming
  { collection: 'coupons', name: 'redeemed_at', keys: [['redeemed.at', 1]] },
  // a member's ledgers
  { collection: 'points', name: 'memberId', keys: [['memberId', 1]] },
  { collection: 'levels', name: 'memberId', keys: [['memberId', 1]] },
  { collection: 'surveys', name: 'memberId', keys: [['memberId', 1]] },
  // whose points or level end by the calendar
  { collection: 'members', name: 'loyaltyChangesOn', keys: [['loyaltyChangesOn', 1]] },
  // what a manager has to look at
  {
    collection: 'flags',
    name: 'branch_at',
    keys: [
      ['branchId', 1],
      ['at', -1],
    ],
  },
  { collection: 'flags', name: 'at', keys: [['at', -1]] },
  { collection: 'referrals', name: 'code', keys: [['code', 1]], unique: true },
  { collection: 'referrals', name: 'friendId', keys: [['friendId', 1]] },
  { collection: 'referrals', name: 'inviterId', keys: [['inviterId', 1]] },
  { collection: 'referrals', name: 'orderId', keys: [['orderId', 1]] },
  { collection: 'referrals', name: 'owes', keys: [['owes', 1]] },
  // coupons claimed on one phone
  { collection: 'coupons', name: 'device', keys: [['device', 1]] },
  {
    collection: 'referrals',
    name: 'state_dueAt',
    keys: [
      ['state', 1],
      ['dueAt', 1],
    ],
  },
  // what each clerk has on her hands, before a campaign gives her more
  {
    collection: 'tasks',
    name: 'arm_status_claimBy',
    keys: [
      ['arm', 1],
      ['status', 1],
      ['claimBy', 1],
    ],
  },
  // who has a birthday, whose level or points end, who runs out of something: each on one of a few days
  { collection: 'members', name: 'birthday', keys: [['birthday', 1]] },
  { collection: 'members', name: 'levelUntil', keys: [['loyalty.levelUntil', 1]] },
  { collection: 'members', name: 'pointsEndOn', keys: [['loyalty.expiring.on', 1]] },
  { collection: 'members', name: 'refillOn', keys: [['refillOn', 1]] },
  // whom a reminder may be due for, the earliest first
  { collection: 'members', name: 'remindAt', keys: [['remindAt', 1]] },
  // whom a clerk knows of one value, those greeted longest ago first
  {
    collection: 'members',
    name: 'owner_value_caredOn',
    keys: [
      ['ownerClerkId', 1],
      ['value', 1],
      ['caredOn', 1],
      ['_id', 1],
    ],
  },
  {
    collection: 'members',
    name: 'lastClerk_owner_value_caredOn',
    keys: [
      ['facts.lastClerkId', 1],
      ['ownerClerkId', 1],
      ['value', 1],
      ['caredOn', 1],
      ['_id', 1],
    ],
  },
  // care tasks whose day has passed, and those that one night gave
  {
    collection: 'tasks',
    name: 'kind_status_claimBy',
    keys: [
      ['kind', 1],
      ['status', 1],
      ['claimBy', 1],
    ],
  },
  {
    collection: 'tasks',
    name: 'kind_enteredAt',
    keys: [
      ['kind', 1],
      ['enteredAt', 1],
    ],
  },
  // messages whose sender was cut off
  {
    collection: 'outbox',
    name: 'status_lease',
    keys: [
      ['status', 1],
      ['leaseUntil', 1],
    ],
  },
  // the newest dead letters
  {
    collection: 'outbox',
    name: 'status_ended',
    keys: [
      ['status', 1],
      ['endedAt', -1],
    ],
  },
  // what was taken out lately
  { collection: 'exports', name: 'at', keys: [['at', -1]] },
  // who opted out, by how we know it
  {
    collection: 'members',
    name: 'optOut_source_id',
    keys: [
      ['optOut.source', 1],
      ['_id', 1],
    ],
  },
  // touches and tasks of a branch, by id, for an export
  {
    collection: 'touches',
    name: 'branchId_id',
    keys: [
      ['branchId', 1],
      ['_id', 1],
    ],
  },
  {
    collection: 'tasks',
    name: 'branchId_id',
    keys: [
      ['branchId', 1],
      ['_id', 1],
    ],
  },
];

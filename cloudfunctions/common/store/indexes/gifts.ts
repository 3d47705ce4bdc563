import { on } from './declaration';

/** Indexes of coupons and of all that is counted around them. */
export const GIFTS_INDEXES = [
  ...on('coupons', [
    ['memberId', { memberId: 1 }],
    ['taskId_id', { taskId: 1, _id: 1 }],
    ['code', { code: 1 }, 'unique'],
    ['secretWord', { secretWord: 1 }, 'unique'],
    ['openid_claimedAt', { openid: 1, claimedAt: -1 }],
    // coupons with something still to be done, and those whose hold on a budget has to be looked at
    ['owes', { owes: 1 }],
    ['heldDue', { heldDue: 1 }],
    // what was redeemed lately, for the patterns of gaming
    ['redeemed_at', { 'redeemed.at': 1 }],
    // coupons claimed on one phone
    ['device', { device: 1 }],
  ]),
  ...on('stock', [
    // all shards of a pack, all branches of a campaign; and pots with takings to look at
    ['of', { of: 1 }],
    ['dirty', { dirty: 1 }],
  ]),
  ...on('budgets', [
    ['of', { of: 1 }],
    ['dirty', { dirty: 1 }],
  ]),
  ...on('points', [
    // a member's ledgers
    ['memberId', { memberId: 1 }],
  ]),
  ...on('levels', [['memberId', { memberId: 1 }]]),
  ...on('surveys', [
    ['memberId', { memberId: 1 }],
    // answers that points and tasks do not know of yet
    ['owes', { owes: 1 }],
  ]),
  ...on('flags', [
    // what a manager has to look at
    ['branch_at', { branchId: 1, at: -1 }],
    ['at', { at: -1 }],
  ]),
  ...on('referrals', [
    ['code', { code: 1 }, 'unique'],
    ['friendId', { friendId: 1 }],
    ['inviterId', { inviterId: 1 }],
    ['orderId', { orderId: 1 }],
    ['owes', { owes: 1 }],
    ['state_dueAt', { state: 1, dueAt: 1 }],
  ]),
];

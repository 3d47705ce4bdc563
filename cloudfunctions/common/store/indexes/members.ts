import { on } from './declaration';

/** Indexes of members, of numbers that were merged, and of orders. */
export const MEMBERS_INDEXES = [
  ...on('members', [
    ['openid', { openid: 1 }],
    // one cell of the matrix, paged by id
    ['lifecycle_value_id', { lifecycle: 1, value: 1, _id: 1 }],
    // who is due tonight
    ['tierChangesOn_id', { tierChangesOn: 1, _id: 1 }],
    // whose rows came in and who is not placed yet
    ['waiting_id', { waiting: 1, _id: 1 }],
    // who is freed when a campaign ends
    ['campaignId', { campaignId: 1 }],
    // a member looked up by the beginning of her name
    ['name_id', { name: 1, _id: 1 }],
    // the n-th of the chain's average order values: cut-off and median
    ['aov', { 'facts.aovFen': -1 }],
    // and of the days between purchases, per value tier
    ['value_gap', { value: 1, 'facts.gapDays': 1 }],
    // who was placed by rules of before
    ['rulesVersion', { 'placement.rulesVersion': 1 }],
    // a member looked up by the end of her phone
    ['phoneTail_id', { phoneTail: 1, _id: 1 }],
    // a member looked up by her phone, and members who share one
    ['phone_hash', { 'phone.hash': 1 }],
    // members of a branch
    ['homeBranchId_id', { homeBranchId: 1, _id: 1 }],
    // whose members go to a colleague when a clerk leaves
    ['ownerClerkId_id', { ownerClerkId: 1, _id: 1 }],
    // whose points or level end by the calendar
    ['loyaltyChangesOn', { loyaltyChangesOn: 1 }],
    // who has a birthday, whose level or points end, who runs out of something: each on one of a few days
    ['birthday_id', { birthday: 1, _id: 1 }],
    ['levelUntil_id', { 'loyalty.levelUntil': 1, _id: 1 }],
    ['pointsEndOn_id', { 'loyalty.expiring.on': 1, _id: 1 }],
    ['refillOn_id', { refillOn: 1, _id: 1 }],
    // whom a reminder may be due for, the earliest first
    ['remindAt', { remindAt: 1 }],
    // whom a clerk knows of one value, those greeted longest ago first
    ['owner_value_caredOn', { ownerClerkId: 1, value: 1, caredOn: 1, _id: 1 }],
    [
      'lastClerk_owner_value_caredOn',
      { 'facts.lastClerkId': 1, ownerClerkId: 1, value: 1, caredOn: 1, _id: 1 },
    ],
    // who opted out, by how we know it
    ['optOut_source_id', { 'optOut.source': 1, _id: 1 }],
  ]),
  ...on('merges', [
    // numbers that live on in a member, and merges that were cut off
    ['into', { into: 1 }],
    ['state_at', { state: 1, at: 1 }],
  ]),
  ...on('orders', [['memberId_id', { memberId: 1, _id: 1 }]]),
];

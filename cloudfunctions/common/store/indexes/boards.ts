import { on } from './declaration';

/** Indexes of what the boards are counted into. */
export const BOARDS_INDEXES = [
  ...on('cells', [
    // the cells of a campaign, of a week or month, and of a branch
    ['campaignId_id', { campaignId: 1, _id: 1 }],
    ['periods_id', { periods: 1, _id: 1 }],
    ['branchId_id', { branchId: 1, _id: 1 }],
  ]),
  ...on('boards', [
    // boards to be ranked; a board's pages, and the page on which a unit stands
    ['stale', { stale: 1 }],
    ['key_by_page', { key: 1, by: 1, page: 1 }],
    ['unitIds_key', { unitIds: 1, key: 1 }],
  ]),
  ...on('reviews', [
    // what a branch has agreed on
    ['branchId_dueOn', { branchId: 1, dueOn: 1 }],
  ]),
];

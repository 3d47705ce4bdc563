import type { Collections } from '../documents';
import { BOARDS_INDEXES } from './boards';
import { CHAIN_INDEXES } from './chain';
import type { IndexDeclaration } from './declaration';
import { GIFTS_INDEXES } from './gifts';
import { MEMBERS_INDEXES } from './members';
import { OUTREACH_INDEXES } from './outreach';

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
  ...CHAIN_INDEXES,
  ...MEMBERS_INDEXES,
  ...OUTREACH_INDEXES,
  ...GIFTS_INDEXES,
  ...BOARDS_INDEXES,
];

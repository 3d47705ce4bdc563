import type { ScopeRole } from '../common/entry/scope';

/** Who manages: a branch, or the chain. */
export const BOSSES: readonly ScopeRole[] = ['hq', 'manager'];

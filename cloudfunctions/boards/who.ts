import type { Scope, ScopeRole } from '../common/entry/scope';

/** Who manages: a branch, or the chain. */
export const BOSSES: readonly ScopeRole[] = ['hq', 'manager'];

/** 导出权: a right of its own, given by headquarters; until it is given to anybody, nobody exports. */
export function mayExport({ role, staff }: Scope): boolean {
  return BOSSES.includes(role) && staff?.mayExport === true;
}

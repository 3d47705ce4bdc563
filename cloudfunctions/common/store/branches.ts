import type { BranchDoc } from './documents';
import { PAGE_LIMIT, table } from './table';

/** Which of these branches are known. One call. @param ids at most 1000 */
export async function knownBranches(ids: readonly string[]): Promise<Set<string>> {
  return table('branches').known(ids);
}

/** Adds those that are still missing; somebody else adding the same one is no matter. */
export async function addBranches(branches: readonly BranchDoc[]): Promise<void> {
  await table('branches').addMissing(branches);
}

/** All branches, closed ones too, by number. One call for each 1000. */
export async function allBranches(): Promise<BranchDoc[]> {
  return table('branches').all({}, PAGE_LIMIT);
}

/** One call. */
export function countBranches(): Promise<number> {
  return table('branches').count({ active: true });
}

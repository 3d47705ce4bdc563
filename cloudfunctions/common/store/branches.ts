import { table } from './table';

/** Branches that are open. One call. */
export function countBranches(): Promise<number> {
  return table('branches').count({ active: true });
}

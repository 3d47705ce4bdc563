import { PAGE_LIMIT, table } from './table';
import type { StaffDoc } from './documents';

/** A clerk who can be given work. */
export type WorkingClerk = StaffDoc & { branchId: string };

/** All clerks at work, by id. One call for each 1000. */
export async function workingClerks(): Promise<WorkingClerk[]> {
  const clerks = await table('staff').all({ role: 'clerk', active: true }, PAGE_LIMIT);
  return clerks.filter((clerk): clerk is WorkingClerk => clerk.branchId !== null);
}

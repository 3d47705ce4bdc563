import { uniqBy } from 'lodash-es';
import { PAGE_LIMIT, table } from './table';
import type { StaffDoc } from './documents';

/** A clerk who can be given work. */
export type WorkingClerk = StaffDoc & { branchId: string };

/** All clerks at work, by id. One call for each 1000. */
export async function workingClerks(): Promise<WorkingClerk[]> {
  const clerks = await table('staff').all({ role: 'clerk', active: true }, PAGE_LIMIT);
  return clerks.filter((clerk): clerk is WorkingClerk => clerk.branchId !== null);
}

/** Everybody who is or was staff, by id. One call for each 1000. */
export function allStaff(): Promise<StaffDoc[]> {
  return table('staff').all({}, PAGE_LIMIT);
}

/** Who works or worked in a branch, as the main one or besides. Two calls. */
export async function staffOfBranch(branchId: string): Promise<StaffDoc[]> {
  const [there, alsoThere] = await Promise.all([
    table('staff').all({ branchId }, PAGE_LIMIT),
    table('staff').all({ alsoBranchIds: branchId }, PAGE_LIMIT),
  ]);
  return uniqBy([...there, ...alsoThere], '_id');
}

/** How many work in a branch now. Two calls. */
export async function countStaffOf(branchId: string): Promise<number> {
  const staff = await staffOfBranch(branchId);
  return staff.filter((one) => one.active).length;
}

/** HQ accounts that stand. One call. */
export function countHq(): Promise<number> {
  return table('staff').count({ role: 'hq', active: true });
}

/** Everybody who is or was HQ, read at one instant. One call. */
export function hqRecords(): Promise<StaffDoc[]> {
  return table('staff').page({ where: { role: 'hq' }, limit: PAGE_LIMIT });
}

/** All records of one account, the standing one and those it left. One call. */
export function recordsOf(openid: string): Promise<StaffDoc[]> {
  return table('staff').page({ where: { openid }, limit: PAGE_LIMIT });
}

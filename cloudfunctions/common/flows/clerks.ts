import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { NamedClerk } from '../../../miniprogram/domain/outreach/assign';
import { branchesNamed } from '../store/remembered';
import { workingClerks } from '../store/staff';

/** The clerks who can be given members, with their names and branches. Two calls, one while warm. */
export async function namedClerks(now: Ms): Promise<NamedClerk[]> {
  const clerks = await workingClerks();
  const branches = await branchesNamed(
    clerks.map((clerk) => clerk.branchId),
    now,
  );
  return clerks.map(({ _id, name, branchId }) => ({
    clerkId: _id,
    name,
    branchId,
    branchName: branches.get(branchId)?.name ?? branchId,
  }));
}

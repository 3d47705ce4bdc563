import { dayOf } from '../../../miniprogram/domain/kernel/day';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import type { NamedClerk } from '../../../miniprogram/domain/outreach/assign';
import { isAway } from '../../../miniprogram/domain/outreach/regroup';
import { branchesOf } from '../store/clerks';
import { branchesNamed } from '../store/remembered';
import { workingClerks } from '../store/staff';

/**
 * The clerks who can be given members, with their names, once for each branch they work in. Two calls, one while warm.
 *
 * @param startsOn the day the work begins: who is still away then is left out
 */
export async function namedClerks(now: Ms, startsOn: Day): Promise<NamedClerk[]> {
  const today = dayOf(now);
  const from = startsOn > today ? startsOn : today;
  const clerks = (await workingClerks()).filter((clerk) => !isAway(clerk.awayUntil, from));
  const branches = await branchesNamed(clerks.flatMap(branchesOf), now);
  return clerks.flatMap((clerk) =>
    branchesOf(clerk).map((branchId) => ({
      clerkId: clerk._id,
      name: clerk.name,
      branchId,
      branchName: branches.get(branchId)?.name ?? branchId,
    })),
  );
}

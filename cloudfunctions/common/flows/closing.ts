import { dayOf } from '../../../miniprogram/domain/kernel/day';
import { allFree } from '../store/campaignActs';
import { closeLeftOver, freeSome } from '../store/cycles';
import type { CampaignDoc } from '../store/documents';

const PAGE = 500;

/**
 * Sets the members of an ended campaign free, page by page, and closes what was open of its tasks. Cut off anywhere it
 * goes on with those who are still in it; several at once do no harm.
 *
 * @returns whether all are free
 */
export async function freeMembers(
  { _id, closedAt, plan }: CampaignDoc,
  isTimeUp: () => boolean,
): Promise<boolean> {
  const endedOn = closedAt === undefined ? plan.endsOn : dayOf(closedAt);
  while (await freeSome(_id, endedOn, PAGE)) {
    if (isTimeUp()) return false;
  }
  await closeLeftOver(_id);
  return allFree(_id);
}

import type { Day } from '../../../miniprogram/domain/kernel/day';
import { command, PAGE_LIMIT, table } from './table';

/**
 * A member leaves the campaign she is in (唤醒周期结束); one who is in another already, or in none, stays as she is. One
 * call. @returns whether she left now
 */
export function leaveCampaign(memberId: string, campaignId: string, endedOn: Day): Promise<boolean> {
  return table('members').changeIf(
    { _id: memberId, campaignId },
    { campaignId: null, lastCycle: { campaignId, endedOn } },
  );
}

/**
 * Her purchase was taken back and her task goes on: she is in the campaign again, unless another has her. One or two
 * calls. @returns whether she is in it
 */
export async function comeBack(memberId: string, campaignId: string): Promise<boolean> {
  if (await table('members').changeIf({ _id: memberId, campaignId: null }, { campaignId })) return true;
  return (await table('members').count({ _id: memberId, campaignId })) > 0;
}

/**
 * She wants no more of it: her tasks that somebody still works on are closed and she leaves. Repeating it finds nothing
 * to do. Two calls.
 */
export async function endHerCycle(memberId: string, campaignId: string | null, on: Day): Promise<void> {
  if (campaignId === null) return;
  await table('tasks').changeAll(
    { memberId, campaignId, status: command().in(['open', 'contacted']) },
    { status: 'closed' },
  );
  await leaveCampaign(memberId, campaignId, on);
}

/** The same for a member of whom only the number is known. One to three calls. */
export async function endCycleOf(memberId: string, on: Day): Promise<void> {
  const [member] = await table('members').page({
    where: { _id: memberId },
    limit: 1,
    fields: ['campaignId'],
  });
  await endHerCycle(memberId, member?.campaignId ?? null, on);
}

/**
 * Sets a page of a campaign's members free and closes what is open of their tasks. Tasks first: a member who is free may
 * come into another campaign, and must not be on two lists. Three calls.
 *
 * @returns whether there may be more
 */
export async function freeSome(campaignId: string, endedOn: Day, limit: number): Promise<boolean> {
  const _ = command();
  const members = await table('members').page({ where: { campaignId }, limit, fields: ['_id'] });
  if (members.length === 0) return false;
  const ids = members.map((member) => member._id);
  await table('tasks').changeAll(
    { _id: _.in(ids.map((id) => `${campaignId}:${id}`)), status: _.in(['open', 'contacted']) },
    { status: 'closed' },
  );
  await table('members').changeAll(
    { _id: _.in(ids), campaignId },
    { campaignId: null, lastCycle: { campaignId, endedOn } },
  );
  return members.length === Math.min(limit, PAGE_LIMIT);
}

/** Tasks of members who had left before the end, and were not finished: a refund, a merge. One call. */
export function closeLeftOver(campaignId: string): Promise<number> {
  return table('tasks').changeAll(
    { campaignId, status: command().in(['open', 'contacted']) },
    { status: 'closed' },
  );
}

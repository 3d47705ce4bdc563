import type { Lifecycle, Value } from '../../../miniprogram/domain/membership/types';
import type { MemberDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';

/** A member as far as taking her into a campaign needs. */
export type AudienceMember = Pick<
  MemberDoc,
  | '_id'
  | 'name'
  | 'phoneTail'
  | 'homeBranchId'
  | 'ownerClerkId'
  | 'lifecycle'
  | 'value'
  | 'quiet'
  | 'touches'
  | 'optOut'
  | 'campaignId'
> & { facts: Omit<MemberDoc['facts'], 'year'> };

/** Members of one lifecycle and value by id, behind `after`. One call. */
export function audiencePage(
  cell: { lifecycle: Lifecycle; value: Value },
  after: string,
  limit: number,
): Promise<AudienceMember[]> {
  return table('members').page({
    where: { ...cell, _id: command().gt(after) },
    orderBy: [['_id', 'asc']],
    limit,
    fields: [
      'name',
      'phoneTail',
      'homeBranchId',
      'ownerClerkId',
      'lifecycle',
      'value',
      'quiet',
      'touches',
      'optOut',
      'campaignId',
      'facts.paidOrders',
      'facts.lastPaidOn',
      'facts.unpaidOn',
      'facts.lastVisitOn',
      'facts.lastBranchId',
      'facts.lastClerkId',
    ],
  });
}

/**
 * Takes members into a campaign, all of them who are in no other running one. Two calls.
 *
 * @param running ids of other campaigns that still launch or run
 * @returns those who are in it now, also from an earlier try
 */
export async function enrol(
  memberIds: readonly string[],
  campaignId: string,
  running: readonly string[],
): Promise<Set<string>> {
  if (memberIds.length === 0) return new Set();
  const _ = command();
  const members = table('members');
  await members.changeAll({ _id: _.in([...memberIds]), campaignId: _.nin([...running]) }, { campaignId });
  const enrolled = await members.page({
    where: { _id: _.in([...memberIds]), campaignId },
    limit: PAGE_LIMIT,
    fields: ['_id'],
  });
  return new Set(enrolled.map((member) => member._id));
}

import type { Lifecycle, Value } from '../../../miniprogram/domain/membership/types';
import type { BranchDoc, MemberDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';
import type { Condition } from './table';

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
  | 'openid'
  | 'campaignId'
  | 'lastCycle'
  | 'place'
> & { facts: Omit<MemberDoc['facts'], 'year'> };

/** A field of the matrix. */
export interface Cell {
  lifecycle: Lifecycle;
  value: Value;
}

/** What tags are read from, only where a plan asks for them. */
const TAG_FIELDS = ['facts.paidFen', 'facts.ordersWithCoupon', 'facts.categories', 'place'] as const;

/** Members of one lifecycle and value by id, behind `after`. One call. */
export function audiencePage(
  cell: Cell,
  after: string,
  limit: number,
  withTags: boolean,
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
      'openid',
      'campaignId',
      'lastCycle',
      'facts.paidOrders',
      'facts.lastPaidOn',
      'facts.unpaidOn',
      'facts.lastVisitOn',
      'facts.lastBranchId',
      'facts.lastClerkId',
      ...(withTags ? TAG_FIELDS : []),
    ],
  });
}

/**
 * How many members stand in a field of the matrix, in some branches or in all. One call, counted by the index.
 *
 * @param branchIds those in which a member was served last, or which are her home where she never was
 */
export function countAudience(cell: Cell, branchIds: readonly string[] | null): Promise<number> {
  if (branchIds === null) return table('members').count({ ...cell });
  const _ = command();
  const there = _.in([...branchIds]);
  return table('members').count(
    _.and([
      cell,
      _.or([{ 'facts.lastBranchId': there }, { 'facts.lastBranchId': null, homeBranchId: there }]),
    ]) as unknown as Condition<MemberDoc>,
  );
}

/**
 * Takes members into a campaign, all of them who are in no other running one. One call when they all are free, else two.
 *
 * @param running ids of other campaigns whose members belong to them
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
  const changed = await members.changeAll(
    { _id: _.in([...memberIds]), campaignId: _.nin([...running, campaignId]) },
    { campaignId },
  );
  if (changed === memberIds.length) return new Set(memberIds);
  const enrolled = await members.page({
    where: { _id: _.in([...memberIds]), campaignId },
    limit: PAGE_LIMIT,
    fields: ['_id'],
  });
  return new Set(enrolled.map((member) => member._id));
}

/** A few hundred members name every category that matters. */
const ASKED_FOR_CATEGORIES = 300;

/** Categories members prefer, the most frequent first, read from some of them; for a list to choose from. One call. */
export async function someCategories(): Promise<string[]> {
  const members = await table('members').page({ limit: ASKED_FOR_CATEGORIES, fields: ['facts.categories'] });
  const counts = new Map<string, number>();
  for (const { facts } of members) {
    const name = facts?.categories?.[0]?.name;
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 12)
    .map(([name]) => name);
}

/** Branches that are open, by id, at most 1000. One call. */
export function openBranches(): Promise<Pick<BranchDoc, '_id' | 'name'>[]> {
  return table('branches').page({
    where: { active: true },
    orderBy: [['_id', 'asc']],
    limit: PAGE_LIMIT,
    fields: ['name'],
  });
}

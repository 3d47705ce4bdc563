import type { Day } from '../../../miniprogram/domain/kernel/day';
import { command, PAGE_LIMIT, table } from './table';

/** So many of her former clerks are remembered. */
const KEPT_OWNERS = 12;

/** The first members of a clerk (专属导购), by id. One call. */
export async function membersOwnedBy(clerkId: string, limit: number): Promise<string[]> {
  const found = await table('members').page({
    where: { ownerClerkId: clerkId },
    orderBy: [['_id', 'asc']],
    limit,
    fields: ['_id'],
  });
  return found.map((member) => member._id);
}

/** One call. */
export function countOwnedBy(clerkId: string): Promise<number> {
  return table('members').count({ ownerClerkId: clerkId });
}

/** How many members each of these clerks has. One call over their members. */
export async function memberLoads(clerkIds: readonly string[]): Promise<Record<string, number>> {
  if (clerkIds.length === 0) return {};
  const _ = command();
  const rows = await table('members').aggregate<{ _id: string; members: number }>((from) =>
    from
      .match({ ownerClerkId: _.in([...clerkIds]) })
      .group({ _id: '$ownerClerkId', members: _.aggregate.sum(1) })
      .limit(PAGE_LIMIT),
  );
  return Object.fromEntries(rows.map(({ _id, members }) => [_id, members]));
}

/** Whose these members are; at most 1000. One call. */
export async function ownersOf(memberIds: readonly string[]): Promise<Map<string, string | null>> {
  const found = await table('members').page({
    where: { _id: command().in([...memberIds]) },
    limit: PAGE_LIMIT,
    fields: ['ownerClerkId'],
  });
  return new Map(found.map((member) => [member._id, member.ownerClerkId]));
}

/** Gives members who are still hers to a colleague, and keeps in each whose she was. One call. */
export async function giveMembers(
  memberIds: readonly string[],
  from: string,
  to: string | null,
  until: Day,
): Promise<void> {
  const _ = command();
  await table('members').changeAll(
    { _id: _.in([...memberIds]), ownerClerkId: from },
    { ownerClerkId: to, owners: _.push({ each: [{ clerkId: from, until }], slice: -KEPT_OWNERS }) },
  );
}

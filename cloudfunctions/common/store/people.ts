import type { MemberDoc, MergeDoc } from './documents';
import { LISTED_FIELDS } from './members';
import type { ListedMember } from './members';
import { command, PAGE_LIMIT, table } from './table';
import type { Condition } from './table';

/** Where merged numbers live on; those that were never merged are missing. One call. @param ids at most 1000 */
export async function mergesOf(ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const merges = await table('merges').page({
    where: { _id: command().in([...ids]) },
    limit: PAGE_LIMIT,
    fields: ['into'],
  });
  return new Map(merges.map(({ _id, into }) => [_id, into]));
}

/** Phone hash → the member who has it, the smallest id where several do. One call for each 500. */
export async function membersByPhone(hashes: readonly string[]): Promise<Map<string, string>> {
  const byHash = new Map<string, string>();
  for (let from = 0; from < hashes.length; from += 500) {
    const asked = hashes.slice(from, from + 500);
    for (const { _id, phone } of await table('members').all(
      { 'phone.hash': command().in(asked) },
      PAGE_LIMIT,
      ['phone.hash'],
    )) {
      if (phone && !byHash.has(phone.hash)) byHash.set(phone.hash, _id);
    }
  }
  return byHash;
}

/** Who has this phone, by any of its hashes, the smallest id first; at most three, for more are as good as many. One call. */
export function holdersOfPhone(hashes: readonly string[]): Promise<MemberDoc[]> {
  return table('members').page({ where: { 'phone.hash': command().in([...hashes]) }, limit: 3 });
}

/**
 * Merges that forbid one of `goneId` into `keepId`: the kept one is going herself, or somebody is just moving into the
 * one that goes. One call.
 */
export function mergesInTheWay(keepId: string, goneId: string): Promise<number> {
  const _ = command();
  const where = _.or([{ _id: keepId }, { into: goneId, state: 'moving' }]);
  return table('merges').count(where as unknown as Condition<MergeDoc>);
}

/** Merges that were cut off, and ended ones that are to be swept once more; twenty at a time. One call. */
export function unsettledMerges(movingBefore: number, sweptBefore: number): Promise<MergeDoc[]> {
  const _ = command();
  const where = _.or([
    { state: 'moving', at: _.lt(movingBefore) },
    { state: 'swept', at: _.lt(sweptBefore) },
  ]);
  return table('merges').page({
    where: where as unknown as Condition<MergeDoc>,
    orderBy: [['at', 'asc']],
    limit: 20,
  });
}

/** Phone hashes behind `after` that more than one member has, by hash. One call. */
export async function sharedPhones(after: string, limit: number): Promise<string[]> {
  const _ = command();
  const rows = await table('members').aggregate<{ _id: string }>((from) =>
    from
      .match({ 'phone.hash': _.gt(after) })
      .group({ _id: '$phone.hash', members: _.aggregate.sum(1) })
      .match({ members: _.gt(1) })
      .sort({ _id: 1 })
      .limit(limit),
  );
  return rows.map(({ _id }) => _id);
}

/** Members who have one of these phones, as a list shows them. One call for each 1000. */
export function membersWithPhones(
  hashes: readonly string[],
): Promise<(ListedMember & { phone?: { hash: string } })[]> {
  return table('members').all({ 'phone.hash': command().in([...hashes]) }, PAGE_LIMIT, [
    ...LISTED_FIELDS,
    'phone.hash',
  ]) as Promise<(ListedMember & { phone?: { hash: string } })[]>;
}

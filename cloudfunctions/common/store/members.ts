import type { Day } from '../../../miniprogram/domain/kernel/day';
import type { Lifecycle, Value } from '../../../miniprogram/domain/membership/types';
import type { MemberDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';

/** A member as far as computing her anew from her orders needs. */
export type MemberToPlace = Pick<
  MemberDoc,
  | '_id'
  | 'visitDays'
  | 'browseDays'
  | 'homeBranchId'
  | 'homeFromOrders'
  | 'tieredAt'
  | 'waiting'
  | 'browsedAt'
  | 'optOut'
  | 'loyalty'
> & { facts: Pick<MemberDoc['facts'], 'year'> };

/** One call. @param ids at most 1000 */
export function membersToPlace(ids: readonly string[]): Promise<MemberToPlace[]> {
  return table('members').page({
    where: { _id: command().in([...ids]) },
    limit: PAGE_LIMIT,
    fields: [
      'visitDays',
      'browseDays',
      'homeBranchId',
      'homeFromOrders',
      'tieredAt',
      'waiting',
      'browsedAt',
      'optOut',
      'loyalty',
      'facts.year',
    ],
  });
}

/** Members whose rows came in and who are not placed yet. One call. */
export async function waitingMembers(limit: number): Promise<string[]> {
  const members = await table('members').page({
    where: { waiting: command().gt(0) },
    orderBy: [
      ['waiting', 'asc'],
      ['_id', 'asc'],
    ],
    limit,
    fields: ['_id'],
  });
  return members.map((member) => member._id);
}

/** One call. */
export function countDue(today: Day): Promise<number> {
  return table('members').count({ tierChangesOn: command().lte(today) });
}

/** One call. */
export function countWaiting(): Promise<number> {
  return table('members').count({ waiting: command().gt(0) });
}

/** One call. */
export function countMembers(): Promise<number> {
  return table('members').count({});
}

/** Asks for these members to be placed anew. One call. @param ids at most 1000 */
export async function awaitPlacing(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await table('members').changeAll({ _id: command().in([...ids]) }, { waiting: command().inc(1) });
}

export interface CellCount {
  lifecycle: Lifecycle;
  value: Value;
  members: number;
  waiting: number;
}

/** How many members stand in each field of lifecycle × value. One call. */
export async function countCells(): Promise<CellCount[]> {
  const $ = command().aggregate;
  const rows = await table('members').aggregate<{
    _id: { lifecycle: Lifecycle; value: Value };
    members: number;
    waiting: number;
  }>((from) =>
    from
      .group({
        _id: { lifecycle: '$lifecycle', value: '$value' },
        members: $.sum(1),
        waiting: $.sum($.cond({ if: $.gt(['$waiting', 0]), then: 1, else: 0 })),
      })
      .limit(PAGE_LIMIT),
  );
  return rows.map(({ _id, ...counts }) => ({ ..._id, ...counts }));
}

/** A member bound to a WeChat account; null when none is. One call. */
export async function memberOf(openid: string): Promise<Pick<MemberDoc, '_id' | 'name'> | null> {
  const [member] = await table('members').page({ where: { openid }, limit: 1, fields: ['name'] });
  return member ?? null;
}

/** A member as a list shows her. */
export type ListedMember = Pick<
  MemberDoc,
  '_id' | 'name' | 'phoneTail' | 'homeBranchId' | 'lifecycle' | 'value' | 'facts'
>;

export const LISTED_FIELDS = [
  'name',
  'phoneTail',
  'homeBranchId',
  'lifecycle',
  'value',
  'facts.lastPaidOn',
  'facts.lastBranchId',
] as const;

/**
 * Members of one field of the matrix by id, behind `after`. One call.
 *
 * @param ask.search the beginning of a name, a member number or four last digits of a phone; empty = all
 * @param ask.phoneHashes of a whole phone that is searched for
 */
export function listMembers(
  ask: {
    lifecycle?: Lifecycle | undefined;
    value?: Value | undefined;
    search: string;
    phoneHashes?: readonly string[] | undefined;
    after: string;
  },
  limit: number,
): Promise<ListedMember[]> {
  const _ = command();
  const where: Record<string, unknown> = { _id: _.gt(ask.after) };
  if (ask.lifecycle) where['lifecycle'] = ask.lifecycle;
  if (ask.value) where['value'] = ask.value;
  // A range finds a beginning by the index; a pattern would read every name. U+FFFF is behind every letter.
  const found = ask.search
    ? _.and([
        where,
        _.or([
          { name: _.and(_.gte(ask.search), _.lt(`${ask.search}\uffff`)) },
          { _id: ask.search },
          { phoneTail: ask.search },
          ...(ask.phoneHashes ?? []).map((hash) => ({ 'phone.hash': hash })),
        ]),
      ])
    : where;
  return table('members').page({
    where: found as Record<string, unknown>,
    orderBy: [['_id', 'asc']],
    limit,
    fields: [...LISTED_FIELDS],
  });
}

/**
 * A new placement for a member, if she is still as she was read. One call. @returns false when she is not
 *
 * @param loyaltyDueOn her level may have moved with it: the next pulse from that day on reads her ledgers again. Counted in
 * the revision of her loyalty, so that a reading under way, by her purchases of before, does not win
 */
export function placeIfUnchanged(
  read: Pick<MemberDoc, '_id' | 'tieredAt' | 'waiting'>,
  change: Partial<MemberDoc>,
  now: number,
  loyaltyDueOn: Day | null = null,
): Promise<boolean> {
  return table('members').changeIf(
    { _id: read._id, tieredAt: read.tieredAt, waiting: read.waiting },
    // Later than what was read even on a slower clock, so that whoever read the same cannot win as well.
    {
      ...change,
      tieredAt: Math.max(now, read.tieredAt + 1),
      ...(loyaltyDueOn === null ? {} : { loyaltyChangesOn: loyaltyDueOn, loyaltyRevision: command().inc(1) }),
    },
  );
}

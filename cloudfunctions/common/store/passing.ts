import { get, groupBy, isEqual } from 'lodash-es';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import type { MemberDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';
import type { Condition } from './table';

/** A member as far as placing her by the facts she carries needs. */
export type PlacedMember = Pick<MemberDoc, '_id' | 'facts' | 'placement' | 'tieredAt' | 'waiting'>;

/** What the rules read of the facts, and no more: a pass over all members reads every one of them. */
const RULED_FACTS = [
  'facts.paidOrders',
  'facts.unpricedOrders',
  'facts.paidFen',
  'facts.lastPaidOn',
  'facts.year',
  'facts.unpaidOn',
  'facts.visits',
  'facts.browses',
] as const;
const PLACED_FIELDS = [...RULED_FACTS, 'placement', 'tieredAt', 'waiting'] as const;
/** The same and what a sentence about her needs. */
const EXPLAINED_FIELDS = [...RULED_FACTS, 'facts.lastVisitOn', 'facts.lastBrowseOn', 'placement'] as const;

/** Members behind an id, up to and with `to` where one is given, by id. One call. */
export function membersBehind(id: string, to: string | null, limit: number): Promise<PlacedMember[]> {
  const _ = command();
  return table('members').page({
    where: { _id: to === null ? _.gt(id) : _.and(_.gt(id), _.lte(to)) },
    orderBy: [['_id', 'asc']],
    limit,
    fields: [...PLACED_FIELDS],
  });
}

/** A member as a comparison of rules shows her. */
export type ComparedMember = Pick<MemberDoc, '_id' | 'name' | 'phoneTail' | 'facts' | 'placement'>;

/** One call. */
export function membersToCompare(after: string, limit: number): Promise<ComparedMember[]> {
  return table('members').page({
    where: { _id: command().gt(after) },
    orderBy: [['_id', 'asc']],
    limit,
    fields: ['name', 'phoneTail', ...EXPLAINED_FIELDS],
  });
}

/** One call. @param ids at most 1000 */
export function placedMembers(ids: readonly string[]): Promise<PlacedMember[]> {
  return table('members').page({
    where: { _id: command().in([...ids]) },
    limit: PAGE_LIMIT,
    fields: [...PLACED_FIELDS],
  });
}

const duePage = (where: Condition<MemberDoc>, limit: number): Promise<PlacedMember[]> =>
  table('members').page({
    where,
    orderBy: [
      ['tierChangesOn', 'asc'],
      ['_id', 'asc'],
    ],
    limit,
    fields: [...PLACED_FIELDS],
  });

/**
 * Members whom the calendar moves by `today`, longest due first, behind the place named by day and id. One call, or two
 * where a page goes over the end of a day: each follows the index, which an `or` of both would not.
 */
export async function dueBehind(
  place: { on: Day; id: string } | null,
  today: Day,
  limit: number,
): Promise<PlacedMember[]> {
  const _ = command();
  if (!place) return duePage({ tierChangesOn: _.lte(today) }, limit);
  const sameDay = await duePage({ tierChangesOn: place.on, _id: _.gt(place.id) }, limit);
  if (sameDay.length === limit || place.on >= today) return sameDay;
  const later = await duePage({ tierChangesOn: _.and(_.gt(place.on), _.lte(today)) }, limit - sameDay.length);
  return [...sameDay, ...later];
}

/** Members whom rules of before have placed. One call. */
export function placedByOlder(rulesVersion: number, limit: number): Promise<PlacedMember[]> {
  return table('members').page({
    where: { 'placement.rulesVersion': command().lt(rulesVersion) },
    limit,
    fields: [...PLACED_FIELDS],
  });
}

/** One call. */
export function countPlacedByOlder(rulesVersion: number): Promise<number> {
  return table('members').count({ 'placement.rulesVersion': command().lt(rulesVersion) });
}

/** The id of the n-th member by id, the first being 1. One call, which the order of ids alone answers. */
export async function idAt(rank: number): Promise<string | null> {
  return (await table('members').nth({ orderBy: [['_id', 'asc']], fields: ['_id'] }, rank))?._id ?? null;
}

type Read = Pick<MemberDoc, '_id' | 'tieredAt' | 'waiting'>;

/** Members a pass has placed share one instant, so a condition usually has few branches; the request stays small. */
const MOST_BRANCHES = 150;

/** The members in portions of at most 1000 and 150 different readings, with the condition that they are as they were read. */
function asTheyWereRead<T extends Read>(read: readonly T[]): { where: Condition<MemberDoc>; members: T[] }[] {
  const _ = command();
  const readings = Object.values(groupBy(read, ({ tieredAt, waiting }) => `${tieredAt} ${waiting}`));
  const portions: T[][][] = [];
  for (const reading of readings) {
    const last = portions.at(-1);
    const size = (last ?? []).reduce((sum, members) => sum + members.length, 0);
    if (last && last.length < MOST_BRANCHES && size + reading.length <= PAGE_LIMIT) last.push(reading);
    else portions.push([reading]);
  }
  return portions.map((portion) => {
    const branches = portion.map((members) => ({
      _id: _.in(members.map(({ _id }) => _id)),
      tieredAt: members[0]?.tieredAt,
      waiting: members[0]?.waiting,
    }));
    const [only] = branches;
    return {
      where: (branches.length === 1 ? only : _.or(branches)) as Condition<MemberDoc>,
      members: portion.flat(),
    };
  });
}

/**
 * The same new placement for many members, each only if she is still as she was read. One call for up to 1000 of them,
 * and one more when somebody was faster.
 *
 * @param change paths and values; the same for all
 * @returns ids of those who were not as they were read
 */
export async function placeAllIfUnchanged(
  read: readonly Read[],
  change: Record<string, unknown>,
  now: Ms,
): Promise<string[]> {
  const lost: string[] = [];
  for (const { where, members } of asTheyWereRead(read)) {
    // Later than what was read of any of them, so that whoever read the same cannot win as well.
    const tieredAt = members.reduce((latest, one) => Math.max(latest, one.tieredAt + 1), now);
    const written = { ...change, tieredAt };
    if ((await table('members').changeAll(where, written)) === members.length) continue;
    const standing = await placedMembers(members.map(({ _id }) => _id));
    const isOurs = (one: PlacedMember) =>
      one.tieredAt === tieredAt &&
      Object.entries(written).every(
        ([path, value]) => !path.startsWith('placement.') || isEqual(get(one, path), value),
      );
    const ours = new Set(standing.filter(isOurs).map(({ _id }) => _id));
    lost.push(...members.map(({ _id }) => _id).filter((id) => !ours.has(id)));
  }
  return lost;
}

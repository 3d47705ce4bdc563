import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import type { Value } from '../../../miniprogram/domain/membership/types';
import type { MemberDoc } from './documents';
import { membersOn } from './memberDays';
import type { DayPage, MemberDay } from './memberDays';
import { command, PAGE_LIMIT, table } from './table';
import type { Condition } from './table';

/** A member as far as giving her a care task needs. */
export type CareMember = Pick<
  MemberDoc,
  | '_id'
  | 'name'
  | 'phoneTail'
  | 'birthday'
  | 'homeBranchId'
  | 'ownerClerkId'
  | 'lifecycle'
  | 'value'
  | 'quiet'
  | 'touches'
  | 'answeredAt'
  | 'optOut'
  | 'loyalty'
  | 'tieredAt'
  | 'careTask'
  | 'remindAt'
  | 'browsedAt'
> & { facts: MemberDoc['facts'] };

const CARE_FIELDS = [
  'name',
  'phoneTail',
  'birthday',
  'homeBranchId',
  'ownerClerkId',
  'lifecycle',
  'value',
  'quiet',
  'touches',
  'answeredAt',
  'optOut',
  'loyalty',
  'tieredAt',
  'careTask',
  'remindAt',
  'browsedAt',
  'facts.paidOrders',
  'facts.lastPaidOn',
  'facts.unpaidOn',
  'facts.lastVisitOn',
  'facts.lastBranchId',
  'facts.lastClerkId',
  'facts.categories',
] as const;

/** Members for whom something of theirs ends or runs out on a day. One call. */
export function careMembersOn(field: MemberDay, page: DayPage): Promise<CareMember[]> {
  return membersOn<CareMember>(field, page, [...CARE_FIELDS]);
}

/**
 * Members born on one of these dates, by date and then by id, behind a place: all the days of a fortnight are hundreds of
 * dates of birth, with a few members each. One call, two where the page goes beyond the date it begins with.
 */
export async function careMembersBorn(
  dates: readonly Day[],
  behind: { on: Day; id: string } | null,
  limit: number,
): Promise<CareMember[]> {
  const _ = command();
  const rest = dates.filter((date) => behind === null || date > behind.on);
  const page = (where: Condition<MemberDoc>, most: number): Promise<CareMember[]> =>
    table('members').page({
      where,
      orderBy: [
        ['birthday', 'asc'],
        ['_id', 'asc'],
      ],
      limit: most,
      fields: [...CARE_FIELDS],
    });
  const here = behind ? await page({ birthday: behind.on, _id: _.gt(behind.id) }, limit) : [];
  if (here.length === limit || rest.length === 0) return here;
  return [...here, ...(await page({ birthday: _.in(rest) }, limit - here.length))];
}

/** One call. @param ids at most 1000 */
export function careMembers(ids: readonly string[]): Promise<CareMember[]> {
  return table('members').page({
    where: { _id: command().in([...ids]) },
    limit: PAGE_LIMIT,
    fields: [...CARE_FIELDS],
  });
}

/** Members for whom a reminder may be due, the earliest first. One call. */
export function membersToRemind(now: Ms, limit: number): Promise<CareMember[]> {
  return table('members').page({
    where: { remindAt: command().lte(now) },
    orderBy: [['remindAt', 'asc']],
    limit,
    fields: [...CARE_FIELDS],
  });
}

/** When to look at her next, if nobody has said otherwise meanwhile. One call. */
export function remindNext(read: Pick<CareMember, '_id' | 'remindAt'>, next: Ms | null): Promise<boolean> {
  return table('members').changeIf({ _id: read._id, remindAt: read.remindAt ?? null }, { remindAt: next });
}

/** Members of one value whom a clerk knows, by the day they were last cared for, longest ago first. One call. */
export function membersKnownTo(
  clerkId: string,
  by: 'owner' | 'lastServed',
  value: Value,
  skip: ReadonlySet<string>,
  limit: number,
): Promise<CareMember[]> {
  const whose =
    by === 'owner' ? { ownerClerkId: clerkId } : { 'facts.lastClerkId': clerkId, ownerClerkId: null };
  return table('members').page({
    where: { ...whose, value, ...(skip.size > 0 ? { _id: command().nin([...skip]) } : {}) },
    orderBy: [['caredOn', 'asc']],
    limit,
    fields: [...CARE_FIELDS],
  });
}

/**
 * Writes that she is about to get this care task, if nothing the decision rests on has changed. One call.
 *
 * @returns false when something has: decide anew
 */
export function markCare(read: CareMember, taskId: string, dueOn: Day, now: Ms): Promise<boolean> {
  return table('members').changeIf(
    {
      _id: read._id,
      tieredAt: read.tieredAt,
      'careTask.id': read.careTask?.id ?? null,
      'optOut.at': read.optOut?.at ?? null,
      'optOut.scope': read.optOut?.scope ?? null,
    },
    { careTask: { id: taskId, at: now }, caredOn: dueOn },
  );
}

/** A member as computing her refill days anew needs. */
export type RefillMember = Pick<MemberDoc, '_id' | 'tieredAt' | 'waiting' | 'refillOn' | 'facts'>;

/** Members by id behind one, for the one pass when the rules of categories have changed. One call. */
export function membersToRefill(after: string, limit: number): Promise<RefillMember[]> {
  return table('members').page({
    where: { _id: command().gt(after) },
    orderBy: [['_id', 'asc']],
    limit,
    fields: ['tieredAt', 'waiting', 'refillOn', 'facts.lastPaidOn', 'facts.categories'],
  });
}

/** Her refill days, unless she was placed anew meanwhile, which wrote them. One call. */
export function saveRefillDays(read: RefillMember, refillOn: readonly Day[]): Promise<boolean> {
  return table('members').changeIf(
    { _id: read._id, tieredAt: read.tieredAt, waiting: read.waiting },
    { refillOn: [...refillOn] },
  );
}

import { chunk } from 'lodash-es';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import type { CareLoads } from '../../../miniprogram/domain/outreach/care/choose';
import { daysFrom } from '../../../miniprogram/domain/outreach/care/calendar';
import { occasionOf } from '../../../miniprogram/domain/outreach/care/cycle';
import { OCCASIONS } from '../../../miniprogram/domain/outreach/care/occasions';
import { CARE_OCCASIONS } from '../../../miniprogram/domain/outreach/care/types';
import type { CareEnd, CareOccasion } from '../../../miniprogram/domain/outreach/care/types';
import type { OptOutScope } from '../../../miniprogram/domain/outreach/types';
import type { Loyalty } from '../../../miniprogram/domain/offers/types';
import type { MemberDoc, TaskDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';
import type { Condition } from './table';
import { DONE_WITH, WORKED_ON } from './tasks';

/** What a member has had and has, as far as care goes. */
export type TaskHad = Pick<
  TaskDoc,
  '_id' | 'memberId' | 'kind' | 'campaignId' | 'arm' | 'status' | 'enteredAt' | 'claimBy' | 'care'
>;
const HAD_FIELDS = [
  'memberId',
  'kind',
  'campaignId',
  'arm',
  'status',
  'enteredAt',
  'claimBy',
  'care',
] as const satisfies (keyof TaskHad)[];

/** All tasks of these members, held-out ones too. One call for each 1000 tasks. */
export function tasksHad(memberIds: readonly string[]): Promise<TaskHad[]> {
  return table('tasks').all({ memberId: command().in([...memberIds]) }, PAGE_LIMIT, [...HAD_FIELDS]);
}

/**
 * Care tasks of these clerks by the day they fall due, finished ones too: a day that was given is full. One call for as many
 * clerks as an answer has room for (of a month 32), all at once.
 */
export async function careLoads(clerkIds: readonly string[], from: Day, to: Day): Promise<CareLoads> {
  const _ = command();
  const clerksACall = Math.max(1, Math.floor(PAGE_LIMIT / Math.max(1, daysFrom(from, to).length)));
  const answers = await Promise.all(
    chunk([...clerkIds], clerksACall).map((some) =>
      table('tasks').aggregate<{ _id: { clerkId: string; dueOn: Day }; tasks: number }>((on) =>
        on
          .match({
            clerkId: _.in(some),
            status: _.in([...WORKED_ON, ...DONE_WITH]),
            dueOn: _.and(_.gte(from), _.lte(to)),
            kind: 'care',
          })
          .group({ _id: { clerkId: '$clerkId', dueOn: '$dueOn' }, tasks: _.aggregate.sum(1) })
          .limit(PAGE_LIMIT),
      ),
    ),
  );
  const loads: CareLoads = {};
  for (const { _id, tasks } of answers.flat()) (loads[_id.clerkId] ??= {})[_id.dueOn] = tasks;
  return loads;
}

/** Ends a care task that somebody works on. One call; again it changes nothing. @returns false when nobody does */
export function endCare(taskId: string, because: CareEnd, now: Ms): Promise<boolean> {
  return table('tasks').changeIf(
    { _id: taskId, kind: 'care', status: command().in([...WORKED_ON]) },
    { status: 'closed', careEnd: { because, at: now } },
  );
}

/** Ends all whose day has passed. One call. @returns how many */
export function endPassedCare(today: Day, now: Ms): Promise<number> {
  const _ = command();
  return table('tasks').changeAll(
    { kind: 'care', status: _.in([...WORKED_ON]), claimBy: _.lt(today) },
    { status: 'closed', careEnd: { because: 'dayPassed', at: now } },
  );
}

/** Her care task in hand, that of one of these occasions. */
function inHand(memberId: string, occasions: readonly CareOccasion[]): Condition<TaskDoc> {
  const _ = command();
  return {
    memberId,
    kind: 'care',
    status: _.in([...WORKED_ON]),
    'care.occasion': _.in([...occasions]),
  };
}

/**
 * Ends her care task when she has opted out of what it is for. One call, none when she never had one; again it changes
 * nothing.
 */
export async function endCareByOptOut(
  { _id, careTask }: Pick<MemberDoc, '_id' | 'careTask'>,
  scope: OptOutScope,
  now: Ms,
): Promise<void> {
  if (!careTask) return;
  const refused = CARE_OCCASIONS.filter((one) => scope === 'all' || OCCASIONS[one].purpose === 'promo');
  const end = { status: 'closed' as const, careEnd: { because: 'optedOut' as const, at: now } };
  await table('tasks').changeAll(inHand(_id, refused), end);
}

/**
 * Ends her care task when it was about a level or points that are not any more as they were: for whoever changes them,
 * after the change. One call, none when her newest care task was about neither; again it changes nothing.
 *
 * @param loyalty as it stands now
 */
export async function endCareByLoyalty(
  { _id, careTask }: Pick<MemberDoc, '_id' | 'careTask'>,
  loyalty: Loyalty,
  now: Ms,
): Promise<void> {
  const occasion = occasionOf(careTask?.id ?? '');
  if (occasion !== 'level' && occasion !== 'points') return;
  const on = occasion === 'level' ? loyalty.levelUntil : (loyalty.expiring?.on ?? null);
  const because: CareEnd = occasion === 'level' ? 'kept' : 'spent';
  await table('tasks').changeAll(
    { ...inHand(_id, [occasion]), 'care.on': command().neq(on ?? '') },
    { status: 'closed', careEnd: { because, at: now } },
  );
}

/** Tasks that one night gave, by occasion: whatever was cut off, they are counted as they stand. One call. */
export async function careGiven(enteredAt: Ms): Promise<Record<string, number>> {
  const _ = command();
  const rows = await table('tasks').aggregate<{ _id: CareOccasion; tasks: number }>((from) =>
    from
      .match({ kind: 'care', enteredAt })
      .group({ _id: '$care.occasion', tasks: _.aggregate.sum(1) })
      .limit(PAGE_LIMIT),
  );
  return Object.fromEntries(rows.map(({ _id, tasks }) => [_id, tasks]));
}

/** Care tasks of a clerk that somebody works on and that fall due until a day, earliest first. One call, at most 1000. */
export function careTasksOf(clerkId: string, today: Day, until: Day): Promise<TaskDoc[]> {
  const _ = command();
  return table('tasks').page({
    where: {
      clerkId,
      status: _.in([...WORKED_ON]),
      dueOn: _.lte(until),
      kind: 'care',
      claimBy: _.gte(today),
    },
    orderBy: [
      ['dueOn', 'asc'],
      ['_id', 'asc'],
    ],
    limit: PAGE_LIMIT,
  });
}

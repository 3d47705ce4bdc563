import { addDays, startOf } from '../../../miniprogram/domain/kernel/day';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import type { MemberOffer } from '../../../miniprogram/domain/offers/types';
import type { TaskStatus, TaskTab } from '../../../miniprogram/domain/outreach/types';
import type { CampaignDoc, CouponDoc, MemberDoc, TaskDoc, TouchDoc } from './documents';
import { command, table, PAGE_LIMIT } from './table';
import type { Condition } from './table';

export const WORKED_ON: readonly TaskStatus[] = ['open', 'contacted'];
export const DONE_WITH: readonly TaskStatus[] = ['woken', 'closed'];

/** The member of a task: its id is `campaign:member`. @example memberIdOf('c1:M001') // → 'M001' */
export function memberIdOf(taskId: string): string {
  return taskId.slice(taskId.indexOf(':') + 1);
}

/** A task somebody can still do something about: it can be claimed, or a claimed coupon is still good. */
export const stillRunning = (today: Day, now: Ms) => {
  const _ = command();
  return _.or([{ claimBy: _.gte(today) }, { couponExpiresAt: _.gt(now) }]);
};

/** What fell due longer ago is history: lists and counts leave it out alike, so that a day costs the same in any year. */
const LOOK_BACK_DAYS = 180;
const lookBack = (today: Day): Day => addDays(today, -LOOK_BACK_DAYS);

/** A tab that is still worked on; `day` = today's and what is overdue, as the walk from customer to customer takes them. */
type RunningTab = Exclude<TaskTab, 'done'> | 'day';
function dueFor(tab: RunningTab, today: Day): unknown {
  const _ = command();
  const since = _.gte(lookBack(today));
  return {
    today: _.eq(today),
    upcoming: _.gt(today),
    overdue: _.and(since, _.lt(today)),
    day: _.and(since, _.lte(today)),
  }[tab];
}

/** All running tasks of a clerk under one tab, earliest due first. One call, at most 1000 tasks. */
export async function runningTasksOf(
  clerkId: string,
  tab: RunningTab,
  { today, now }: { today: Day; now: Ms },
): Promise<TaskDoc[]> {
  const _ = command();
  const mine = { clerkId, status: _.in([...WORKED_ON]), dueOn: dueFor(tab, today) };
  return table('tasks').page({
    // A command is a condition to the SDK as well; only its type is another.
    where: _.and([mine, stillRunning(today, now)]) as unknown as Condition<TaskDoc>,
    orderBy: [
      ['dueOn', 'asc'],
      ['_id', 'asc'],
    ],
    limit: PAGE_LIMIT,
  });
}

/** A clerk's finished tasks of the last half year, latest due first, behind the one named by `after`. One call. */
export async function doneTasksOf(
  clerkId: string,
  after: { dueOn: Day; taskId: string } | null,
  limit: number,
  today: Day,
): Promise<TaskDoc[]> {
  const _ = command();
  const mine = { clerkId, status: _.in([...DONE_WITH]), dueOn: _.gte(lookBack(today)) };
  const where = after
    ? _.and([
        mine,
        _.or([{ dueOn: _.lt(after.dueOn) }, { dueOn: _.eq(after.dueOn), _id: _.lt(after.taskId) }]),
      ])
    : mine;
  return table('tasks').page({
    where: where as unknown as Condition<TaskDoc>,
    orderBy: [
      ['dueOn', 'desc'],
      ['_id', 'desc'],
    ],
    limit,
  });
}

/** Tasks of one clerk that stand alike, counted. */
export interface ClerkCount {
  status: TaskStatus;
  dueOn: Day;
  tasks: number;
  touchedToday: number;
}

/** What a clerk's tabs and her day's goal are counted from, over the last half year and all that is to come. One call. */
export async function countTasksOf(clerkId: string, today: Day, now: Ms): Promise<ClerkCount[]> {
  const _ = command();
  const $ = _.aggregate;
  const rows = await table('tasks').aggregate<{
    _id: { status: TaskStatus; dueOn: Day };
    tasks: number;
    touchedToday: number;
  }>((from) =>
    from
      .match(
        _.and([
          { clerkId, status: _.in([...WORKED_ON, ...DONE_WITH]), dueOn: _.gte(lookBack(today)) },
          _.or([{ status: _.in([...DONE_WITH]) }, stillRunning(today, now)]),
        ]),
      )
      .group({
        _id: { status: '$status', dueOn: '$dueOn' },
        tasks: $.sum(1),
        touchedToday: $.sum(
          $.cond({ if: $.gte(['$member.lastTouchedAt', startOf(today)]), then: 1, else: 0 }),
        ),
      })
      .limit(PAGE_LIMIT),
  );
  return rows.map(({ _id, tasks, touchedToday }) => ({ ..._id, tasks, touchedToday }));
}

/** A task with the member it is about. */
export interface TaskAndMember {
  task: TaskDoc;
  member: MemberDoc;
}
/** A task with everything that belongs to it and is kept elsewhere. */
export interface TaskAndAll extends TaskAndMember {
  touches: TouchDoc[];
  coupon: CouponDoc | null;
}
/** A task with something to claim. */
export type GiftTask = TaskDoc & { offer: MemberOffer };
/** The gift behind a link. */
export interface Gift extends TaskAndMember {
  task: GiftTask;
  coupon: CouponDoc | null;
}

/** The end of a coupon's id: ten for each round. @example couponSuffix(1) // → ':10' */
const couponSuffix = (round: number): string => `:${round * 10}`;
/** The id of the coupon of a task's round. @example couponIdOf({ _id: 'c1:M1' }) // → 'c1:M1:0' */
export function couponIdOf({ _id, round = 0 }: Pick<TaskDoc, '_id' | 'round'>): string {
  return `${_id}${couponSuffix(round)}`;
}

type Joined = TaskDoc & {
  members: MemberDoc[];
  coupons?: CouponDoc[];
  touches?: TouchDoc[];
  campaigns?: Pick<CampaignDoc, '_id' | 'status'>[];
};
type Pipeline = Parameters<Parameters<ReturnType<typeof table<'tasks'>>['aggregate']>[0]>[0];

const withMember = (from: Pipeline): Pipeline =>
  from.lookup({ from: 'members', localField: 'memberId', foreignField: '_id', as: 'members' });
/** The coupon's id follows from the task's and its round, so the join finds it by key. */
const withCoupon = (from: Pipeline): Pipeline =>
  from
    .addFields({
      couponId: command().aggregate.concat([
        '$_id',
        command().aggregate.cond({
          if: command().aggregate.gt(['$round', 0]),
          then: couponSuffix(1),
          else: couponSuffix(0),
        }),
      ]),
    })
    .lookup({ from: 'coupons', localField: 'couponId', foreignField: '_id', as: 'coupons' })
    .project({ couponId: 0 });
const withTouches = (from: Pipeline): Pipeline =>
  from.lookup({ from: 'touches', localField: 'memberId', foreignField: 'memberId', as: 'touches' });

const withCampaign = (from: Pipeline): Pipeline =>
  from.lookup({ from: 'campaigns', localField: 'campaignId', foreignField: '_id', as: 'campaigns' });

async function oneJoined(
  which: { _id: string } | { link: string },
  joins: (from: Pipeline) => Pipeline,
): Promise<(TaskAndAll & { isPaused: boolean }) | null> {
  const [row] = await table('tasks').aggregate<Joined>((from) => joins(from.match(which).limit(1)));
  if (!row) return null;
  const { members, coupons, touches, campaigns, ...task } = row;
  const member = members[0];
  const isPaused = campaigns?.[0]?.status === 'paused';
  return member ? { task, member, touches: touches ?? [], coupon: coupons?.[0] ?? null, isPaused } : null;
}

/** One call. */
export function taskWithMember(taskId: string): Promise<TaskAndMember | null> {
  return oneJoined({ _id: taskId }, withMember);
}

/** The task, its member, and whether its campaign is paused this very moment. One call. */
export function taskToContact(taskId: string): Promise<(TaskAndMember & { isPaused: boolean }) | null> {
  return oneJoined({ _id: taskId }, (from) => withCampaign(withMember(from)));
}

/** The task, its member, all touches of hers (the policy keeps them few), the coupon, and whether it is paused. One call. */
export function taskWithAll(taskId: string): Promise<(TaskAndAll & { isPaused: boolean }) | null> {
  return oneJoined({ _id: taskId }, (from) => withCampaign(withTouches(withCoupon(withMember(from)))));
}

const hasGift = (task: TaskDoc): task is GiftTask => task.arm === 'treated' && task.offer !== null;

/** What a shared card leads to. Held-out members and care tasks have no gift, whoever knows the link. One call. */
export async function giftOf(link: string): Promise<Gift | null> {
  const gift = await oneJoined({ link }, (from) => withCoupon(withMember(from)));
  return gift && hasGift(gift.task) ? { ...gift, task: gift.task } : null;
}

/**
 * The ids of a campaign's tasks behind one of them: they begin with the campaign's own, and ';' follows ':' in the order of
 * characters, so a page of the whole campaign is a stretch of ids.
 *
 * @param after empty = from the first
 */
export function tasksOfCampaign(campaignId: string, after: string): unknown {
  const _ = command();
  return _.gt(after === '' ? `${campaignId}:` : after).and(_.lt(`${campaignId};`));
}

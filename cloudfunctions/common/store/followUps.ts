import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import type { TaskDoc } from './documents';
import { command, table } from './table';
import type { Condition } from './table';
import { tasksOfCampaign } from './tasks';

/** A task as the follow-up reads it. */
export type EngagedTask = Pick<
  TaskDoc,
  '_id' | 'clerkId' | 'offer' | 'laterOffer' | 'openedAt' | 'claimedAt' | 'couponExpiresAt'
>;

/** The condition that is asked again when it is written, so that nobody's news are overlooked. */
const STILL = (now: Ms): Record<string, unknown>[] => {
  const _ = command();
  return [
    { arm: 'treated', status: _.in(['open', 'contacted']), round: null, redeemedAt: null, wokenAt: null },
    // Whom the extra ladder has no step for is not asked again.
    { laterOffer: _.neq(null) },
    _.or([{ couponExpiresAt: null }, { couponExpiresAt: _.lte(now) }]) as unknown as Record<string, unknown>,
  ];
};

/**
 * Tasks of a campaign whose members engaged, did not buy, and have no good coupon and no second round, by id behind
 * `after`. One call. The core says the same of one task in `isAskedAgain`.
 */
export function engagedTasks(
  campaignId: string,
  after: string,
  now: Ms,
  limit: number,
): Promise<EngagedTask[]> {
  const _ = command();
  return table('tasks').page({
    where: _.and([
      { _id: tasksOfCampaign(campaignId, after) },
      ...STILL(now),
      _.or([{ openedAt: _.gt(0) }, { claimedAt: _.gt(0) }, { 'followUp.outcome': 'willCome' }]),
    ]) as unknown as Condition<TaskDoc>,
    orderBy: [['_id', 'asc']],
    limit,
    fields: ['clerkId', 'offer', 'laterOffer', 'openedAt', 'claimedAt', 'couponExpiresAt'],
  });
}

/**
 * Gives tasks that are alike their second round: due again, with the extra offer in place of the first, and no coupon of
 * that round yet. One call. @returns how many still fulfilled the condition
 */
export function askAgain(
  tasks: readonly EngagedTask[],
  dueOn: Day,
  roundReason: string,
  now: Ms,
): Promise<number> {
  const [one] = tasks;
  if (!one?.laterOffer) return Promise.resolve(0);
  const _ = command();
  return table('tasks').changeAll(
    _.and([{ _id: _.in(tasks.map(({ _id }) => _id)) }, ...STILL(now)]) as unknown as Condition<TaskDoc>,
    {
      round: 1,
      dueOn,
      roundReason,
      earlierOffer: one.offer,
      offer: one.laterOffer,
      couponExpiresAt: null,
    },
  );
}

import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { CouponDoc, TaskDoc } from '../store/documents';
import { againWhenRaced } from '../store/raced';
import { table } from '../store/table';

type Steps = Pick<TaskDoc, 'openedAt' | 'claimedAt' | 'couponExpiresAt' | 'redeemedAt'>;

/** What the gift's own papers say happened and the task has not written down yet. */
function behind(task: TaskDoc, coupon: CouponDoc | null, openedAt: Ms | null): Partial<Steps> {
  const change: Partial<Steps> = {};
  if (task.openedAt === null && openedAt !== null) change.openedAt = openedAt;
  if (task.claimedAt === null && coupon) change.claimedAt = coupon.claimedAt;
  // When she first claimed stays; how long her coupon is good follows the round.
  if (task.couponExpiresAt === null && coupon) change.couponExpiresAt = coupon.expiresAt;
  if (task.redeemedAt === null && coupon?.redeemed) change.redeemedAt = coupon.redeemed.at;
  return change;
}

/**
 * Brings a task up to its coupon and to the first opening; each step is written once and never moved. It also heals
 * what a crash between coupon and task left behind. No database call when there is nothing to write, else one.
 */
export async function catchUp(read: TaskDoc, coupon: CouponDoc | null, openedAt: Ms | null): Promise<void> {
  let known: TaskDoc | null = read;
  await againWhenRaced(async () => {
    const task: TaskDoc | null = known ?? (await table('tasks').find(read._id));
    known = null;
    if (!task) return true;
    const change = behind(task, coupon, openedAt);
    if (Object.keys(change).length === 0) return true;
    const { openedAt: opened, claimedAt, couponExpiresAt, redeemedAt } = task;
    const written = await table('tasks').changeIf(
      { _id: task._id, openedAt: opened, claimedAt, couponExpiresAt, redeemedAt },
      change,
    );
    return written ? true : null;
  });
}

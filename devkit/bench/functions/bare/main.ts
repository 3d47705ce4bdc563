import {
  countTasksOf,
  memberIdOf,
  runningTasksOf,
  taskWithAll,
} from '../../../../cloudfunctions/common/store/tasks';
import { lastOrdersOf } from '../../../../cloudfunctions/common/store/orders';
import { table } from '../../../../cloudfunctions/common/store/table';
import { dayOf } from '../../../../miniprogram/domain/kernel/day';

/** The questions of one of the clerk's pages. */
export type Questions =
  | { of: 'nothing' }
  | { of: 'list'; openid: string; clerkId: string }
  | { of: 'customer'; openid: string; taskId: string };

/**
 * A function that asks the database what one of the clerk's pages asks, one after another as they need each other, and
 * does nothing with the answers. What a page takes beyond it is the page's own.
 */
export async function main(questions: Questions): Promise<void> {
  if (questions.of === 'nothing') return;
  await table('staff').findOne({ openid: questions.openid, active: true });
  if (questions.of === 'list') {
    const now = Date.now();
    const today = dayOf(now);
    await Promise.all([
      runningTasksOf(questions.clerkId, 'today', { today, now }),
      countTasksOf(questions.clerkId, today, now),
    ]);
  } else {
    const { taskId } = questions;
    await Promise.all([taskWithAll(taskId), lastOrdersOf(memberIdOf(taskId))]);
  }
}

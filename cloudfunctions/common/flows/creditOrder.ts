import { wakeOf } from '../../../miniprogram/domain/credit/wake';
import type { WakeOrder } from '../../../miniprogram/domain/credit/wake';
import type { TaskStatus } from '../../../miniprogram/domain/outreach/types';
import { saveWake, taskById } from '../store/credit';
import type { TaskToCredit, Wake } from '../store/credit';
import type { OrderHead } from '../store/orders';

/** An order as credit sees it. A refund whose amount nobody told is a refund of everything. */
export function wakeOrderOf(order: OrderHead): WakeOrder {
  const isNone =
    order.status === 'unpaid' ||
    order.status === 'cancelled' ||
    (order.status === 'refunded' && order.refundedFen <= 0);
  return {
    orderId: order._id,
    paidAt: order.paidAt,
    netFen: isNone ? 0 : Math.max(0, order.paidFen - order.refundedFen),
  };
}

/**
 * The purchase that woke the member of each task, or null. A purchase counts for one task only: the newest that had
 * begun before it, for that one was the talk she answered.
 *
 * @param tasks all tasks of one member
 * @example wakesOf([{ _id: 'c1:M1', enteredAt: 0, … }], [{ orderId: 'o', paidAt: 1, netFen: 1 }]).get('c1:M1')?.orderId // → 'o'
 */
export function wakesOf(
  tasks: readonly TaskToCredit[],
  orders: readonly WakeOrder[],
): Map<string, Wake | null> {
  const newestFirst = [...tasks].sort((a, b) => b.enteredAt - a.enteredAt);
  let until = Infinity;
  const wakes = new Map<string, Wake | null>();
  for (const task of newestFirst) {
    const own = orders.filter((order) => order.paidAt !== null && order.paidAt <= until);
    wakes.set(task._id, wakeOf(task, own));
    until = Math.min(until, task.enteredAt);
  }
  return wakes;
}

/** Where a task stands once the wake is known. A wake taken back leaves it where the clerk had brought it. */
export function statusWith(task: TaskToCredit, wake: Wake | null): TaskStatus {
  if (task.arm === 'heldOut') return 'heldOut';
  if (wake) return 'woken';
  if (task.status !== 'woken') return task.status;
  const outcome = task.followUp?.outcome;
  if (outcome === 'lostForGood' || outcome === 'wrongPerson') return 'closed';
  return task.contactedAt === null ? 'open' : 'contacted';
}

const isCredited = (task: TaskToCredit, wake: Wake | null): boolean =>
  task.wokenAt === (wake?.wokenAt ?? null) &&
  task.wakeOrderId === (wake?.orderId ?? null) &&
  task.wakeFen === (wake?.netFen ?? null);

/**
 * Brings the tasks of one member in line with her orders: woken by a purchase, taken back by its refund. Writes nothing
 * when they are already.
 *
 * @returns false when other writers kept coming between; read everything again and repeat
 */
export async function creditTasks(
  tasks: readonly TaskToCredit[],
  orders: readonly WakeOrder[],
): Promise<boolean> {
  const wakes = wakesOf(tasks, orders);
  for (const read of tasks) {
    const wake = wakes.get(read._id) ?? null;
    let task: TaskToCredit | null = read;
    // A clerk may be writing on the same task; her words stay, only the credit is written.
    for (let turn = 0; task && !isCredited(task, wake); turn++) {
      if (turn === 3) return false;
      if (await saveWake(task, statusWith(task, wake), wake)) break;
      task = await taskById(task._id);
    }
  }
  return true;
}

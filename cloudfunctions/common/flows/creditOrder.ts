import { wakeOf } from '../../../miniprogram/domain/credit/wake';
import type { WakeOrder } from '../../../miniprogram/domain/credit/wake';
import { dayOf } from '../../../miniprogram/domain/kernel/day';
import { RUNNING } from '../../../miniprogram/domain/outreach/campaign/life';
import type { TaskStatus } from '../../../miniprogram/domain/outreach/types';
import { campaignById } from '../store/campaigns';
import { comeBack, leaveCampaign } from '../store/cycles';
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
 * A purchase ends her cycle in the campaign; a purchase taken back puts her into it again, unless it is over or another
 * campaign has her: then the task is at its end. Asked before the task is written, so that a crash between the two is set
 * right by doing both again. One call where the wake is new, three where it is taken back.
 */
async function cycleWith(task: TaskToCredit, wake: Wake | null, status: TaskStatus): Promise<TaskStatus> {
  const { memberId, campaignId } = task;
  if (task.kind === 'care' || !campaignId) return status;
  if (wake && task.wokenAt === null) await leaveCampaign(memberId, campaignId, dayOf(wake.wokenAt));
  if (wake || task.wokenAt === null) return status;
  const campaign = await campaignById(campaignId);
  const isRunning = campaign === null || RUNNING.includes(campaign.status);
  const isHers = isRunning && (await comeBack(memberId, campaignId));
  return isHers || status === 'heldOut' ? status : 'closed';
}

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
      const status = await cycleWith(task, wake, statusWith(task, wake));
      if (await saveWake(task, status, wake)) break;
      task = await taskById(task._id);
    }
  }
  return true;
}

import { endOfCare } from '../../../../miniprogram/domain/outreach/care/ends';
import type { CareOrder, CareSeen } from '../../../../miniprogram/domain/outreach/care/ends';
import type { CareReason } from '../../../../miniprogram/domain/outreach/care/types';
import type { TaskStatus } from '../../../../miniprogram/domain/outreach/types';
import { endCare } from '../../store/careTasks';
import type { MemberDoc } from '../../store/documents';
import type { OrderHead } from '../../store/orders';
import { WORKED_ON } from '../../store/tasks';
import type { Moment } from '../retier';

const careOrderOf = (order: OrderHead): CareOrder => ({
  orderId: order._id,
  status: order.status,
  createdAt: order.createdAt,
  paidAt: order.paidAt,
  categories: Object.keys(order.categoryFen ?? {}),
});

/** What is known of a member now. @param orders null = not looked at */
export function careSeenOf(
  member: Pick<MemberDoc, 'optOut' | 'loyalty'>,
  lastVisitOn: CareSeen['lastVisitOn'],
  orders: readonly OrderHead[] | null,
  { today }: Moment,
): CareSeen {
  const { optOut, loyalty = null } = member;
  return {
    today,
    optOut: optOut === null ? null : (optOut.scope ?? 'all'),
    lastVisitOn,
    orders: orders && orders.map(careOrderOf),
    loyalty,
  };
}

interface Open {
  _id: string;
  status: TaskStatus;
  care?: CareReason | undefined;
}

/** Ends those of her care tasks that are over. One call for each that is, and none otherwise. */
export async function endWhatIsOver(tasks: readonly Open[], seen: CareSeen, { now }: Moment): Promise<void> {
  for (const { _id, status, care } of tasks) {
    if (!care || !WORKED_ON.includes(status)) continue;
    const because = endOfCare(care, seen);
    if (because) await endCare(_id, because, now);
  }
}

import { groupBy } from 'lodash-es';
import { careMembers } from '../../store/careMembers';
import type { CareMember } from '../../store/careMembers';
import { tasksHad } from '../../store/careTasks';
import { ordersOf } from '../../store/orders';
import type { Moment } from '../retier';
import { careSeenOf, endWhatIsOver } from './ending';

const hasChanged = (read: CareMember | undefined, now: CareMember): boolean =>
  !read ||
  read.tieredAt !== now.tieredAt ||
  read.optOut?.at !== now.optOut?.at ||
  read.optOut?.scope !== now.optOut?.scope ||
  JSON.stringify(read.loyalty) !== JSON.stringify(now.loyalty);

/**
 * Looks once more at members who have just been given a care task: who ordered, came, opted out or whose level changed
 * while it was on the way, has it ended at once. One call; three and the ends for those who did.
 *
 * @param before as they were read when it was decided
 */
export async function settleCare(
  memberIds: readonly string[],
  before: readonly CareMember[],
  at: Moment,
): Promise<void> {
  const read = new Map(before.map((member) => [member._id, member]));
  const now = await careMembers([...new Set(memberIds)]);
  const moved = now.filter((member) => hasChanged(read.get(member._id), member));
  if (moved.length === 0) return;
  const ids = moved.map(({ _id }) => _id);
  const [orders, tasks] = await Promise.all([ordersOf(ids), tasksHad(ids)]);
  const ordersBy = groupBy(orders, ({ memberId }) => `m${memberId}`);
  const tasksBy = groupBy(tasks, ({ memberId }) => `m${memberId}`);
  for (const member of moved) {
    const key = `m${member._id}`;
    const seen = careSeenOf(member, member.facts.lastVisitOn ?? null, ordersBy[key] ?? [], at);
    await endWhatIsOver(tasksBy[key] ?? [], seen, at);
  }
}

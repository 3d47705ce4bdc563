import { groupBy } from 'lodash-es';
import { nextReminderAt, reminderReasons } from '../../../../miniprogram/domain/outreach/care/raise';
import type { CareActs } from '../../../../miniprogram/domain/outreach/care/raise';
import { membersToRemind, remindNext } from '../../store/careMembers';
import type { CareMember } from '../../store/careMembers';
import { ordersOf } from '../../store/orders';
import { inFlight } from '../inFlight';
import type { Moment } from '../retier';
import { careActsOf } from './acts';
import { careContext } from './context';
import { giveCare } from './give';

const PAGE = 100;

/**
 * Reminds clerks of orders that wait for payment and of looks without an order, within a day of either: for pulse. One call
 * when nobody is due; else eight and what giving takes, and one write for each member looked at.
 *
 * The next instant of each is written last, on condition that nobody has placed her anew: cut off before it, she is looked
 * at again, and the task that stands is not given twice.
 *
 * @returns how many were given a task
 */
export async function remindUnfinished(at: Moment, isTimeUp: () => boolean): Promise<number> {
  let all = 0;
  for (;;) {
    const members = await membersToRemind(at.now, PAGE);
    if (members.length === 0) return all;
    const orders = groupBy(await ordersOf(members.map(({ _id }) => _id)), ({ memberId }) => `m${memberId}`);
    const actsOf = ({ _id, browsedAt, facts }: CareMember): CareActs =>
      careActsOf(orders[`m${_id}`] ?? [], browsedAt, facts.lastVisitOn ?? null);
    const context = await careContext(at, at.now);
    const { given, lost } = await giveCare(
      members,
      (member) => reminderReasons(actsOf(member), context.settings, at.now),
      context,
    );
    all += given.length;
    const late = new Set(lost);
    const done = members.filter(({ _id }) => !late.has(_id));
    await inFlight(done, (member) => remindNext(member, nextReminderAt(actsOf(member), at.now)));
    if (members.length < PAGE || done.length === 0 || isTimeUp()) return all;
  }
}

import { partition } from 'lodash-es';
import { HOUR_MS } from '../../../miniprogram/domain/kernel/day';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import { factsOf } from '../../../miniprogram/domain/membership/facts';
import { levelMayMove } from '../../../miniprogram/domain/offers/level';
import {
  nextReminderAt,
  refillDays,
  REMIND_WITHIN_HOURS,
} from '../../../miniprogram/domain/outreach/care/raise';
import { countAgain } from '../store/cells';
import { chainSettings } from '../store/chain';
import { tasksToCredit } from '../store/credit';
import type { ChainDoc, MemberDoc } from '../store/documents';
import { membersToPlace, placeIfUnchanged } from '../store/members';
import { ordersOf } from '../store/orders';
import { careActsOf } from './care/acts';
import { careSeenOf, endWhatIsOver } from './care/ending';
import { creditTasks, wakeOrderOf } from './creditOrder';
import { inFlight } from './inFlight';
import { placedBy, placingOn } from './placing';

export interface Moment {
  now: Ms;
  today: Day;
}

interface Retiered {
  placed: string[];
  lost: string[];
}

/** A map, not an object: a member may be numbered `constructor`. */
function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** A home that somebody told stays; one that nobody told is where she bought last, also after a refund. */
function homeOf(
  { homeBranchId, homeFromOrders }: Pick<MemberDoc, 'homeBranchId' | 'homeFromOrders'>,
  lastBranchId: string | null,
): Pick<MemberDoc, 'homeBranchId'> & { homeFromOrders?: string | null } {
  const isTold = homeBranchId !== null && homeBranchId !== homeFromOrders;
  return isTold ? { homeBranchId } : { homeBranchId: lastBranchId, homeFromOrders: lastBranchId };
}

/** A reminder older than this is of no use any more. */
const REMINDED_MS = REMIND_WITHIN_HOURS * HOUR_MS;

async function placeOnce(
  memberIds: readonly string[],
  chain: ChainDoc,
  { now, today }: Moment,
): Promise<Retiered> {
  const members = await membersToPlace(memberIds);
  const ids = members.map((member) => member._id);
  const [orders, tasks] = await Promise.all([ordersOf(ids), tasksToCredit(ids)]);
  const ordersBy = groupedBy(orders, (order) => order.memberId);
  const tasksBy = groupedBy(tasks, (task) => task.memberId);
  const placing = placingOn(chain, today);

  // Boards know more of an order than its wake: how she buys again, what it came to. Only who has a task is marked.
  await countAgain(ids.filter((id) => tasksBy.has(id)));

  const isPlaced = await inFlight(members, async (member) => {
    const own = ordersBy.get(member._id) ?? [];
    const facts = factsOf(own, member.visitDays, member.browseDays ?? []);
    const [care, recalls] = partition(tasksBy.get(member._id) ?? [], (task) => task.kind === 'care');
    if (!(await creditTasks(recalls, own.map(wakeOrderOf)))) return false;
    // What she has done ends her care task, as it earns the recall its wake: both follow from all she has done.
    await endWhatIsOver(care, careSeenOf(member, facts.lastVisitOn, own, { now, today }), { now, today });
    const part = {
      facts,
      ...placedBy(placing, facts),
      ...homeOf(member, facts.lastBranchId),
      refillOn: refillDays(facts, chain.rules),
      remindAt: nextReminderAt(careActsOf(own, member.browsedAt, facts.lastVisitOn), now - REMINDED_MS),
      waiting: 0,
    };
    const isLevelDue = levelMayMove(member.loyalty, member.facts.year ?? [], facts.year ?? [], today);
    return placeIfUnchanged(member, part, now, isLevelDue ? today : null);
  });
  return {
    placed: ids.filter((_, at) => isPlaced[at]),
    lost: ids.filter((_, at) => !isPlaced[at]),
  };
}

const placesAlike = (one: ChainDoc, next: ChainDoc): boolean =>
  one.rules.version === next.rules.version && one.aovCut?.fen === next.aovCut?.fen;

/**
 * Computes members anew from all their orders: facts, tier, home branch where none was told, and the credit of their
 * tasks; what is over of her care ends. Four reads for all of them together, one write each, and one call for all of them
 * who have a task.
 *
 * The order of steps is what makes it safe. Members are read first and written last, on condition that nobody wrote them
 * between: so whoever writes last has seen every order written before. Credit comes before that write: a flow that loses
 * the race repeats as a whole and sets right what it credited from what it then reads. The chain's settings are read
 * once more after the write: had they moved on, a pass over all members may have gone by before it, so the members are
 * placed again by the new ones.
 *
 * @param memberIds at most 1000, those of unknown members are passed over
 * @param chain the settings as read by the caller
 * @returns ids that lost a race and have to be done again
 */
export async function retierFromOrders(
  memberIds: readonly string[],
  chain: ChainDoc,
  at: Moment,
): Promise<Retiered> {
  const first = await placeOnce(memberIds, chain, at);
  const then = await chainSettings();
  if (first.placed.length === 0 || placesAlike(chain, then)) return first;
  const again = await retierFromOrders(first.placed, then, at);
  return { placed: again.placed, lost: [...first.lost, ...again.lost] };
}

import { countBy } from 'lodash-es';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import { factsOf } from '../../../miniprogram/domain/membership/facts';
import { tasksToCredit } from '../store/credit';
import type { ChainDoc } from '../store/documents';
import { membersToPlace, placeIfUnchanged } from '../store/members';
import type { PlacedMember } from '../store/members';
import { ordersOf } from '../store/orders';
import { creditTasks, wakeOrderOf } from './creditOrder';
import { inFlight } from './inFlight';
import { isSamePlacement, placedBy, placingOn } from './placing';

export interface Moment {
  now: Ms;
  today: Day;
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

/**
 * Computes members anew from all their orders: facts, tier, home branch where none was told, and the credit of their
 * tasks. Three reads for all of them together, one write each.
 *
 * The order of steps is what makes it safe. Members are read first and written last, on condition that nobody wrote them
 * between: so whoever writes last has seen every order written before. Credit comes before that write: a flow that loses
 * the race repeats as a whole and sets right what it credited from what it then reads.
 *
 * @param memberIds at most 1000, those of unknown members are passed over
 * @returns ids that lost a race and have to be done again
 */
export async function retierFromOrders(
  memberIds: readonly string[],
  chain: ChainDoc,
  { now, today }: Moment,
): Promise<{ placed: string[]; lost: string[] }> {
  const members = await membersToPlace(memberIds);
  const ids = members.map((member) => member._id);
  const [orders, tasks] = await Promise.all([ordersOf(ids), tasksToCredit(ids)]);
  const ordersBy = groupedBy(orders, (order) => order.memberId);
  const tasksBy = groupedBy(tasks, (task) => task.memberId);
  const placing = placingOn(chain, today);

  const isPlaced = await inFlight(members, async (member) => {
    const own = ordersBy.get(member._id) ?? [];
    const facts = factsOf(own, member.visitDays);
    if (!(await creditTasks(tasksBy.get(member._id) ?? [], own.map(wakeOrderOf)))) return false;
    const homeBranchId = member.homeBranchId ?? facts.lastBranchId;
    return placeIfUnchanged(member, { facts, ...placedBy(placing, facts), homeBranchId, waiting: 0 }, now);
  });
  return {
    placed: ids.filter((_, at) => isPlaced[at]),
    lost: ids.filter((_, at) => !isPlaced[at]),
  };
}

/**
 * Places members by the facts they already carry, for when only the calendar or the chain's rules moved: reads no
 * orders, writes only those who are placed differently.
 *
 * @returns how many changed, and the ids that lost a race
 */
export async function retierFromFacts(
  members: readonly PlacedMember[],
  chain: ChainDoc,
  { now, today }: Moment,
): Promise<{ changed: number; moves: Record<string, number>; lost: string[] }> {
  const placing = placingOn(chain, today);
  const moved = members
    .map((member) => ({ member, part: placedBy(placing, member.facts) }))
    .filter(({ member, part }) => !isSamePlacement(member.placement, part.placement));
  const isPlaced = await inFlight(moved, ({ member, part }) => placeIfUnchanged(member, part, now));
  const placed = moved.filter((_, at) => isPlaced[at]);
  return {
    changed: placed.length,
    moves: countBy(placed, ({ member, part }) => `${member.placement.lifecycle}>${part.lifecycle}`),
    lost: moved.filter((_, at) => !isPlaced[at]).map(({ member }) => member._id),
  };
}

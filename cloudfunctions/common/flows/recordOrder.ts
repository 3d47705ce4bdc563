import type { Failure } from '../../../miniprogram/contract/failures';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import { chainSettings } from '../store/chain';
import type { ChainDoc, OrderDoc } from '../store/documents';
import { awaitPlacing } from '../store/members';
import { saveOrder } from '../store/orders';
import { againWhenRaced } from '../store/raced';
import { table } from '../store/table';
import { branchIdOf, unknownBranch } from './branchNumber';
import { isSameOrder, orderAfter } from './orderEvent';
import type { OrderEvent } from './orderEvent';
import { placingOn, unknownMember } from './placing';
import { retierFromOrders } from './retier';
import type { Moment } from './retier';

export interface Recorded {
  orderId: string;
  status: OrderDoc['status'];
  /** false when the delivery told nothing new */
  changed: boolean;
}

/** An order never stands without its member and its branch; unknown ones are kept under their number. */
async function ensureKnown(event: OrderEvent, chain: ChainDoc, { now, today }: Moment): Promise<void> {
  const [members, branches] = await Promise.all([
    table('members').known([event.memberNo]),
    table('branches').known([branchIdOf(event.branchNo)]),
  ]);
  if (branches.size === 0) await table('branches').addMissing([unknownBranch(event.branchNo)]);
  if (members.size === 0) {
    await table('members').addMissing([unknownMember(event.memberNo, placingOn(chain, today), now)]);
  }
}

/** Brings the event into the order that stands. Null when another delivery came between. */
async function saveEvent(event: OrderEvent): Promise<Result<Recorded, Failure> | null> {
  const read = await table('orders').find(`pos:${event.orderNo}`);
  if (read && read.memberId !== event.memberNo) {
    return refuse({ code: 'bad-ask', field: 'memberNo', detail: '这个订单号已属于另一位会员' });
  }
  const next = orderAfter(read, event);
  const changed = !read || !isSameOrder(read, next);
  if (changed && !(await saveOrder(read, next))) return null;
  return done({ orderId: next._id, status: next.status, changed });
}

/**
 * An order arrives, is paid, refunded or cancelled: writes it, computes its member anew and credits her tasks. Any order
 * of arrival and any number of deliveries ends in the same state; a delivery cut off anywhere is set right by its
 * repetition, because everything after the order itself is computed from all orders each time.
 *
 * @returns `busy` when other writers kept coming between; the order itself is safe then, and repeating is too
 */
export async function recordOrder(event: OrderEvent, at: Moment): Promise<Result<Recorded, Failure>> {
  const chain = await chainSettings();
  await ensureKnown(event, chain, at);
  const saved = await againWhenRaced(() => saveEvent(event));
  if (!saved) return refuse({ code: 'busy' });
  if (!saved.ok) return saved;
  const placed = await againWhenRaced(async () => {
    const { lost } = await retierFromOrders([event.memberNo], chain, at);
    return lost.length === 0 ? true : null;
  });
  // The order stands; whoever settles next places her.
  if (!placed) await awaitPlacing([event.memberNo]);
  return saved;
}

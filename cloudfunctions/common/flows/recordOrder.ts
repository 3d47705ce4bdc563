import type { Failure } from '../../../miniprogram/contract/failures';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import { profileOfNumber } from '../people/numbered';
import { resolved } from '../people/resolve';
import type { Bearer } from '../people/resolve';
import { chainSettings } from '../store/chain';
import type { ChainDoc, OrderDoc } from '../store/documents';
import { awaitPlacing } from '../store/members';
import { saveOrder } from '../store/orders';
import { againWhenRaced } from '../store/raced';
import { table } from '../store/table';
import { branchIdOf, unknownBranch } from './branchNumber';
import { isSameOrder, orderAfter } from './orderEvent';
import type { OrderEvent } from './orderEvent';
import { settleOrderCoupons } from './orderCoupons';
import { placingOn, unknownMember } from './placing';
import { settleRebate } from './rebate';
import { retierFromOrders } from './retier';
import type { Moment } from './retier';

export interface Recorded {
  orderId: string;
  status: OrderDoc['status'];
  /** false when the delivery told nothing new */
  changed: boolean;
}

/**
 * An order never stands without its member and its branch; unknown ones are kept under their number, the branch flagged
 * for HQ to complete.
 *
 * @returns the member the number stands for: who was merged into another lives on as her
 */
async function ensureKnown(
  event: OrderEvent,
  chain: ChainDoc,
  { now, today }: Moment,
): Promise<{ memberId: string; bearer: () => Promise<Bearer | null> }> {
  const [{ idOf, unknown, bearers }, branches] = await Promise.all([
    resolved([event.memberNo], chain.offers?.rebated !== undefined),
    table('branches').known([branchIdOf(event.branchNo)]),
  ]);
  const memberId = idOf.get(event.memberNo) ?? event.memberNo;
  if (branches.size === 0) await table('branches').addMissing([unknownBranch(event.branchNo)]);
  if (unknown.has(memberId)) {
    const member = unknownMember(memberId, placingOn(chain, today), now);
    await table('members').addMissing([{ ...member, ...profileOfNumber(event.memberNo) }]);
  }
  const known = bearers.get(memberId);
  return { memberId, bearer: async () => known ?? (await table('members').find(memberId)) };
}

/** Is the order another person's? One whose holder has been merged into this member is not. */
async function isAnothers(order: OrderDoc, memberId: string): Promise<boolean> {
  if (order.memberId === memberId) return false;
  return (await resolved([order.memberId])).idOf.get(order.memberId) !== memberId;
}

/** Brings the event into the order that stands. Null when another delivery came between. */
async function saveEvent(
  event: OrderEvent,
  now: Moment['now'],
): Promise<Result<Recorded & { order: OrderDoc }, Failure> | null> {
  const read = await table('orders').find(`pos:${event.orderNo}`);
  if (read && (await isAnothers(read, event.memberNo))) {
    return refuse({ code: 'bad-ask', field: 'memberNo', detail: '这个订单号已属于另一位会员' });
  }
  const next = orderAfter(read, event, now);
  const changed = !read || !isSameOrder(read, next);
  if (changed && !(await saveOrder(read, next))) return null;
  return done({ orderId: next._id, status: next.status, changed, order: next });
}

/** Places her by all her orders. @returns false when there is no such member any more */
async function placeAnew(memberId: string, chain: ChainDoc, at: Moment): Promise<boolean> {
  const isThere = await againWhenRaced(async () => {
    const { placed, lost } = await retierFromOrders([memberId], chain, at);
    return lost.length > 0 ? null : placed.length > 0;
  });
  // The order stands; whoever settles next places her.
  if (isThere === null) await awaitPlacing([memberId]);
  return isThere ?? true;
}

/**
 * An order arrives, is paid, refunded or cancelled: writes it, computes its member anew and credits her tasks. Any order
 * of arrival and any number of deliveries ends in the same state; a delivery cut off anywhere is set right by its
 * repetition, because everything after the order itself is computed from all orders each time. An order that lands on a
 * member in the moment in which she is merged into another follows her there.
 *
 * Ten calls for a known member: chain, member, branch, order, its write, coupons she used, and placing her (see
 * `retierFromOrders`); one more where the chain gives rebates (返利).
 *
 * @returns `busy` when other writers kept coming between; the order itself is safe then, and repeating is too
 */
export async function recordOrder(event: OrderEvent, at: Moment): Promise<Result<Recorded, Failure>> {
  const chain = await chainSettings();
  let changed = false;
  for (let turn = 0; turn < 3; turn++) {
    const { memberId, bearer } = await ensureKnown(event, chain, at);
    const saved = await againWhenRaced(() => saveEvent({ ...event, memberNo: memberId }, at.now));
    if (!saved) break;
    if (!saved.ok) return saved;
    changed ||= saved.value.changed;
    const { order, ...recorded } = saved.value;
    await settleOrderCoupons(order, chain, event.couponCode, at.now);
    await settleRebate(order, chain, bearer, at.now);
    if (await placeAnew(memberId, chain, at)) return done({ ...recorded, changed });
  }
  return refuse({ code: 'busy' });
}

import type { Day } from '../../../miniprogram/domain/kernel/day';
import type { OrderEvent } from '../../start/webhook';
import type { Play } from './play';
import type { Bought } from './tape';
import { ringUp } from './till';

/** One sale as the till rings it up. */
export interface Sale {
  memberId: string;
  branchId: string;
  clerkId: string | null;
  amountFen: number;
  /** the coupon's code */
  withCoupon: string | null;
}

/** Rings it up now; what will be brought back goes on the agenda. At most one order a member and day with a coupon, one without. */
export async function planOrder(
  play: Play,
  sale: Sale,
  today: Day,
  refundsInDays: number | null,
): Promise<void> {
  const { memberId, branchId, clerkId, amountFen, withCoupon } = sale;
  const at = play.world.now();
  const paid: OrderEvent = {
    event: 'order.paid',
    orderNo: `S${today.replace(/-/g, '')}-${memberId}${withCoupon === null ? '' : '-C'}`,
    memberNo: memberId,
    branchNo: branchId,
    ...(clerkId === null ? {} : { clerkNo: clerkId }),
    ...(withCoupon === null ? {} : { couponCode: withCoupon }),
    createdAt: at,
    paidAt: at,
    amountFen,
  };
  await ringUp(play.world, paid);
  play.tally.ordered += 1;
  const bought: Bought = { memberId, at, isAnswer: withCoupon !== null, refundedAt: null };
  play.tape.push(bought);
  if (refundsInDays === null) return;
  play.planIn(refundsInDays, today, 'shops', async () => {
    const refundedAt = play.world.now();
    await ringUp(play.world, { ...paid, event: 'order.refunded', refundedFen: amountFen, refundedAt });
    play.tally.refunded += 1;
    bought.refundedAt = refundedAt;
  });
}

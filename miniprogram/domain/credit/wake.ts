import { DAY_MS } from '../kernel/day';
import type { Ms } from '../kernel/day';
import type { Fen } from '../kernel/fen';

/** What counts as woken (唤醒), said once and shown wherever the number is shown. */
export const WAKE_DEFINITION: { id: 'net-paid'; withinDays: number; sentence: string } = {
  id: 'net-paid',
  withinDays: 28,
  sentence: '进入活动后28天内有一笔付款，且没有全额退款，算唤醒；之后全额退款会收回。',
};

export interface WakeOrder {
  orderId: string;
  paidAt: Ms | null;
  /** what is left after refunds */
  netFen: Fen;
}

/**
 * The purchase that woke a member: her earliest after entering the campaign and within 28 × 24 hours of it, with
 * something left after refunds. Refunding it in full takes the wake back, or hands it to the next purchase that counts.
 * It says that she bought, not that the campaign was the reason; that is what the holdout is for.
 *
 * @example wakeOf({ enteredAt: 0 }, [{ orderId: 'o1', paidAt: 1, netFen: 500 }]) // → { orderId: 'o1', wokenAt: 1, netFen: 500 }
 */
export function wakeOf(
  task: { enteredAt: Ms },
  orders: readonly WakeOrder[],
): { orderId: string; wokenAt: Ms; netFen: Fen } | null {
  const until = task.enteredAt + WAKE_DEFINITION.withinDays * DAY_MS;
  let first: { orderId: string; wokenAt: Ms; netFen: Fen } | null = null;
  for (const { orderId, paidAt, netFen } of orders) {
    if (paidAt === null || netFen <= 0 || paidAt <= task.enteredAt || paidAt > until) continue;
    const isEarlier =
      first === null || paidAt < first.wokenAt || (paidAt === first.wokenAt && orderId < first.orderId);
    if (isEarlier) first = { orderId, wokenAt: paidAt, netFen };
  }
  return first;
}

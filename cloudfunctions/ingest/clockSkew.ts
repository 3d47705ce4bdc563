import type { Failure } from '../../miniprogram/contract/failures';
import type { Ms } from '../../miniprogram/domain/kernel/day';
import type { OrderEvent } from '../common/flows/orderEvent';

/** A till's clock may be this much fast; what it dates further ahead would place its member in the future. */
const MOST_AHEAD_MS = 10 * 60_000;

const INSTANTS = ['createdAt', 'paidAt', 'refundedAt', 'cancelledAt', 'at'] as const;

/**
 * What is wrong with the instants of an event; null when nothing is. An old one is never wrong: tills deliver late. One
 * in the future is refused rather than moved to now, because moving it would make the order depend on when it arrived.
 *
 * @example skewFault({ …, paidAt: now + 11 * 60_000 }, now)?.field // → 'paidAt'
 */
export function skewFault(event: OrderEvent, now: Ms): Failure | null {
  for (const field of INSTANTS) {
    const ahead = (event[field] ?? now) - now;
    if (ahead <= MOST_AHEAD_MS) continue;
    const minutes = Math.ceil(ahead / 60_000);
    return { code: 'bad-ask', field, detail: `比服务器的时间快了${minutes}分钟，请校准收银机的时钟后重发` };
  }
  return null;
}

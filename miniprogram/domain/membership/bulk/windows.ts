import type { Fen } from '../../kernel/fen';
import { dayInPurchase, fenInPurchase } from './purchase';

/** Days after and before all days, as in `turns.ts`. */
export const FOREVER = 0x7fff_ffff;
export const NEVER = 0;

/**
 * The day on which a sliding window no longer holds `enough` of one member's newest purchases; `enoughUntil` of
 * `turns.ts` over packed purchases.
 *
 * @param from her purchases are `purchases[from]` up to `purchases[to - 1]`, oldest first
 * @param oldest purchases up to this day lie outside her year and do not count
 * @param leaves the day on which a purchase of a day leaves the window
 */
export function ordersUntil(
  purchases: Float64Array,
  from: number,
  to: number,
  oldest: number,
  enough: number,
  leaves: (on: number) => number,
): number {
  if (enough <= 0) return FOREVER;
  const at = to - enough;
  if (at < from) return NEVER;
  const on = dayInPurchase(purchases[at] ?? 0);
  return on > oldest ? leaves(on) : NEVER;
}

/** The same for an amount of money. */
export function fenUntil(
  purchases: Float64Array,
  from: number,
  to: number,
  oldest: number,
  enough: Fen,
  leaves: (on: number) => number,
): number {
  if (enough <= 0) return FOREVER;
  let sum = 0;
  for (let at = to - 1; at >= from; at--) {
    const purchase = purchases[at] ?? 0;
    const on = dayInPurchase(purchase);
    if (on <= oldest) return NEVER;
    sum += fenInPurchase(purchase);
    if (sum >= enough) return leaves(on);
  }
  return NEVER;
}

import type { Ms } from '../../../miniprogram/domain/kernel/day';

/** A purchase as it happened, written down beside the product: what its boards are held against. */
export interface Bought {
  memberId: string;
  at: Ms;
  /** with the coupon of a campaign; false = she came by herself, and would have come unasked */
  isAnswer: boolean;
  /** brought back whole, and when */
  refundedAt: Ms | null;
}

/** Who bought something in a span of time that she did not bring back by its end. */
export function keptBetween(
  tape: readonly Bought[],
  span: { after: Ms; until: Ms },
  which: (one: Bought) => boolean = () => true,
): ReadonlySet<string> {
  const kept = tape.filter(
    (one) => one.at > span.after && one.at <= span.until && one.refundedAt === null && which(one),
  );
  return new Set(kept.map(({ memberId }) => memberId));
}

/**
 * What a campaign truly brought: of its treated members the share who bought, less the share of the very same members who
 * would have bought unasked. The dice of who comes unasked are hers and fall alike whether she is written to or not, so
 * both are known of everybody.
 */
export function trueLiftOf(
  tape: readonly Bought[],
  treated: readonly string[],
  span: { after: Ms; until: Ms },
): number {
  const bought = keptBetween(tape, span);
  const anyhow = keptBetween(tape, span, ({ isAnswer }) => !isAnswer);
  return (
    treated.reduce((sum, id) => sum + Number(bought.has(id)) - Number(anyhow.has(id)), 0) / treated.length
  );
}

import type { Ms } from '../../kernel/day';
import type { Fen } from '../../kernel/fen';

/** All that had been refunded of an order by an instant. */
export interface RefundStep {
  at: Ms;
  fen: Fen;
}

/**
 * The steps that say something: oldest first, each higher than all before it. Joining two lists this way gives the same
 * whatever the order and however often.
 *
 * @example climbing([{ at: 2, fen: 50 }, { at: 1, fen: 30 }, { at: 3, fen: 50 }]) // → [{ at: 1, fen: 30 }, { at: 2, fen: 50 }]
 */
export function climbing(steps: readonly RefundStep[]): RefundStep[] {
  const kept: RefundStep[] = [];
  for (const { at, fen } of [...steps].sort((a, b) => a.at - b.at || b.fen - a.fen))
    if (fen > (kept[kept.length - 1]?.fen ?? 0)) kept.push({ at, fen });
  return kept;
}

/**
 * How the refund of an order grew, from the refunds of its lines. What a line gave back without saying when counts from
 * the first time any line names; none when no line names one.
 *
 * @param most refunds never exceed the order
 * @example refundSteps([{ refundedFen: 20, refundedAt: 5 }, { refundedFen: 30, refundedAt: 2 }], 100)
 * // → [{ at: 2, fen: 30 }, { at: 5, fen: 50 }]
 */
export function refundSteps(
  lines: readonly { refundedFen: Fen; refundedAt: Ms | null }[],
  most: Fen,
): RefundStep[] {
  const times = lines.flatMap(({ refundedAt }) => (refundedAt === null ? [] : [refundedAt]));
  if (times.length === 0) return [];
  const first = Math.min(...times);
  let sum = 0;
  const steps = lines
    .map(({ refundedFen, refundedAt }) => ({ at: refundedAt ?? first, fen: refundedFen }))
    .sort((a, b) => a.at - b.at)
    .map(({ at, fen }) => ({ at, fen: Math.min(most, (sum += fen)) }));
  return climbing(steps);
}

import type { Day } from '../kernel/day';
import type { Fen } from '../kernel/fen';
import type { AovCut, MemberFacts } from './types';

/**
 * Average order value (客单价) in whole fen over all her purchases, net of refunds; null when she never bought.
 *
 * @example aovOf({ ...NO_FACTS, paidOrders: 2, paidFen: 301 }) // → 151
 */
export function aovOf(facts: Pick<MemberFacts, 'paidOrders' | 'paidFen'>): Fen | null {
  return facts.paidOrders === 0 ? null : Math.round(facts.paidFen / facts.paidOrders);
}

/**
 * The smallest average order value that still belongs to the top share of the chain; null when nobody bought.
 *
 * The share is counted in whole members, rounded down but at least one, and all who tie at the cut are in.
 * It is computed once per rebuild and stored, so that one member can be placed and explained without the others.
 *
 * @param aovsFen one average per member who bought, any order
 * @example aovCutOf([100, 500, 200, 300, 400], 0.2, day('2025-01-01')) // → { fen: 500, … }
 */
export function aovCutOf(aovsFen: readonly Fen[], topShare: number, computedOn: Day): AovCut | null {
  const members = aovsFen.length;
  if (members === 0) return null;
  const sorted = Float64Array.from(aovsFen).sort();
  // 0.29 × 100 is 28.999… in binary; the small nudge makes it the 29 that was meant.
  const inTop = Math.min(members, Math.max(1, Math.floor(members * topShare + 1e-9)));
  return { fen: sorted[members - inTop] ?? 0, computedOn, members };
}

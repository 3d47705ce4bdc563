import type { Day } from '../kernel/day';
import type { Fen } from '../kernel/fen';
import type { AovCut, MemberFacts } from './types';

/**
 * Average order value (客单价) in whole fen over her priced purchases, net of refunds; null when there is none.
 *
 * @example aovOf({ paidOrders: 2, unpricedOrders: 0, paidFen: 301 }) // → 151
 */
export function aovOf(facts: Pick<MemberFacts, 'paidOrders' | 'unpricedOrders' | 'paidFen'>): Fen | null {
  const priced = facts.paidOrders - facts.unpricedOrders;
  return priced <= 0 ? null : Math.round(facts.paidFen / priced);
}

/**
 * How many members belong to the top share: whole members, rounded down but at least one. So it is also the rank, the
 * dearest being the first, of the member whose average is the cut-off; 0 when there are no members.
 *
 * @param members how many have an average order value
 * @example cutRankOf(10, 0.2) // → 2, the second dearest
 */
export function cutRankOf(members: number, topShare: number): number {
  // 0.29 × 100 is 28.999… in binary; the small nudge makes it the 29 that was meant.
  return Math.min(members, Math.max(1, Math.floor(members * topShare + 1e-9)));
}

/**
 * The rank, the dearest being the first, of the member whose average is the median; 0 when there are no members. Of an
 * even number it is the upper of the two in the middle, so that exactly half of the members are below it.
 *
 * @example medianRankOf(4) // → 2 ; medianRankOf(5) // → 3
 */
export function medianRankOf(members: number): number {
  return Math.ceil(members / 2);
}

/**
 * The cut-off from the two averages that stand at `cutRankOf` and `medianRankOf`; null when nobody bought. A database
 * that holds the averages in order finds the two without reading the others.
 *
 * @example aovCutFrom({ fen: 500, medianFen: 300, members: 5 }, day('2025-01-01'))?.fen // → 500
 */
export function aovCutFrom(
  found: { fen: Fen; medianFen: Fen; members: number } | null,
  computedOn: Day,
): AovCut | null {
  if (found === null || found.members === 0) return null;
  return { fen: found.fen, medianFen: found.medianFen, members: found.members, computedOn };
}

/**
 * The smallest average order value that still belongs to the top share of the chain, and the median of all; null when
 * nobody bought. All who tie at the cut are in.
 *
 * It is computed once per rebuild and stored, so that one member can be placed and explained without the others.
 *
 * @param aovsFen one average per member who has one, any order
 * @example aovCutOf([100, 500, 200, 300, 400], 0.2, day('2025-01-01'))
 * // → { fen: 500, medianFen: 300, members: 5, computedOn: '2025-01-01' }
 */
export function aovCutOf(aovsFen: ArrayLike<Fen>, topShare: number, computedOn: Day): AovCut | null {
  const members = aovsFen.length;
  const sorted = Float64Array.from(aovsFen).sort();
  const at = (rank: number): Fen => sorted[members - rank] ?? 0;
  return aovCutFrom(
    { fen: at(cutRankOf(members, topShare)), medianFen: at(medianRankOf(members)), members },
    computedOn,
  );
}

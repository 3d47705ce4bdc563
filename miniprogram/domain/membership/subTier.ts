import { aovOf } from './aov';
import type { AovCut, MemberFacts, QuietStage } from './types';

/**
 * What a lapsed member was before she stopped coming: never bought, one or two small purchases, one or two of at least
 * the chain's median, or three and more.
 */
export type LapsedSubTier = 'neverBought' | 'fewSmall' | 'fewLarge' | 'many';

/** From so many purchases on she was a customer of habit, whatever she spent. */
const MANY = 3;

/**
 * Which kind of lapsed member she is, by how often she bought and for how much: who came often needs another word
 * than who tried once. null while she is awake, and while one or two purchases cannot be held against the chain's median
 * (none computed yet, or the amounts are not known).
 *
 * @param quiet as `Placement.quiet`; null = never paid
 * @example lapsedSubTierOf(boughtOn('2024-01-05'), 'lost', { fen: 30_000, medianFen: 10_000, … }) // → 'fewLarge', her ¥100 is the median
 */
export function lapsedSubTierOf(
  facts: MemberFacts,
  quiet: QuietStage | null,
  cut: AovCut | null,
): LapsedSubTier | null {
  if (quiet === 'awake') return null;
  if (facts.paidOrders === 0) return 'neverBought';
  if (facts.paidOrders >= MANY) return 'many';
  const aov = aovOf(facts);
  const median = cut?.medianFen;
  if (aov === null || median === undefined) return null;
  return aov < median ? 'fewSmall' : 'fewLarge';
}

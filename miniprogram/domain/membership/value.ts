import type { Day } from '../kernel/day';
import { quietAt } from './lifecycle';
import { turnReader } from './turns';
import type { Turns } from './turns';
import type { AovCut, MemberFacts, QuietStage, TierRules, Value } from './types';

export { aovCutOf, aovOf } from './aov';

/**
 * The day a value window ends on: today while she is awake, her last purchase once she is quiet. Otherwise every
 * dormant member would be of low value simply because she is dormant.
 */
export function windowEndOf(turns: Turns, quiet: QuietStage | null, today: Day): Day {
  return quiet !== 'awake' && turns.lastPaidOn !== null ? turns.lastPaidOn : today;
}

/** The same as `valueOf`, read from her calendar. */
export function valueAt(turns: Turns, quiet: QuietStage | null, today: Day): Value {
  const end = windowEndOf(turns, quiet, today);
  if (end < turns.highUntil) return 'high';
  return end < turns.midUntil ? 'mid' : 'low';
}

/**
 * What a member is worth to the chain, by the definition it has chosen.
 *
 * - By frequency there are two tests: often enough in the window (3 orders in 3 months), and an average order in the
 *   chain's top share. Both → high, one → mid, none → low. Without a cut-off nobody passes the second test.
 * - By annual spend: the money of 12 months against two thresholds.
 *
 * The window ends today while she is awake and with her last purchase once she is quiet. `MemberFacts.year` reaches
 * back 12 months, so a frequency window is at most that long.
 *
 * @example valueOf(NO_FACTS, rulesOf('retail', 1), null, day('2025-01-01')) // → 'low'
 */
export function valueOf(facts: MemberFacts, rules: TierRules, cut: AovCut | null, today: Day): Value {
  const turns = turnReader(rules, cut)(facts);
  return valueAt(turns, quietAt(turns, today), today);
}

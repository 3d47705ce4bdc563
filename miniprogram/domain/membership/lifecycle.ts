import { newestDayMonthsAgo } from '../kernel/day';
import type { Day } from '../kernel/day';
import { turnReader } from './turns';
import type { Turns } from './turns';
import type { Lifecycle, MemberFacts, QuietStage, TierRules } from './types';

/**
 * How long a paying member has been quiet. The ladder is read coldest first, and she takes the first stage she has
 * been quiet long enough for. Months are calendar months held at the month's end.
 *
 * @example quietStageOf(day('2025-08-31'), rulesOf('retail', 1), day('2025-11-30')) // → 'drowsy'
 * @example quietStageOf(day('2025-08-31'), rulesOf('retail', 1), day('2025-11-29')) // → 'awake'
 */
export function quietStageOf(lastPaidOn: Day, rules: TierRules, today: Day): QuietStage {
  return rules.ladder.find((step) => lastPaidOn <= newestDayMonthsAgo(today, step.months))?.stage ?? 'awake';
}

/** The same, read from her calendar; null while she has never paid. */
export function quietAt(turns: Turns, today: Day): QuietStage | null {
  if (turns.lastPaidOn === null) return null;
  for (const turn of turns.quiet) if (today >= turn.from) return turn.stage;
  return 'awake';
}

/** Where she stands, when it is already known how quiet she is. First match wins. */
export function lifecycleAt(turns: Turns, quiet: QuietStage | null, today: Day): Lifecycle {
  if (today < turns.unpaidUntil) return 'orderUnpaid';
  if (quiet === null) return turns.visited ? 'visitedNoOrder' : 'prospect';
  if (quiet !== 'awake') return quiet;
  return today >= turns.repurchaseFrom ? 'oneOrderOnly' : 'active';
}

/**
 * Where a member stands with the shop; one answer each, first match wins.
 *
 * A fresh unpaid order comes first because it asks for an act today; how long she has been quiet is kept beside it
 * in `Placement.quiet`. A purchase refunded in full is none, so such a member is `prospect` or `visitedNoOrder` again.
 *
 * @example lifecycleOf(NO_FACTS, rulesOf('retail', 1), day('2025-01-01')) // → 'prospect'
 */
export function lifecycleOf(facts: MemberFacts, rules: TierRules, today: Day): Lifecycle {
  const turns = turnReader(rules, null)(facts);
  return lifecycleAt(turns, quietAt(turns, today), today);
}

import type { Day } from '../kernel/day';
import { lifecycleAt, quietAt } from './lifecycle';
import { FOREVER, turnReader } from './turns';
import type { Turns } from './turns';
import type { AovCut, MemberFacts, Placement, TierRules } from './types';
import { valueAt } from './value';

/** Rules made ready to place many members on one day. */
export interface Placing {
  today: Day;
  rulesVersion: number;
  turnsOf: (facts: MemberFacts) => Turns;
}

/** Make one of these and keep it while the rules, the cut-off and the day stay the same. */
export function prepare(rules: TierRules, cut: AovCut | null, today: Day): Placing {
  return { today, rulesVersion: rules.version, turnsOf: turnReader(rules, cut) };
}

/** The earliest of her turning days after `after`; `FOREVER` when there is none. */
function nextTurn(turns: Turns, after: Day): Day {
  let next = FOREVER;
  if (turns.unpaidUntil > after && turns.unpaidUntil < next) next = turns.unpaidUntil;
  if (turns.repurchaseFrom > after && turns.repurchaseFrom < next) next = turns.repurchaseFrom;
  if (turns.highUntil > after && turns.highUntil < next) next = turns.highUntil;
  if (turns.midUntil > after && turns.midUntil < next) next = turns.midUntil;
  for (const turn of turns.quiet) if (turn.from > after && turn.from < next) next = turn.from;
  return next;
}

/** Places one member under prepared rules. See `placeMember`. */
export function placeWith(placing: Placing, facts: MemberFacts): Placement {
  const { today, rulesVersion } = placing;
  const turns = placing.turnsOf(facts);
  const quiet = quietAt(turns, today);
  const lifecycle = lifecycleAt(turns, quiet, today);
  const value = valueAt(turns, quiet, today);

  // Between two turning days nothing moves; on one of them something may. The first that does is the answer.
  let changesOn: Day | null = null;
  for (let on = nextTurn(turns, today); on !== FOREVER; on = nextTurn(turns, on)) {
    const then = quietAt(turns, on);
    if (then !== quiet || lifecycleAt(turns, then, on) !== lifecycle || valueAt(turns, then, on) !== value) {
      changesOn = on;
      break;
    }
  }
  return { lifecycle, quiet, value, changesOn, rulesVersion };
}

/**
 * Where the rules put one member today, and the next day on which the calendar alone moves her.
 *
 * On every day from today to the eve of `changesOn` the placement is the same; on `changesOn` it differs. So a nightly
 * run needs to read only the members whose day has come. An order, visit or refund places her anew at once.
 *
 * @example placeMember(boughtOnceOn('2025-08-31'), rulesOf('retail', 1), null, day('2025-09-01')).changesOn
 * // → '2025-10-01', the 31st day: one order, not repeated
 */
export function placeMember(facts: MemberFacts, rules: TierRules, cut: AovCut | null, today: Day): Placement {
  return placeWith(prepare(rules, cut, today), facts);
}

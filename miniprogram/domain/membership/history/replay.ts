import { endOf } from '../../kernel/day';
import type { Day } from '../../kernel/day';
import { factsOf } from '../facts';
import { placeMember } from '../place';
import type { AovCut, MemberFacts, OrderFact, Placement, TierRules } from '../types';
import { orderAsOf } from './orderAsOf';

/** Everything that is known to have happened to one member. */
export interface History {
  orders: readonly OrderFact[];
  visits: readonly Day[];
  browses: readonly Day[];
}

/** What was true of a member, and where it put her. */
export interface Stand {
  facts: MemberFacts;
  placement: Placement;
}

/** What the rules could know of a member in the evening of a day. @example factsOn(history, day('2025-01-31')).paidOrders */
export function factsOn({ orders, visits, browses }: History, on: Day): MemberFacts {
  const end = endOf(on);
  const isBy = (one: Day): boolean => one <= on;
  return factsOf(
    orders.flatMap((order) => orderAsOf(order, end) ?? []),
    visits.filter(isBy),
    browses.filter(isBy),
  );
}

/**
 * Where a member stood in the evening of a day, by what had happened by then. The same function of the same facts that
 * placed her on the day itself, so it answers what was stored then.
 *
 * @param rules and cut as they held on that day; see `standardOn`
 * @example replayOf(history, rules, cut, day('2024-12-31')).placement.lifecycle // → 'drowsy'
 */
export function replayOf(history: History, rules: TierRules, cut: AovCut | null, on: Day): Stand {
  const facts = factsOn(history, on);
  return { facts, placement: placeMember(facts, rules, cut, on) };
}

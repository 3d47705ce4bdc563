import { addDays, addMonths } from '../kernel/day';
import type { Day } from '../kernel/day';
import { aovOf } from './aov';
import type { AovCut, MemberFacts, PurchaseDay, QuietStage, TierRules } from './types';

/** A day before all days: what holds `until` it never held. */
export const NEVER = '0000-01-01' as Day;
/** A day after all days: what holds `until` it always holds. */
export const FOREVER = '9999-12-31' as Day;

/** The stage a member enters on a day if she buys nothing more. */
export interface QuietTurn {
  stage: Exclude<QuietStage, 'awake'>;
  from: Day;
}

/**
 * One member's calendar under one set of rules: every day on which time alone can move her. `…From` is the first day
 * on which something holds, `…Until` the first on which it no longer does. Deciding where she stands on any day is
 * then a comparison of days, and finding her next change is looking at the few days below.
 */
export interface Turns {
  lastPaidOn: Day | null;
  /** she was in a shop or looked at a page */
  visited: boolean;
  unpaidUntil: Day;
  /** `FOREVER` unless she bought exactly once */
  repurchaseFrom: Day;
  /** in the ladder's order, coldest first; empty when she never paid */
  quiet: readonly QuietTurn[];
  /** high value holds for windows that end before this day */
  highUntil: Day;
  /** and at least mid value for windows that end before this one */
  midUntil: Day;
}

/**
 * The day on which enough purchases have left a sliding window of `months`: going back from the newest purchase, the
 * one that completes `enough` decides. Windows ending before that day hold enough, later ones do not.
 */
function enoughUntil(
  year: readonly PurchaseDay[],
  weigh: (one: PurchaseDay) => number,
  enough: number,
  leaves: (on: Day) => Day,
): Day {
  if (enough <= 0) return FOREVER;
  let sum = 0;
  for (let i = year.length - 1; i >= 0; i--) {
    const one = year[i];
    if (one === undefined) break;
    sum += weigh(one);
    if (sum >= enough) return leaves(one.on);
  }
  return NEVER;
}

/** Chains place a million members who bought on a few hundred days; each such day is computed once. */
function remembered<T>(compute: (on: Day) => T): (on: Day) => T {
  const known = new Map<Day, T>();
  return (on) => {
    let answer = known.get(on);
    if (answer === undefined) known.set(on, (answer = compute(on)));
    return answer;
  };
}

const ordersOf = (one: PurchaseDay): number => one.orders;
const fenOf = (one: PurchaseDay): number => one.fen;

/** What follows from one day of purchase alone. */
interface FromPurchase {
  leavesWindow: Day;
  repurchaseFrom: Day;
  quiet: readonly QuietTurn[];
}

/** Reads members' calendars under these rules; keep the reader for as many members as share them. */
export function turnReader(rules: TierRules, cut: AovCut | null): (facts: MemberFacts) => Turns {
  const { value } = rules;
  const windowMonths = value.by === 'frequency' ? value.months : 12;
  const unpaidUntil = remembered((on) => addDays(on, rules.unpaidDays));
  const fromPurchase = remembered((on): FromPurchase => ({
    leavesWindow: addMonths(on, windowMonths),
    repurchaseFrom: addDays(on, rules.repurchaseDays + 1),
    quiet: rules.ladder.map((step) => ({ stage: step.stage, from: addMonths(on, step.months) })),
  }));
  const leavesWindow = (on: Day): Day => fromPurchase(on).leavesWindow;

  /** From which day on she is no longer of high, no longer of mid value. */
  const valueUntil = (facts: MemberFacts): [high: Day, mid: Day] => {
    const { year } = facts;
    if (value.by === 'annualSpend')
      return [
        enoughUntil(year, fenOf, value.highFen, leavesWindow),
        enoughUntil(year, fenOf, value.midFen, leavesWindow),
      ];
    const often = enoughUntil(year, ordersOf, value.orders, leavesWindow);
    const aov = aovOf(facts);
    const isTop = cut !== null && aov !== null && aov >= cut.fen;
    return isTop ? [often, FOREVER] : [NEVER, often];
  };

  return (facts) => {
    const { lastPaidOn, unpaidOn } = facts;
    const visited = facts.visits > 0 || facts.browses > 0;
    const unpaid = unpaidOn === null ? NEVER : unpaidUntil(unpaidOn);
    if (lastPaidOn === null)
      return {
        lastPaidOn,
        visited,
        unpaidUntil: unpaid,
        repurchaseFrom: FOREVER,
        quiet: [],
        highUntil: NEVER,
        midUntil: NEVER,
      };
    const { quiet, repurchaseFrom } = fromPurchase(lastPaidOn);
    const [highUntil, midUntil] = valueUntil(facts);
    return {
      lastPaidOn,
      visited,
      unpaidUntil: unpaid,
      repurchaseFrom: facts.paidOrders === 1 ? repurchaseFrom : FOREVER,
      quiet,
      highUntil,
      midUntil,
    };
  };
}

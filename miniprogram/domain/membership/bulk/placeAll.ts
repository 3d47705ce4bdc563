import { addDays, addMonths, newestDayMonthsAgo } from '../../kernel/day';
import type { Day } from '../../kernel/day';
import type { AovCut, QuietStage, TierRules } from '../types';
import { LIFECYCLES, VALUES } from '../types';
import { dayTable, numberOfDay } from './dayNumber';
import { dayInPurchase } from './purchase';
import type { MemberColumns } from './statistics';
import { FOREVER, fenUntil, NEVER, ordersUntil } from './windows';

/** Where every member stands, one array a column. */
export interface Placements {
  /** index into `LIFECYCLES` */
  lifecycle: Uint8Array;
  /** index into `VALUES` */
  value: Uint8Array;
  /** index into `QUIET_STAGES`; `NEVER_PAID` for who never paid */
  quiet: Uint8Array;
  /** day number of `Placement.changesOn`; 0 = never */
  changesOn: Int32Array;
}

export const QUIET_STAGES: readonly QuietStage[] = ['awake', 'drowsy', 'dormant', 'lost'];
export const NEVER_PAID = 255;

const [UNPAID, PROSPECT, VISITED, ACTIVE, ONE_ORDER] = (
  ['orderUnpaid', 'prospect', 'visitedNoOrder', 'active', 'oneOrderOnly'] as const
).map((one) => LIFECYCLES.indexOf(one)) as [number, number, number, number, number];
const [HIGH, MID, LOW] = (['high', 'mid', 'low'] as const).map((one) => VALUES.indexOf(one)) as [
  number,
  number,
  number,
];

/** The ladder as numbers: which stage, its lifecycle, and the day it begins for a last purchase. */
interface Step {
  stage: number;
  lifecycle: number;
  fromOf: (lastDay: number) => number;
}

/**
 * Places all members at once: for each the same answer as `placeMember`, without an object or a date computation per
 * member. Every day a purchase was made on is looked up in tables that are filled as days turn up.
 *
 * @example const placed = placeAll(statistics(orders), rulesOf('retail', 1), cut, day('2025-01-01'));
 * // LIFECYCLES[placed.lifecycle[0]] → where the first member stands
 */
export function placeAll(
  columns: MemberColumns,
  rules: TierRules,
  cut: AovCut | null,
  today: Day,
): Placements {
  const { members, start, purchases, paidFen, pricedOrders, unpaidDay, visited } = columns;
  const { value } = rules;
  const now = numberOfDay(today);
  const windowMonths = value.by === 'frequency' ? value.months : 12;
  const leavesWindow = dayTable((on) => addMonths(on, windowMonths));
  const yearBefore = dayTable((on) => newestDayMonthsAgo(on, 12));
  const unpaidUntilOf = dayTable((on) => addDays(on, rules.unpaidDays));
  const steps = rules.ladder.map(({ stage, months }): Step => ({
    stage: QUIET_STAGES.indexOf(stage),
    lifecycle: LIFECYCLES.indexOf(stage),
    fromOf: dayTable((on) => addMonths(on, months)),
  }));
  const stepDays = new Int32Array(steps.length);
  const placed: Placements = {
    lifecycle: new Uint8Array(members),
    value: new Uint8Array(members),
    quiet: new Uint8Array(members),
    changesOn: new Int32Array(members),
  };

  // One member's calendar, as `Turns` holds it.
  let [lastDay, unpaidUntil, repurchaseFrom, highUntil, midUntil] = [0, 0, 0, 0, 0];
  let isVisitor = false;

  /** 0 = awake, otherwise one more than the step she stands on. */
  const stepAt = (on: number): number => {
    for (let s = 0; s < stepDays.length; s++) if (on >= (stepDays[s] ?? FOREVER)) return s + 1;
    return 0;
  };
  const lifecycleAt = (on: number, step: number): number => {
    if (on < unpaidUntil) return UNPAID;
    if (lastDay === 0) return isVisitor ? VISITED : PROSPECT;
    if (step > 0) return steps[step - 1]?.lifecycle ?? ACTIVE;
    return on >= repurchaseFrom ? ONE_ORDER : ACTIVE;
  };
  const valueAt = (on: number, step: number): number => {
    const end = lastDay !== 0 && step > 0 ? lastDay : on;
    return end < highUntil ? HIGH : end < midUntil ? MID : LOW;
  };
  const nextTurn = (after: number): number => {
    let next = FOREVER;
    if (unpaidUntil > after && unpaidUntil < next) next = unpaidUntil;
    if (repurchaseFrom > after && repurchaseFrom < next) next = repurchaseFrom;
    if (highUntil > after && highUntil < next) next = highUntil;
    if (midUntil > after && midUntil < next) next = midUntil;
    for (let s = 0; s < stepDays.length; s++) {
      const from = stepDays[s] ?? FOREVER;
      if (from > after && from < next) next = from;
    }
    return next;
  };

  for (let i = 0; i < members; i++) {
    const from = start[i] ?? 0;
    const to = start[i + 1] ?? 0;
    const unpaid = unpaidDay[i] ?? 0;
    unpaidUntil = unpaid === 0 ? NEVER : unpaidUntilOf(unpaid);
    isVisitor = (visited[i] ?? 0) > 0;
    if (to === from) {
      lastDay = 0;
      repurchaseFrom = FOREVER;
      highUntil = NEVER;
      midUntil = NEVER;
      stepDays.fill(FOREVER);
    } else {
      lastDay = dayInPurchase(purchases[to - 1] ?? 0);
      repurchaseFrom = to - from === 1 ? lastDay + rules.repurchaseDays + 1 : FOREVER;
      for (let s = 0; s < steps.length; s++) stepDays[s] = steps[s]?.fromOf(lastDay) ?? FOREVER;
      const oldest = yearBefore(lastDay);
      if (value.by === 'annualSpend') {
        highUntil = fenUntil(purchases, from, to, oldest, value.highFen, leavesWindow);
        midUntil = fenUntil(purchases, from, to, oldest, value.midFen, leavesWindow);
      } else {
        const often = ordersUntil(purchases, from, to, oldest, value.orders, leavesWindow);
        const priced = pricedOrders[i] ?? 0;
        const isTop = cut !== null && priced > 0 && Math.round((paidFen[i] ?? 0) / priced) >= cut.fen;
        highUntil = isTop ? often : NEVER;
        midUntil = isTop ? FOREVER : often;
      }
    }

    const step = stepAt(now);
    const lifecycle = lifecycleAt(now, step);
    const worth = valueAt(now, step);
    let changesOn = 0;
    for (let on = nextTurn(now); on !== FOREVER; on = nextTurn(on)) {
      const then = stepAt(on);
      if (then !== step || lifecycleAt(on, then) !== lifecycle || valueAt(on, then) !== worth) {
        changesOn = on;
        break;
      }
    }
    placed.lifecycle[i] = lifecycle;
    placed.value[i] = worth;
    placed.quiet[i] = lastDay === 0 ? NEVER_PAID : step === 0 ? 0 : (steps[step - 1]?.stage ?? 0);
    placed.changesOn[i] = changesOn;
  }
  return placed;
}

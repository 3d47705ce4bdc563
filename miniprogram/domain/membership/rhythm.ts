import { addDays, daysBetween } from '../kernel/day';
import type { Day } from '../kernel/day';
import type { ChainRhythm, MemberFacts, TierRules, Value } from './types';

/** How often a member buys, and when she is expected again. */
export interface Rhythm {
  /** median days between purchases */
  gapDays: number;
  /** her own, or that of members of her value while she has fewer than three purchase days */
  from: 'own' | 'segment';
  expectedNextPurchaseOn: Day;
  /** days since her last purchase over `gapDays`: 1 = due today, 2 = a whole round late */
  overdueRatio: number;
}

/** A category of hers that runs out. */
export interface Refill {
  category: string;
  cycleDays: number;
  /** her own rhythm of this category, or the chain's rule for it */
  from: 'own' | 'rules';
  dueOn: Day;
  /** negative = still so many days to go */
  overdueDays: number;
}

/**
 * Her own rhythm of buying: the median of the days between her purchases, and when the next is expected by it. With
 * fewer than three purchase days she takes the median of members of her value; null when she never bought, or when
 * there is no such median either.
 *
 * @param value her value tier, which names her segment
 * @example rhythmOf(boughtOn('2025-01-01', '2025-01-31', '2025-03-02'), 'low', null, day('2025-05-01'))
 * // → { gapDays: 30, from: 'own', expectedNextPurchaseOn: '2025-04-01', overdueRatio: 2 }
 */
export function rhythmOf(
  facts: MemberFacts,
  value: Value,
  chain: ChainRhythm | null,
  today: Day,
): Rhythm | null {
  if (facts.lastPaidOn === null) return null;
  const own = facts.gapDays ?? null;
  const median = own ?? chain?.days[value];
  if (median === undefined) return null;
  // A database may answer a median of half days; and a gap is never shorter than from one day to the next.
  const gapDays = Math.max(1, Math.round(median));
  return {
    gapDays,
    from: own === null ? 'segment' : 'own',
    expectedNextPurchaseOn: addDays(facts.lastPaidOn, gapDays),
    overdueRatio: daysBetween(facts.lastPaidOn, today) / gapDays,
  };
}

/** 婴儿奶粉 lasts as long as 奶粉: of the listed names that hers contains the longest counts. */
function listedCycle(cycles: Readonly<Record<string, number>> | undefined, name: string): number | null {
  const fitting = Object.entries(cycles ?? {}).filter(([listed]) => name.includes(listed));
  const [longest] = fitting.sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1));
  return longest?.[1] ?? null;
}

/**
 * When she is about to run out of what she buys: last purchase of a category plus how long it lasts, the longest
 * overdue first. Her own rhythm of the category wins where it is known (three purchase days), otherwise the chain's
 * rule; a category with neither has no refill.
 *
 * @example refillsOf(boughtMilkPowderOn('2025-03-01'), rulesOf('maternity', 1), day('2025-04-05'))
 * // → [{ category: '奶粉', cycleDays: 30, from: 'rules', dueOn: '2025-03-31', overdueDays: 5 }]
 */
export function refillsOf(facts: MemberFacts, rules: TierRules, today: Day): Refill[] {
  return (facts.categories ?? [])
    .flatMap(({ name, gapDays, lastOn }): Refill[] => {
      const cycleDays = gapDays ?? listedCycle(rules.cycles, name);
      if (cycleDays === null) return [];
      const dueOn = addDays(lastOn, cycleDays);
      return [
        {
          category: name,
          cycleDays,
          from: gapDays === null ? 'rules' : 'own',
          dueOn,
          overdueDays: daysBetween(dueOn, today),
        },
      ];
    })
    .sort((a, b) => b.overdueDays - a.overdueDays || (a.category < b.category ? -1 : 1));
}

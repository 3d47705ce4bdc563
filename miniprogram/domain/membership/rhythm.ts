import type { Day } from '../kernel/day';

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

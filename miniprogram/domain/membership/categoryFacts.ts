import type { Day } from '../kernel/day';
import type { Fen } from '../kernel/fen';
import { medianGapOf } from './gaps';
import type { CategoryFact } from './types';

/** A member's document stays small however many categories a shop has. */
const CATEGORIES_KEPT = 5;

interface Bought {
  orders: number;
  fen: Fen;
  days: Set<Day>;
}

/** Collects what one member bought of each category, in any order. */
export class CategoryTally {
  private readonly byName = new Map<string, Bought>();

  /**
   * Adds one purchase. A partial refund is taken from its categories in equal proportion, for nobody tells which line
   * came back; a purchase whose amount nobody told counts for its categories without money.
   *
   * @param kept what is left of the order over what was paid, 0–1; null = the amount is not known
   */
  add(on: Day, categoryFen: Readonly<Record<string, Fen>>, kept: number | null): void {
    for (const [name, fen] of Object.entries(categoryFen)) {
      const left = kept === null ? 0 : Math.round(fen * kept);
      if (kept !== null && left <= 0) continue;
      const bought = this.byName.get(name);
      if (bought) {
        bought.orders += 1;
        bought.fen += left;
        bought.days.add(on);
      } else this.byName.set(name, { orders: 1, fen: left, days: new Set([on]) });
    }
  }

  /** The categories most was spent on, most first; those of equal money by purchases, then by name. */
  top(): CategoryFact[] {
    return [...this.byName]
      .sort(([a, x], [b, y]) => y.fen - x.fen || y.orders - x.orders || (a < b ? -1 : 1))
      .slice(0, CATEGORIES_KEPT)
      .flatMap(([name, { orders, fen, days }]) => {
        const sorted = [...days].sort();
        const lastOn = sorted[sorted.length - 1];
        return lastOn === undefined ? [] : [{ name, orders, fen, lastOn, gapDays: medianGapOf(sorted) }];
      });
  }
}

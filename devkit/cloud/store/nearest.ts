import { metresTo, type Near } from '../query/near';
import type { Matcher } from '../query/matching';
import type { Collection } from './collection';
import type { DocId } from './key-order';
import { planNear, type IndexPlan } from './planner';
import type { Doc } from './values';

/** The first look goes so far, each next one twice as far. */
const FIRST_METRES = 1000;
/** Half around the earth, and a little more. */
const EVERYWHERE = 20_040_000;

export interface Nearest {
  docs: Doc[];
  scanned: number;
  plan: IndexPlan;
}

/**
 * The nearest `wanted` documents that match, found by looking in growing circles until one holds
 * enough of them, so that a chain of a million need not be looked at for its ten nearest.
 * `undefined` when no index has the place.
 */
export function nearestDocuments(
  collection: Collection,
  query: Doc,
  near: Near,
  matches: Matcher,
  wanted: number,
): Nearest | undefined {
  const metresOf = metresTo(near);
  const seen = new Set<DocId>();
  const found: { doc: Doc; metres: number }[] = [];
  const furthest = Math.min(near.most, EVERYWHERE);
  for (let reach = Math.min(FIRST_METRES, furthest); ; reach = Math.min(reach * 2, furthest)) {
    const plan = planNear(collection, query, near, reach);
    if (!plan) return undefined;
    for (const { start, end } of plan.ranges) {
      for (const id of plan.index.ids(start, end, false)) {
        if (seen.has(id)) continue;
        seen.add(id);
        const doc = collection.get(id);
        if (doc && matches(doc)) found.push({ doc, metres: metresOf(doc) });
      }
    }
    // Outside the circle, one that was not looked at may be nearer than one that was.
    const inside = reach === furthest ? found : found.filter(({ metres }) => metres <= reach);
    if (inside.length < wanted && reach < furthest) continue;
    inside.sort((a, b) => a.metres - b.metres);
    return { docs: inside.slice(0, wanted).map(({ doc }) => doc), scanned: seen.size, plan };
  }
}

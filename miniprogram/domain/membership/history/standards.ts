import type { Ms } from '../../kernel/day';
import { rulesOf } from '../presets';
import type { AovCut, TierRules } from '../types';

/** A version of the rules and since when it holds. */
export interface KeptRules {
  rules: TierRules;
  savedAt: Ms;
}
/** A cut-off and since when it holds. */
export interface KeptCut {
  at: Ms;
  cut: AovCut;
}
/** What members are measured by at one instant. */
export interface Standard {
  rules: TierRules;
  cut: AovCut | null;
}

function newestBy<T>(kept: readonly T[], sinceOf: (one: T) => Ms, at: Ms): T | null {
  let newest: T | null = null;
  for (const one of kept) {
    if (sinceOf(one) <= at && (newest === null || sinceOf(one) >= sinceOf(newest))) newest = one;
  }
  return newest;
}

function oldestBy<T>(kept: readonly T[], sinceOf: (one: T) => Ms): T | null {
  return kept.reduce<T | null>(
    (oldest, one) => (oldest === null || sinceOf(one) < sinceOf(oldest) ? one : oldest),
    null,
  );
}

const savedAt = (one: KeptRules): Ms => one.savedAt;
const since = (one: KeptCut): Ms => one.at;

/**
 * The rules that held at an instant. Days before the first version are read by the first one: orders that were imported
 * lie before it, and no other rules ever applied to them. A chain without any version goes by the retail preset.
 *
 * @param versions in any order
 * @example rulesOn([{ rules: first, savedAt: 10 }, { rules: second, savedAt: 20 }], 19) // → first
 */
export function rulesOn(versions: readonly KeptRules[], at: Ms): TierRules {
  return (newestBy(versions, savedAt, at) ?? oldestBy(versions, savedAt))?.rules ?? rulesOf('retail', 1);
}

/**
 * The cut-off that held at an instant; null when none had been computed by then.
 *
 * @param cuts in any order
 * @example cutOn([{ at: 10, cut }], 9) // → null
 */
export function cutOn(cuts: readonly KeptCut[], at: Ms): AovCut | null {
  return newestBy(cuts, since, at)?.cut ?? null;
}

/**
 * Rules and cut-off together. For days before the chain was set up both are the first there were: her orders of that
 * time came in by a file, and measuring them without any cut-off would show a turn on the day of the import that was
 * none. Where the set-up has no instant, the first cut-off is taken for it.
 *
 * @example standardOn([{ rules, savedAt: 10 }], [{ at: 12, cut }], 5).cut // → cut
 * @example standardOn([{ rules, savedAt: 10 }], [{ at: 12, cut }], 11).cut // → null: the chain was there, the cut-off not yet
 */
export function standardOn(versions: readonly KeptRules[], cuts: readonly KeptCut[], at: Ms): Standard {
  const rules = rulesOn(versions, at);
  // Rules that came with the chain were saved at 0: nobody wrote down when that was.
  const setUpAt = oldestBy(versions, savedAt)?.savedAt || Infinity;
  const isBefore = at < setUpAt;
  const cut = cutOn(cuts, at) ?? (isBefore ? (oldestBy(cuts, since)?.cut ?? null) : null);
  return { rules, cut };
}

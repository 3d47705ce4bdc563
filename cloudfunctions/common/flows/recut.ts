import { daysBetween } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { keepCut, saveCut } from '../store/chain';
import type { ChainDoc } from '../store/documents';
import { measuredCut, measuredRhythm } from '../store/figures';
import { passUnderWay } from './rebuild';
import { partsOfPass, passOver } from './rebuildSplit';
import type { Moment } from './retier';

/** A cut-off is computed again on the same day once more than one in twenty of its members has been placed anew. */
const MOVED_SHARE = 0.05;
/** A chain fed by its tills alone imports nothing; its cut-off is renewed by the night. */
const CUT_HOLDS_DAYS = 7;

/** While new rules are on their way, so is a cut-off of the same hour: another would only begin the pass anew. */
const isRebuilding = (chain: ChainDoc): boolean => passUnderWay(chain)?.kind === 'rebuild';

/**
 * Is it time for a new average-order-value cut-off after an import: none yet, one of another day, or too many members
 * moved since?
 *
 * @example isRecutDue({ …, aovCut: null }, today) // → true
 */
export function isRecutDue(chain: ChainDoc, today: Day): boolean {
  if (chain.rules.value.by !== 'frequency' || isRebuilding(chain)) return false;
  const computedOn = chain.recut?.on ?? chain.aovCut?.computedOn;
  if (computedOn !== today) return true;
  return (chain.recut?.placedSince ?? 0) > (chain.aovCut?.members ?? 0) * MOVED_SHARE;
}

/** Has it become a week old? The night asks, whatever value goes by: medians are wanted in any case. */
export function isCutOld(chain: ChainDoc, today: Day): boolean {
  if (isRebuilding(chain)) return false;
  const computedOn = chain.recut?.on ?? chain.aovCut?.computedOn;
  return computedOn === undefined || daysBetween(computedOn, today) >= CUT_HOLDS_DAYS;
}

/**
 * Measures the cut-off and the rhythm anew and stores them; where the cut-off moved, a pass that places the members by it
 * begins. Whoever is placed from now on is placed by the new one; the others follow in `workPass`, wherever this is
 * interrupted. Some fifteen calls whatever the size of the chain.
 *
 * @returns the chain as it then stands; null when somebody else changed it meanwhile
 */
export async function recut(chain: ChainDoc, { now, today }: Moment): Promise<ChainDoc | null> {
  const [aovCut, rhythm] = await Promise.all([
    measuredCut(chain.rules.value, today),
    measuredRhythm(today),
    keepCut(chain),
  ]);
  const isMoved = chain.rules.value.by === 'frequency' && aovCut?.fen !== chain.aovCut?.fen;
  const pass = isMoved
    ? await passOver({ job: `cut:${now}`, kind: 'cut', rulesVersion: chain.rules.version }, now)
    : null;
  const saved = await saveCut(chain, { aovCut, rhythm }, pass, { on: today, at: now });
  if (!saved) return null;
  await keepCut(saved);
  if (pass) await partsOfPass(pass);
  return saved;
}

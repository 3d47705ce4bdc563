import { aovCutOf, aovOf } from '../../../miniprogram/domain/membership/value';
import { moveRecutCursor, saveCut } from '../store/chain';
import type { ChainDoc } from '../store/documents';
import { awaitPlacing, membersBehind, spendings } from '../store/members';
import { retierFromFacts } from './retier';
import type { Moment } from './retier';

const PAGE = 500;
/** A cut-off is computed again on the same day once more than one in twenty of its members has been placed anew. */
const MOVED_SHARE = 0.05;

/**
 * Is it time for a new average-order-value cut-off: none yet, one of another day, or too many members moved since?
 *
 * @example isRecutDue({ …, aovCut: null }, today) // → true
 */
export function isRecutDue(chain: ChainDoc, today: Moment['today']): boolean {
  if (chain.rules.value.by !== 'frequency') return false;
  const computedOn = chain.recut?.on ?? chain.aovCut?.computedOn;
  if (computedOn !== today) return true;
  return (chain.recut?.placedSince ?? 0) > (chain.aovCut?.members ?? 0) * MOVED_SHARE;
}

/**
 * Computes the cut-off over all members and stores it with the note that nobody is placed by it yet. Whoever is placed
 * from now on is placed by the new one; the others follow in `followCut`, wherever this is interrupted.
 */
export async function recut(chain: ChainDoc, today: Moment['today']): Promise<ChainDoc> {
  const { value } = chain.rules;
  if (value.by !== 'frequency') return chain;
  const aovs = (await spendings()).map(aovOf).filter((aov) => aov !== null);
  const aovCut = aovCutOf(aovs, value.topShare, today);
  const isUnmoved = aovCut?.fen === chain.aovCut?.fen && (chain.recut?.cursor ?? null) === null;
  const cursor = isUnmoved ? null : '';
  if (!(await saveCut(aovCut, today, cursor))) return chain;
  return { ...chain, aovCut, recut: { on: today, cursor, placedSince: 0 } };
}

/** Members up to this id are placed by the stored cut-off; null = all. */
export function recutCursorOf(chain: ChainDoc): string | null {
  return chain.recut?.cursor ?? null;
}

/**
 * Places the next page of members by the stored cut-off and moves the cursor on.
 *
 * @returns the chain with the new cursor; null when somebody else moved it first
 */
export async function followCut(chain: ChainDoc, at: Moment): Promise<ChainDoc | null> {
  const from = recutCursorOf(chain);
  if (from === null) return chain;
  const members = await membersBehind(from, PAGE);
  const { lost } = await retierFromFacts(members, chain, at);
  // Whoever placed them just now may have gone by the old cut-off.
  await awaitPlacing(lost);
  const cursor = members.length < PAGE ? null : (members.at(-1)?._id ?? null);
  if (!(await moveRecutCursor(from, cursor))) return null;
  return { ...chain, recut: { ...chain.recut, cursor } };
}

import type { JobProgress } from '../../../miniprogram/contract/members';
import { chainSettings, countPlaced } from '../store/chain';
import type { ChainDoc } from '../store/documents';
import { deadImports, forgetImport } from '../store/imports';
import {
  awaitPlacing,
  countMembers,
  countMembersBehind,
  countWaiting,
  waitingMembers,
} from '../store/members';
import { followCut, isRecutDue, recut, recutCursorOf } from './recut';
import { retierFromOrders } from './retier';
import type { Moment } from './retier';

const PAGE = 200;

/** Finds calls of an import that died before they could say whose orders they wrote, and says it for them. */
export async function healImports(now: Moment['now']): Promise<void> {
  for (const dead of await deadImports(now)) {
    await awaitPlacing(dead.memberIds);
    await forgetImport(dead);
  }
}

/** Is there anything for `settle` to do that somebody began? Three calls. */
export async function isAnythingUnsettled(now: Moment['now']): Promise<boolean> {
  const [waiting, dead, chain] = await Promise.all([countWaiting(), deadImports(now), chainSettings()]);
  return waiting > 0 || dead.length > 0 || recutCursorOf(chain) !== null;
}

/** Places waiting members page by page until none is left or the time is up. @returns whether none is left */
async function placeWaiting(chain: ChainDoc, at: Moment, isTimeUp: () => boolean): Promise<boolean> {
  for (;;) {
    const ids = await waitingMembers(PAGE);
    if (ids.length === 0) return true;
    const { placed } = await retierFromOrders(ids, chain, at);
    await countPlaced(placed.length);
    if (placed.length === 0 || isTimeUp()) return false;
  }
}

/**
 * Does a stretch of the work that imported rows leave behind: places the members who wait, then renews the
 * average-order-value cut-off when it is due and places those it moves. Stops when the time is up; what is left is all
 * in the database, so anyone may go on, also two at once.
 */
export async function settle(at: Moment, isTimeUp: () => boolean): Promise<JobProgress> {
  await healImports(at.now);
  let chain = await chainSettings();
  if (await placeWaiting(chain, at, isTimeUp)) {
    chain = await chainSettings();
    if (isRecutDue(chain, at.today)) chain = await recut(chain, at.today);
    while (recutCursorOf(chain) !== null && !isTimeUp()) {
      chain = (await followCut(chain, at)) ?? (await chainSettings());
    }
  }
  return progress(chain);
}

async function progress(chain: ChainDoc): Promise<JobProgress> {
  const cursor = recutCursorOf(chain);
  const [total, waiting, behind] = await Promise.all([
    countMembers(),
    countWaiting(),
    cursor === null ? 0 : countMembersBehind(cursor),
  ]);
  const left = Math.min(total, Math.max(waiting, behind));
  return { done: total - left, total, finished: left === 0 };
}

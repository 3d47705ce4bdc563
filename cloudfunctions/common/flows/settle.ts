import type { JobProgress } from '../../../miniprogram/contract/members';
import { chainSettings, countPlaced } from '../store/chain';
import type { ChainDoc } from '../store/documents';
import { deadImports, forgetImport } from '../store/imports';
import { partsOf } from '../store/jobs';
import { awaitPlacing, countMembers, countWaiting, waitingMembers } from '../store/members';
import { settleImportedOrders } from './importedOrders';
import { isAnyOlder, passUnderWay, sweepOlder, workPass } from './rebuild';
import { isRecutDue, recut } from './recut';
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

/** Is there anything for `settle` to do that somebody began? Four calls. */
export async function isAnythingUnsettled(now: Moment['now']): Promise<boolean> {
  const [waiting, dead, chain] = await Promise.all([countWaiting(), deadImports(now), chainSettings()]);
  return waiting > 0 || dead.length > 0 || passUnderWay(chain) !== null || (await isAnyOlder(chain));
}

/**
 * Settles what their orders mean for gifts, then places the members who wait, page by page until none is left or the time
 * is up. @returns whether none is left
 */
async function placeWaiting(at: Moment, isTimeUp: () => boolean): Promise<boolean> {
  for (;;) {
    const ids = await waitingMembers(PAGE);
    if (ids.length === 0) return true;
    const chain = await chainSettings();
    await settleImportedOrders(ids, chain, at.now);
    const { placed } = await retierFromOrders(ids, chain, at);
    await countPlaced(placed.length);
    if (placed.length === 0 || isTimeUp()) return false;
  }
}

/**
 * Does a stretch of the work that imported rows and new settings leave behind: places the members who wait, renews the
 * average-order-value cut-off when it is due, and goes on with the pass over all members that it or new rules began.
 * Stops when the time is up; what is left is all in the database, so anyone may go on, also several at once.
 */
export async function settle(at: Moment, isTimeUp: () => boolean): Promise<JobProgress> {
  await healImports(at.now);
  if (await placeWaiting(at, isTimeUp)) {
    const chain = await chainSettings();
    if (isRecutDue(chain, at.today)) await recut(chain, at);
    if (!isTimeUp()) await workPass(at, isTimeUp);
    const then = await chainSettings();
    if (!passUnderWay(then) && !isTimeUp()) await sweepOlder(then, at, isTimeUp);
  }
  return progress(await chainSettings());
}

/** Members the pass under way has been through. One call when there is one. */
async function passed(chain: ChainDoc, total: number): Promise<number> {
  const pass = passUnderWay(chain);
  if (!pass) return total;
  const done = (await partsOf(pass.job)).reduce((sum, part) => sum + Math.min(part.done, part.total), 0);
  return pass.total === 0 ? total : Math.floor((total * done) / pass.total);
}

/**
 * How far all of it is. Where the cut-off may move, a member counts half when she is placed and half when the pass has
 * been through: so the bar never goes back when one half of the work follows the other.
 */
async function progress(chain: ChainDoc): Promise<JobProgress> {
  const [total, waiting] = await Promise.all([countMembers(), countWaiting()]);
  const pass = passUnderWay(chain);
  if (waiting === 0 && !pass) return { done: total, total, finished: true };
  const placed = Math.max(0, total - waiting);
  const second = pass ? await passed(chain, total) : 0;
  const isInHalves = pass !== null || chain.rules.value.by === 'frequency';
  const done = isInHalves ? Math.floor((placed + second) / 2) : placed;
  return { done: Math.min(done, Math.max(0, total - 1)), total, finished: false };
}

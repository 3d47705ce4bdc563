import { daysBetween } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { recut } from '../common/flows/recut';
import { retierFromFacts } from '../common/flows/retier';
import type { Moment } from '../common/flows/retier';
import { timerEntry } from '../common/entry/timer';
import { chainSettings } from '../common/store/chain';
import type { ChainDoc, RunDoc } from '../common/store/documents';
import { countDue, dueMembers } from '../common/store/members';
import { table } from '../common/store/table';

const PAGE = 200;
const SECONDS_TO_WORK = 45;
/** A chain fed by its tills alone imports nothing, so its cut-off would never be computed anew. */
const CUT_HOLDS_DAYS = 7;

/** Places due members page by page. A placed member leaves the set, so the first page is always the next one. */
async function placeDue(
  chain: ChainDoc,
  at: Moment,
  isTimeUp: () => boolean,
): Promise<Pick<RunDoc, 'read' | 'changed' | 'moves'>> {
  const done: Pick<RunDoc, 'read' | 'changed' | 'moves'> = { read: 0, changed: 0, moves: {} };
  for (;;) {
    const due = await dueMembers(at.today, PAGE);
    const page = await retierFromFacts(due, chain, at);
    done.read += due.length;
    done.changed += page.changed;
    for (const [move, members] of Object.entries(page.moves)) {
      done.moves[move] = (done.moves[move] ?? 0) + members;
    }
    if (due.length < PAGE && page.lost.length === 0) return done;
    if (page.changed === 0 || isTimeUp()) return done;
  }
}

const isCutOld = ({ rules, aovCut }: ChainDoc, today: Day): boolean =>
  rules.value.by === 'frequency' &&
  aovCut !== null &&
  daysBetween(aovCut.computedOn, today) >= CUT_HOLDS_DAYS;

/**
 * Every night: members whom the calendar alone moves by now are placed again by the facts they carry. A night cut off
 * anywhere, missed, or run twice at once ends in the same state, and only members who are due are read. Once a week the
 * average-order-value cut-off is computed anew; whom it moves follows by the pulse timer. What was done is kept in `runs`.
 */
export const main = timerEntry('nightly', SECONDS_TO_WORK, async ({ now, today, stopAt }) => {
  const chain = await chainSettings();
  const done = await placeDue(chain, { now, today }, () => Date.now() >= stopAt);
  const cutRenewed = isCutOld(chain, today) && (await recut(chain, today)) !== chain;
  const run: RunDoc = {
    _id: `nightly:${now}`,
    job: 'nightly',
    on: today,
    at: now,
    ms: Date.now() - now,
    ...done,
    left: await countDue(today),
    cutRenewed,
  };
  await table('runs').put(run);
  return { read: run.read, changed: run.changed, left: run.left };
});

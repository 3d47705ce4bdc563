import type { RulesContract, RunShown } from '../../../miniprogram/contract/rules';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Lifecycle } from '../../../miniprogram/domain/membership/types';
import type { Action } from '../../common/entry/action';
import { nothing } from '../../common/entry/asks';
import { rebuildShown } from '../../common/flows/rebuild';
import { chainSettings } from '../../common/store/chain';
import type { RunDoc } from '../../common/store/documents';
import { countDue, countWaiting } from '../../common/store/members';
import { newestRuns } from '../../common/store/runs';

type Ask = RulesContract['jobs.list']['ask'];
type Reply = RulesContract['jobs.list']['reply'];

const MOST_RUNS = 20;

function runShown(run: RunDoc & { job: RunShown['job'] }): RunShown {
  const { _id, job, on, at, ms, read, changed, moves, left } = run;
  const shown = Object.entries(moves).map(([move, members]) => {
    const [from, to] = move.split('>') as [Lifecycle, Lifecycle];
    return { from, to, members };
  });
  return {
    id: _id,
    job,
    on,
    at,
    ms,
    read,
    changed,
    moves: shown.sort((a, b) => b.members - a.members),
    left,
  };
}

/** What is running and what ran. Five database calls, six while a rebuild is under way. */
export const jobsList: Action<Ask, Reply> = {
  who: ['hq'],
  writes: false,
  ask: nothing,
  async run({ today }) {
    const [chain, waiting, due, nights, rebuilds] = await Promise.all([
      chainSettings(),
      countWaiting(),
      countDue(today),
      newestRuns('nightly', MOST_RUNS),
      newestRuns('rebuild', MOST_RUNS),
    ]);
    const runs = [...nights, ...rebuilds].sort((a, b) => b.at - a.at).slice(0, MOST_RUNS);
    return done({ rebuild: await rebuildShown(chain), waiting, due, runs: runs.map(runShown) });
  },
};

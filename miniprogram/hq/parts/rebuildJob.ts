import type { Outcome } from '../../contract/outcome';
import type { RebuildProgress } from '../../contract/rules';
import { phoneNow } from '../../platform/clock';
import { pause } from '../../platform/pause';
import { members } from '../../services/functions';
import type { LanedJob } from './inLanes';

/** What every page does alike with a rebuild: work on a part of it, look at it, wait. */
export const REBUILD_JOB: Pick<LanedJob<RebuildProgress>, 'step' | 'look' | 'wait' | 'now'> = {
  step: () => members('rebuild.step', {}),
  async look(): Promise<Outcome<RebuildProgress | null>> {
    const jobs = await members('jobs.list', {});
    return jobs.ok ? { ok: true, reply: jobs.reply.rebuild } : jobs;
  },
  wait: pause,
  now: phoneNow,
};

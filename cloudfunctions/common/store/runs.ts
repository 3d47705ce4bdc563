import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { RunDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';

/** Keeps the record of a run; once more changes nothing. One call. */
export function keepRun(run: RunDoc): Promise<void> {
  return table('runs').put(run);
}

/** The newest runs of one kind, newest first. One call. */
export async function newestRuns<J extends RunDoc['job']>(
  job: J,
  limit: number,
): Promise<(RunDoc & { job: J })[]> {
  const runs = await table('runs').page({ where: { job }, orderBy: [['at', 'desc']], limit });
  return runs as (RunDoc & { job: J })[];
}

/** How the chain stood on the nights since an instant, newest first, at most 1000. One call. */
export function nightsSince(since: Ms): Promise<Pick<RunDoc, '_id' | 'on' | 'counts'>[]> {
  return table('runs').page({
    where: { job: 'nightly', at: command().gte(since) },
    orderBy: [['at', 'desc']],
    limit: PAGE_LIMIT,
    fields: ['on', 'counts'],
  });
}

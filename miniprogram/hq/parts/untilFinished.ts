import type { JobProgress } from '../../contract/members';
import type { Failure } from '../../contract/failures';
import type { Outcome } from '../../contract/outcome';

/** A job that stands still this often is being done by someone else or not at all: better say so than wait for ever. */
const STILL_ROUNDS = 40;
const STILL_WAIT_MS = 500;

export interface LongJob<Progress extends JobProgress = JobProgress> {
  /** does the next chunk; asked again with the same ask until finished */
  step: () => Promise<Outcome<Progress>>;
  onProgress: (progress: Progress) => void;
  /** true once nobody looks any more; the pulse timer goes on without us */
  left: () => boolean;
  wait: (ms: number) => Promise<void>;
}

/**
 * Keeps a long job going until it is finished. Answers null when it is, or when the page was left; otherwise the failure
 * that stopped it. Calling again goes on where it stopped, since the cloud holds the cursor.
 *
 * @example await untilFinished({ step: () => members('import.settle', {}), onProgress, left, wait });
 */
export async function untilFinished<Progress extends JobProgress>(
  job: LongJob<Progress>,
): Promise<Failure | null> {
  let best = -1;
  let still = 0;
  while (!job.left()) {
    const answer = await job.step();
    if (!answer.ok) return answer.failure;
    const progress = answer.reply;
    job.onProgress(progress);
    if (progress.finished) return null;
    if (progress.done > best) {
      best = progress.done;
      still = 0;
      continue;
    }
    still += 1;
    if (still >= STILL_ROUNDS) return { code: 'busy' };
    // Another phone or the timer holds the lease; its progress shows here too.
    await job.wait(STILL_WAIT_MS);
  }
  return null;
}

/** @example percentOf({ done: 1, total: 3, finished: false }) // → 33 ; an empty job is done: 100 */
export function percentOf(progress: { done: number; total: number }): number {
  if (progress.total <= 0) return 100;
  return Math.floor((100 * Math.min(progress.done, progress.total)) / progress.total);
}

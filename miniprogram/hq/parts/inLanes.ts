import type { Failure } from '../../contract/failures';
import type { JobProgress } from '../../contract/members';
import type { Outcome } from '../../contract/outcome';
import { untilFinished } from './untilFinished';
import type { LongJob } from './untilFinished';

/** An answer this quick did no page of work: every part was taken. Asking again at once would only cost calls. */
const QUICK_MS = 400;
const TAKEN_WAIT_MS = 800;
/** A call works for seconds before it answers: in between the progress is only looked at. */
const LOOK_MS = 1500;

export interface LanedJob<Progress extends JobProgress> extends LongJob<Progress> {
  /** milliseconds of the phone's clock */
  now: () => number;
  /** where the job stands, without working on it; null = it is not running */
  look: () => Promise<Outcome<Progress | null>>;
}

/**
 * Works on a job of several parts in several calls at a time, each of which takes a part of its own in the cloud.
 * Progress is looked at meanwhile, and told only when it grew, whichever call came back first. Answers null when the job
 * is finished or the page was left; otherwise the failure, once no lane could go on.
 *
 * @example await inLanes(2, { step, look, onProgress, left, wait: pause, now: phoneNow });
 */
export async function inLanes<Progress extends JobProgress>(
  lanes: number,
  job: LanedJob<Progress>,
): Promise<Failure | null> {
  let best = -1;
  let finished = false;
  const lane: LongJob<Progress> = {
    async step() {
      const began = job.now();
      const answer = await job.step();
      if (answer.ok && !answer.reply.finished && job.now() - began < QUICK_MS) await job.wait(TAKEN_WAIT_MS);
      return answer;
    },
    onProgress(progress) {
      if (finished || (!progress.finished && progress.done <= best)) return;
      finished = progress.finished;
      best = progress.done;
      job.onProgress(progress);
    },
    left: () => finished || job.left(),
    wait: job.wait,
  };
  let working = true;
  const watch = async (): Promise<void> => {
    for (;;) {
      await job.wait(LOOK_MS);
      if (!working || lane.left()) return;
      const seen = await job.look();
      if (working && seen.ok && seen.reply && !seen.reply.finished) lane.onProgress(seen.reply);
    }
  };
  void watch();
  const ends = await Promise.all(Array.from({ length: lanes }, () => untilFinished(lane)));
  working = false;
  // A lane that lost its network does not matter once another one brought the job to its end.
  return finished || job.left() ? null : (ends.find((end) => end !== null) ?? null);
}

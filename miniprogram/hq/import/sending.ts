import type { ImportVerdict } from '../../contract/members';
import type { Failure } from '../../contract/failures';
import type { Outcome } from '../../contract/outcome';
import type { Batch } from './batches';
import { startCounting } from './tally';
import type { Tally } from './tally';

/** At most this many calls are under way at once. */
const IN_FLIGHT = 4;
/** Two calls that touch one member: the server asks for another try; it is given these many without a person. */
const BUSY_TRIES = 5;
const BUSY_WAIT_MS = 300;

export interface SendingParts<Row> {
  batches: Iterator<Batch<Row>>;
  /** sends one batch; the key stays the same when the batch is sent again */
  send: (rows: Row[], requestKey: string) => Promise<Outcome<ImportVerdict>>;
  newKey: () => string;
  wait: (ms: number) => Promise<void>;
  onProgress: (tally: Tally) => void;
}

export interface Sending {
  /**
   * Sends everything not sent yet. Answers null when all of the file is through, or the failure that stopped it; calling
   * again goes on where it stopped, the batch that failed first.
   */
  resume(): Promise<Failure | null>;
  /** Ends after the calls under way; used when the page is left. */
  stop(): void;
}

/**
 * A file on its way to the cloud. Nothing is lost by a failure: batches that were not answered are kept with their keys.
 *
 * @example const failure = await startSending({ batches, send, newKey, wait, onProgress }).resume();
 */
export function startSending<Row>(parts: SendingParts<Row>): Sending {
  const unsent: { rows: Row[]; refused: Batch<Row>['refused']; key: string }[] = [];
  const counting = startCounting();
  let failure: Failure | null = null;
  let stopped = false;

  const next = () => {
    const kept = unsent.shift();
    if (kept) return kept;
    const drawn = parts.batches.next();
    return drawn.done ? null : { ...drawn.value, key: parts.newKey() };
  };

  async function sendOne(rows: Row[], key: string): Promise<Outcome<ImportVerdict>> {
    let answer = await parts.send(rows, key);
    for (let tries = 1; !answer.ok && answer.failure.code === 'busy' && tries < BUSY_TRIES; tries++) {
      await parts.wait(BUSY_WAIT_MS * tries);
      answer = await parts.send(rows, key);
    }
    return answer;
  }

  async function lane(): Promise<void> {
    while (!failure && !stopped) {
      const batch = next();
      if (!batch) return;
      if (batch.rows.length > 0) {
        const answer = await sendOne(batch.rows, batch.key);
        if (!answer.ok) {
          failure ??= answer.failure;
          unsent.push(batch);
          return;
        }
        counting.answered(answer.reply, batch.rows.length);
      }
      counting.unread(batch.refused);
      parts.onProgress(counting.now());
    }
  }

  return {
    async resume() {
      failure = null;
      await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
      return failure;
    },
    stop() {
      stopped = true;
    },
  };
}

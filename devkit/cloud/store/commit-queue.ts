import type { RootDatabase } from 'lmdb';
import { transactionConflict } from '../failures';

/** Thrown by a write that meets a document held by an open transaction: it waits, as in MongoDB. */
export class HeldByTransaction extends Error {}

interface Job {
  run: () => unknown;
  resolve: (value: unknown) => void;
  reject: (reason: unknown) => void;
  /** Real time in ms until which the job may wait for a transaction to end. */
  giveUpAt: number;
}

/** Below the SDK's own 15 s, so that the caller gets a reason instead of a network timeout. */
const LONGEST_WAIT = 10_000;
const MOST_JOBS_PER_COMMIT = 500;

/**
 * Runs writes one after another, many in one commit, and answers them when the commit is on disk.
 *
 * A job reads, decides, and only then writes; it may throw a refusal before its first write, never
 * after it. So each job is atomic although it shares a commit with its neighbours.
 */
export class CommitQueue {
  private waiting: Job[] = [];
  private held: Job[] = [];
  private busy = false;
  private whenIdle: (() => void)[] = [];

  constructor(
    private readonly root: RootDatabase,
    private readonly afterFailure: () => void,
  ) {}

  submit<T>(run: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({
        run,
        resolve: resolve as (value: unknown) => void,
        reject,
        giveUpAt: Date.now() + LONGEST_WAIT,
      });
      this.start();
    });
  }

  /** A transaction ended: jobs that waited for a document of it try again. */
  wake(): void {
    if (this.held.length === 0) return;
    this.waiting.push(...this.held);
    this.held = [];
    this.start();
  }

  /** Resolves when nothing is queued or being flushed (jobs held by a transaction do not count). */
  idle(): Promise<void> {
    if (!this.busy) return Promise.resolve();
    return new Promise((resolve) => this.whenIdle.push(resolve));
  }

  private start(): void {
    if (this.busy) return;
    this.busy = true;
    setImmediate(() => void this.drain());
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, MOST_JOBS_PER_COMMIT);
      const answers = this.commit(batch);
      try {
        await this.root.flushed;
        for (const answer of answers) answer();
      } catch (failure) {
        for (const job of batch) job.reject(failure);
      }
      // Lets the requests that came in meanwhile join the next commit.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.busy = false;
    for (const resolve of this.whenIdle.splice(0)) resolve();
  }

  private commit(batch: Job[]): (() => void)[] {
    const answers: (() => void)[] = [];
    try {
      this.root.transactionSync(() => {
        for (const job of batch) this.runJob(job, answers);
      });
      return answers;
    } catch (failure) {
      // Nothing of this batch was stored (disk full, for instance): every caller must know.
      this.afterFailure();
      return batch.map((job) => () => job.reject(failure));
    }
  }

  private runJob(job: Job, answers: (() => void)[]): void {
    try {
      const value = job.run();
      answers.push(() => job.resolve(value));
    } catch (refusal) {
      if (!(refusal instanceof HeldByTransaction)) answers.push(() => job.reject(refusal));
      else if (Date.now() >= job.giveUpAt) answers.push(() => job.reject(transactionConflict()));
      else this.hold(job);
    }
  }

  private hold(job: Job): void {
    this.held.push(job);
    setTimeout(() => this.wake(), Math.max(1, job.giveUpAt - Date.now())).unref();
  }
}

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
  /** Whether it may run again after a commit that stored nothing. */
  repeatable: boolean;
}

/** What the store keeps in memory beside the database, and has to bring in line with it. */
export interface Memory {
  /** Nothing of a commit was stored: counts and field names are read anew. */
  afterFailure(): void;
  /** Inside the transaction that does the commit again: writes what was already learnt in memory. */
  beforeRepeat(): void;
  /** A commit is done again; `cause` is what lmdb said. */
  repeated(cause: Error): void;
}

/** Below the SDK's own 15 s, so that the caller gets a reason instead of a network timeout. */
const LONGEST_WAIT = 10_000;
const MOST_JOBS_PER_COMMIT = 500;
const MOST_TRIES = 4;

/**
 * lmdb's MDB_BAD_TXN at a commit. Under sustained bulk writes lmdb 3.5 now and then trips over its own list of free pages
 * ("reserved freelist had a data entry with zero-size") and takes the whole commit back. The next try finds the list read
 * anew and goes through.
 */
const isPassing = (failure: unknown): boolean => (failure as { code?: unknown }).code === -30782;

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
    private readonly memory: Memory,
  ) {}

  /** @param repeatable false for a job that keeps a place in memory of its own and must not run twice */
  submit<T>(run: () => T, { repeatable = true } = {}): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({
        run,
        resolve: resolve as (value: unknown) => void,
        reject,
        giveUpAt: Date.now() + LONGEST_WAIT,
        repeatable,
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
    const rejected: (() => void)[] = [];
    let jobs = batch;
    for (let tries = 1; ; tries++) {
      const answers: (() => void)[] = [];
      const held: Job[] = [];
      try {
        this.root.transactionSync(() => {
          if (tries > 1) this.memory.beforeRepeat();
          for (const job of jobs) this.runJob(job, answers, held);
        });
        for (const job of held) this.hold(job);
        return [...rejected, ...answers];
      } catch (failure) {
        // Nothing of this batch was stored (disk full, for instance): every caller must know, unless it can be done again.
        this.memory.afterFailure();
        const again = tries < MOST_TRIES && isPassing(failure) ? jobs.filter((job) => job.repeatable) : [];
        for (const job of jobs) if (!again.includes(job)) rejected.push(() => job.reject(failure));
        if (again.length === 0) return rejected;
        this.memory.repeated(failure as Error);
        jobs = again;
      }
    }
  }

  private runJob(job: Job, answers: (() => void)[], held: Job[]): void {
    try {
      const value = job.run();
      answers.push(() => job.resolve(value));
    } catch (refusal) {
      if (!(refusal instanceof HeldByTransaction)) answers.push(() => job.reject(refusal));
      else if (Date.now() >= job.giveUpAt) answers.push(() => job.reject(transactionConflict()));
      else held.push(job);
    }
  }

  private hold(job: Job): void {
    this.held.push(job);
    setTimeout(() => this.wake(), Math.max(1, job.giveUpAt - Date.now())).unref();
  }
}

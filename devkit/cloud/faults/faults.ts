import { CloudError, invalidParam, transactionConflict } from '../failures';
import { dice } from './dice';
import { readRules, type FaultEntry, type FaultRule } from './rule';

/** A call that faults may meet. */
export interface FaultyCall {
  /** The wire action, or `invoke`. */
  action: string;
  /** The function called, or the one the action comes from. */
  function?: string | undefined;
  requestId: string;
  /** Called before a conflict is answered: it ends the transaction, as the service does. */
  abort?: () => void;
  /** Settles when whoever asked has gone away; a wire request has it, an invocation has not. */
  gone?: () => Promise<void>;
  /** The function's own limit, which its time-out message names. */
  timeoutSeconds?: () => number | undefined;
}

/** The connection breaks instead of an answer; over HTTP the socket is destroyed. */
export class ReplyDropped extends CloudError {
  constructor() {
    super('ECONNRESET', 'socket hang up');
  }
}

interface Armed {
  rule: FaultRule;
  place: number;
  roll: () => number;
  left: number;
}

const MOST_ENTRIES = 1000;

/**
 * Faults on demand. With the same rules, the same seed and the same order of calls the same faults
 * happen: a rule rolls once for every call it is about, whether or not another rule strikes too.
 */
export class Faults {
  private armed: Armed[] = [];
  private calls = 0;
  private entries: FaultEntry[] = [];
  private seedInUse = 0;
  private stopped = false;
  /** Wakes the calls that wait. */
  private readonly wakers = new Set<() => void>();

  constructor(private readonly now: () => number) {}

  /**
   * Replaces all rules and begins a new log. Throws a `CloudError` INVALID_PARAM when a rule makes no sense.
   *
   * @example faults.set([{ action: 'database.insertDocument', kind: 'dropReply', probability: 1, times: 1 }], 7);
   */
  set(rules: unknown, seed: unknown = 0): void {
    if (!Number.isSafeInteger(seed)) throw invalidParam(`seed must be a whole number, not ${String(seed)}`);
    const read = readRules(rules);
    this.seedInUse = seed as number;
    this.armed = read.map((rule, place) => ({
      rule,
      place,
      roll: dice(seed as number, place),
      left: rule.times ?? Infinity,
    }));
    this.calls = 0;
    this.entries = [];
  }

  /** No rules any more; the log stays readable. */
  clear(): void {
    this.armed = [];
  }

  rules(): FaultRule[] {
    return this.armed.map(({ rule }) => ({ ...rule }));
  }

  seed(): number {
    return this.seedInUse;
  }

  /** What happened since the rules were set, oldest first, at most the last 1000. */
  log(): FaultEntry[] {
    return this.entries.map((entry) => ({ ...entry }));
  }

  /** Nobody waits any longer: the cloud closes. */
  stop(): void {
    this.clear();
    this.stopped = true;
    for (const wake of this.wakers) wake();
  }

  /** Performs a call, unless a rule has something against it. */
  async around<T>(call: FaultyCall, perform: () => Promise<T>): Promise<T> {
    if (this.armed.length === 0) return perform();
    const struck = this.draw(call);
    for (const { kind, ms = 0 } of struck) if (kind === 'latency') await this.wait(ms);
    const fatal = struck.find(({ kind }) => kind !== 'latency');
    switch (fatal?.kind) {
      case 'dropReply':
        await perform().catch((cause: unknown) => {
          // A refusal is a reply too, and is lost like any other; a bug is not hidden by it.
          if (!(cause instanceof CloudError)) throw cause;
        });
        await this.wait(fatal.ms ?? 0);
        throw new ReplyDropped();
      case 'timeout':
        return this.timeOut(call, fatal.ms);
      case 'conflict':
        call.abort?.();
        throw transactionConflict();
      case 'error':
        throw new CloudError('SYS_ERR', '[InternalError] a fault on demand');
      default:
        return perform();
    }
  }

  /** The faults of one call: any number of latencies, and the first rule of another kind that strikes. */
  private draw({ action, function: functionName, requestId }: FaultyCall): FaultRule[] {
    this.calls++;
    const struck: FaultRule[] = [];
    let decided = false;
    for (const one of this.armed) {
      const { rule } = one;
      if (!concerns(rule, action, functionName)) continue;
      const strikes = one.roll() < rule.probability;
      if (!strikes || one.left <= 0 || (decided && rule.kind !== 'latency')) continue;
      one.left--;
      decided ||= rule.kind !== 'latency';
      struck.push(rule);
      this.entries.push({
        at: this.now(),
        call: this.calls,
        action,
        ...(functionName !== undefined && { function: functionName }),
        kind: rule.kind,
        rule: one.place,
        requestId,
      });
    }
    if (this.entries.length > MOST_ENTRIES) this.entries = this.entries.slice(-MOST_ENTRIES);
    return struck;
  }

  private async timeOut(call: FaultyCall, ms: number | undefined): Promise<never> {
    await this.wait(ms ?? (call.gone ? Infinity : 0), call.gone?.());
    if (call.gone) throw new ReplyDropped();
    const detail = {
      errorCode: -1,
      errorMessage: `Invoking task timed out after ${call.timeoutSeconds?.() ?? 3} seconds`,
      statusCode: 433,
    };
    throw new CloudError('FUNCTIONS_TIME_LIMIT_EXCEEDED', JSON.stringify(detail));
  }

  /** Until the time is over or the asker is gone; breaks off when the cloud closes meanwhile. */
  private async wait(ms: number, gone?: Promise<void>): Promise<void> {
    if (ms > 0 && !this.stopped) {
      await new Promise<void>((resolve) => {
        const timer = ms === Infinity ? undefined : setTimeout(() => wake(), ms);
        const wake = () => {
          clearTimeout(timer);
          this.wakers.delete(wake);
          resolve();
        };
        this.wakers.add(wake);
        void gone?.then(wake);
      });
    }
    if (this.stopped) throw new ReplyDropped();
  }
}

function concerns(rule: FaultRule, action: string, functionName: string | undefined): boolean {
  if (rule.action !== '*' && rule.action !== action) return false;
  if (rule.kind === 'conflict' && !action.startsWith('database.')) return false;
  return rule.function === undefined || rule.function === functionName;
}

import type { InvocationRecord } from '../functions/record';
import type { LogEntry } from '../options';

const MOST_KEPT = 200;
/** Of one invocation; the caller got them all. */
const MOST_LINES = 200;

/** What happened lately, for looking back: the last 200 invocations, and the last 200 warnings and errors. */
export class Recent {
  private readonly invocationRing: InvocationRecord[] = [];
  private readonly logRing: LogEntry[] = [];

  keepInvocation(invocation: InvocationRecord): void {
    keep(this.invocationRing, { ...invocation, logs: invocation.logs.slice(0, MOST_LINES) });
  }

  /** Only what deserves a look is kept; everything else is in the program's own log. */
  keepLog(entry: LogEntry): void {
    if (entry.level === 'warn' || entry.level === 'error') keep(this.logRing, entry);
  }

  /** Newest first. */
  invocations(): InvocationRecord[] {
    return [...this.invocationRing].reverse();
  }

  /** Newest first. */
  logs(): LogEntry[] {
    return [...this.logRing].reverse();
  }
}

function keep<T>(ring: T[], one: T): void {
  ring.push(one);
  if (ring.length > MOST_KEPT) ring.shift();
}

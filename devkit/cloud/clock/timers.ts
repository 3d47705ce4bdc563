import { CloudError } from '../failures';
import type { FunctionRunner } from '../functions/runner';
import type { LogEntry } from '../options';
import { lastDue, nextDue, type Cron } from './cron';
import type { VirtualClock } from './virtual-clock';

interface Timer {
  name: string;
  functionName: string;
  cron: Cron;
}

/** How the clock is moved. */
export interface Moving {
  stand?: boolean | undefined;
  timers?: boolean | undefined;
}

/** Looks again after this long at the latest, so that a rebuilt function's new cron is noticed. */
const LONGEST_SLEEP = 30_000;
/** How often the clock's position is kept; a killed process loses at most this much of it. */
const KEEP_EVERY = 5000;

/** Fires the timers of the functions as the virtual clock passes their instants. */
export class TimerSchedule {
  private looked: number;
  private wake: NodeJS.Timeout | undefined;
  private readonly keeper: NodeJS.Timeout;
  private moving: Promise<unknown> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly clock: VirtualClock,
    private readonly runner: FunctionRunner,
    private readonly enabled: boolean,
    private readonly log: (entry: Omit<LogEntry, 'at'>) => void,
  ) {
    this.looked = clock.now();
    this.keeper = setInterval(() => void clock.keep().catch(() => undefined), KEEP_EVERY);
    this.keeper.unref();
    this.sleep();
  }

  /**
   * Moves the clock to `ms`, firing each timer that falls due on the way once; the names fired.
   *
   * @param stand the clock stands there instead of running on
   * @param timers false: what falls due on the way is passed over, as if it had fired and found nothing to do
   */
  moveTo(ms: number, { stand = false, timers = true }: Moving = {}): Promise<string[]> {
    const move = this.moving.then(() => this.move(ms, stand, timers));
    this.moving = move.catch(() => undefined);
    return move;
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.wake);
    clearInterval(this.keeper);
  }

  private async move(ms: number, stand: boolean, isFiring: boolean): Promise<string[]> {
    const from = this.clock.now();
    if (!Number.isFinite(ms))
      throw new CloudError('INVALID_PARAM', `moveTo needs an instant in ms, got ${String(ms)}`);
    if (ms < from) {
      throw new CloudError(
        'CLOCK_BACKWARD',
        `the clock stands at ${new Date(from).toISOString()} and only moves forward, ${new Date(ms).toISOString()} lies behind it`,
      );
    }
    clearTimeout(this.wake);
    const due = (isFiring ? this.timers() : [])
      .map((timer) => ({ timer, at: lastDue(timer.cron, this.looked, ms) }))
      .filter((one): one is { timer: Timer; at: number } => one.at !== undefined)
      .sort((a, b) => a.at - b.at || (a.timer.functionName < b.timer.functionName ? -1 : 1));
    for (const { timer, at } of due) {
      this.clock.standAt(Math.max(at, from));
      await this.fire(timer, at);
    }
    if (stand) this.clock.standAt(ms);
    else this.clock.runFrom(ms);
    this.looked = ms;
    await this.clock.keep();
    this.sleep();
    return due.map(({ timer }) => timer.name);
  }

  private timers(): Timer[] {
    if (!this.enabled) return [];
    return this.runner.names().flatMap((functionName) => {
      try {
        const timer = this.runner.bundle(functionName)?.timer;
        return timer ? [{ ...timer, functionName }] : [];
      } catch (cause) {
        this.log({ level: 'error', source: 'timer', about: functionName, message: (cause as Error).message });
        return [];
      }
    });
  }

  /** A timer that fails is logged; the others still fire. */
  private async fire({ name, functionName }: Timer, at: number): Promise<void> {
    const event = { Type: 'Timer', TriggerName: name, Time: new Date(at).toISOString(), Message: '' };
    this.log({
      level: 'info',
      source: 'timer',
      about: name,
      message: `fires ${functionName} for ${event.Time}`,
    });
    await this.runner.invoke(functionName, event).catch(() => undefined);
  }

  private sleep(): void {
    if (this.stopped || !this.enabled) return;
    const now = this.clock.now();
    const next = this.timers().reduce(
      (soonest, { cron }) => Math.min(soonest, nextDue(cron, this.looked) ?? Infinity),
      Infinity,
    );
    this.wake = setTimeout(() => this.look(), Math.min(Math.max(next - now, 5), LONGEST_SLEEP));
    this.wake.unref();
  }

  private look(): void {
    const now = this.clock.now();
    for (const timer of this.timers()) {
      const at = lastDue(timer.cron, this.looked, now);
      if (at !== undefined) void this.fire(timer, at);
    }
    this.looked = now;
    this.sleep();
  }
}

import { dayOf, HOUR_MS } from '../../../miniprogram/domain/kernel/day';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import { eachForItself } from '../flows/eachForItself';
import { stopAfter } from '../flows/stopwatch';
import { beginMeter, logBug, logCall, metered } from './log';
import { countRun } from './usage';

/** One part of a timer's work: what it is called in the log, and the work. */
export interface TimerPart {
  name: string;
  /** also when the time is up: a few calls that begin something or clear away */
  evenLate?: boolean;
  /** once an hour, as long as this instance lives: what can wait, and costs a question each time it is looked for */
  hourly?: boolean;
  work(at: { now: Ms; today: Day }, isTimeUp: () => boolean): Promise<unknown>;
}

/**
 * The door for timers. Each part must be safe to run twice, to be cut off anywhere, and to overlap with itself. Parts take
 * their turns in their order; when one fails the others have theirs all the same, for a message that cannot be read must
 * not keep campaigns from ending. Then the run counts as failed.
 *
 * @returns what `exports.main` must be; an invocation answers with what each part answered, by name
 */
export function timerEntry(name: string, secondsToWork: number, parts: readonly TimerPart[]) {
  const done = new Map<string, Ms>();
  const isResting = ({ name: part, hourly }: TimerPart, now: Ms): boolean => {
    const last = hourly ? done.get(part) : undefined;
    return last !== undefined && now >= last && now - last < HOUR_MS;
  };
  return async (_event: unknown, context: { request_id?: string }): Promise<Record<string, unknown>> => {
    const now = Date.now();
    const meter = beginMeter();
    const requestId = context.request_id ?? '';
    const at = { now, today: dayOf(now) };
    const isTimeUp = stopAfter(secondsToWork);
    const record: Record<string, unknown> = {};
    const asked: Record<string, number> = {};
    const measured = async (part: TimerPart): Promise<void> => {
      const since = beginMeter();
      try {
        record[part.name] = await part.work(at, isTimeUp);
        done.set(part.name, now);
      } finally {
        const { reads, writes } = metered(since);
        if (reads + writes > 0) asked[part.name] = reads + writes;
      }
    };
    const tell = async (outcome: 'ok' | 'failed') => {
      await countRun(name, { requestId, started: now, since: meter, isFailed: outcome === 'failed' });
      logCall({ requestId, action: name, ms: Date.now() - now, outcome, parts: asked }, meter);
    };
    try {
      await eachForItself(
        parts,
        (part) => part.name,
        async (part) => {
          if ((part.evenLate || !isTimeUp()) && !isResting(part, now)) await measured(part);
        },
      );
      await tell('ok');
      return record;
    } catch (error) {
      // The platform counts it as failed only when it is thrown on.
      logBug(requestId, name, error);
      await tell('failed');
      throw error;
    }
  };
}

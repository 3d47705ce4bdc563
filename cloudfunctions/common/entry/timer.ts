import { dayOf } from '../../../miniprogram/domain/kernel/day';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import { beginMeter, logBug, logCall } from './log';
import { countRun } from './usage';

/**
 * The door for timers. What it runs must be safe to run twice, to be cut off anywhere, and to overlap with itself.
 *
 * @param run gets the time and the instant by which it should stop and leave the rest to the next run
 */
export function timerEntry(
  name: string,
  secondsToWork: number,
  run: (at: { now: Ms; today: Day; stopAt: Ms }) => Promise<unknown>,
) {
  return async (_event: unknown, context: { request_id?: string }): Promise<unknown> => {
    const now = Date.now();
    const meter = beginMeter();
    const requestId = context.request_id ?? '';
    const tell = async (outcome: 'ok' | 'failed') => {
      await countRun(name, { requestId, started: now, since: meter, isFailed: outcome === 'failed' });
      logCall({ requestId, action: name, ms: Date.now() - now, outcome }, meter);
    };
    try {
      const record = await run({ now, today: dayOf(now), stopAt: now + secondsToWork * 1000 });
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

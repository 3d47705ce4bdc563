import { randomInt } from 'node:crypto';
import { dayOf } from '../../../miniprogram/domain/kernel/day';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { addUsage } from '../store/usage';
import { logBug, metered } from './log';
import type { Meter } from './log';

/** How many calls one drawn call stands for, where the installation says nothing else. */
const USUAL = 20;

/** `HUITOU_USAGE_EVERY`: 1 = every call is counted, 0 = nothing is. */
function every(): number {
  const said = process.env['HUITOU_USAGE_EVERY'] ?? '';
  return /^\d{1,4}$/.test(said) ? Number(said) : USUAL;
}

interface Ended {
  requestId: string;
  started: Ms;
  since: Meter;
  isFailed: boolean;
}

async function count({ requestId, started, since, isFailed }: Ended, times: number, timer?: string) {
  try {
    const { reads, writes } = metered(since);
    const ms = Date.now() - started;
    await addUsage(
      {
        on: dayOf(started),
        calls: times,
        failed: isFailed ? times : 0,
        databaseReads: reads * times,
        databaseWrites: writes * times,
        ms: ms * times,
      },
      timer === undefined ? undefined : { name: timer, run: { at: started, ms, isOk: !isFailed } },
    );
  } catch (error) {
    // Nobody's call fails because it could not be counted.
    logBug(requestId, 'usage', error);
  }
}

/**
 * Counts a call into the day's figures, or rather every n-th of them for n: which, is drawn. So a call in twenty pays one write, the
 * sum is right on the whole however short an instance lives, and nothing is lost with one.
 */
export async function drawUsage(ended: Ended): Promise<void> {
  const times = every();
  if (times > 0 && randomInt(times) === 0) await count(ended, times);
}

/** A timer's run is counted each time: it also says that the timer lives. */
export async function countRun(name: string, ended: Ended): Promise<void> {
  if (every() > 0) await count(ended, 1, name);
}

import { addDays } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import type { TroubleDoc } from './documents';
import { command, table } from './table';

/** So long a trouble is kept, and so many different ones of one day. */
const KEPT_DAYS = 30;
const MOST_A_DAY = 200;

/** Counts one more of a trouble. One call; some more for the first of its kind and day. */
export async function addTrouble(trouble: TroubleDoc): Promise<void> {
  const { _id, on, lastAt } = trouble;
  const more = { count: command().inc(1), lastAt };
  if (await table('troubles').changeIf({ _id }, more)) return;
  if ((await table('troubles').count({ on })) >= MOST_A_DAY) return;
  if (!(await table('troubles').addNew(trouble))) await table('troubles').changeIf({ _id }, more);
}

/** Forgets troubles of more than thirty days ago. One call. @returns how many */
export function forgetOldTroubles(today: Day): Promise<number> {
  return table('troubles').removeAll({ on: command().lt(addDays(today, -KEPT_DAYS)) });
}

/** The newest ones. One call. */
export function newestTroubles(limit: number): Promise<TroubleDoc[]> {
  return table('troubles').page({ orderBy: [['lastAt', 'desc']], limit });
}

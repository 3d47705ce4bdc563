import { addDaysTo } from '../people/uniting';
import { chainSettings } from '../store/chain';
import { againWhenRaced } from '../store/raced';
import { retierFromOrders } from './retier';
import type { Moment } from './retier';

const FIELD = { visit: 'visitDays', browse: 'browseDays' } as const;

/**
 * She was in the shop (`visit`), or looked at a page of ours (`browse`): remembered once a day, and she is placed anew in
 * the same call. Cut off between the two, she is left waiting and whoever settles places her.
 *
 * One call when the day is known already, else about seven.
 *
 * @returns false when it was known, or there is no such member
 */
export async function recordSignal(memberId: string, kind: 'visit' | 'browse', at: Moment): Promise<boolean> {
  if (!(await addDaysTo(memberId, FIELD[kind], [at.today]))) return false;
  const chain = await chainSettings();
  await againWhenRaced(async () =>
    (await retierFromOrders([memberId], chain, at)).lost.length === 0 ? true : null,
  );
  return true;
}

import { addDaysTo } from '../people/uniting';
import { chainSettings } from '../store/chain';
import { againWhenRaced } from '../store/raced';
import { retierFromOrders } from './retier';
import type { Moment } from './retier';

const FIELD = { visit: 'visitDays', browse: 'browseDays' } as const;

/**
 * She was in the shop (`visit`), or looked at a page of ours (`browse`): remembered once a day. A visit places her anew in
 * the same call. A look moves only who never bought, and she is waiting for her page: so it leaves her to the next pulse,
 * within a minute. Cut off anywhere, she is left waiting and whoever settles places her.
 *
 * One call; about six more for a visit of a new day.
 *
 * @returns false when it was known, or there is no such member
 */
export async function recordSignal(memberId: string, kind: 'visit' | 'browse', at: Moment): Promise<boolean> {
  const also = kind === 'browse' ? { browsedAt: at.now } : {};
  if (!(await addDaysTo(memberId, FIELD[kind], [at.today], also))) return false;
  if (kind === 'browse') return true;
  const chain = await chainSettings();
  await againWhenRaced(async () =>
    (await retierFromOrders([memberId], chain, at)).lost.length === 0 ? true : null,
  );
  return true;
}

import type { TaskList } from '../../miniprogram/contract/outreach';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { tabOf } from '../../miniprogram/domain/outreach/priority';
import type { ClerkCount } from '../common/store/tasks';

/**
 * The numbers on a clerk's tabs and her goal for today: of those due today or overdue, how many has she contacted?
 * Whoever she contacted today counts in both, also after the follow-up moved the task to another day or closed it.
 *
 * @example tallyOf([{ status: 'open', dueOn: today, tasks: 3, touchedToday: 0 }], today).progress // → { contacted: 0, due: 3 }
 */
export function tallyOf(counted: readonly ClerkCount[], today: Day): Pick<TaskList, 'counts' | 'progress'> {
  const counts: TaskList['counts'] = { today: 0, upcoming: 0, overdue: 0, done: 0 };
  let contacted = 0;
  let waiting = 0;
  for (const row of counted) {
    const tab = tabOf(row, today);
    counts[tab] += row.tasks;
    contacted += row.touchedToday;
    if (tab === 'today' || tab === 'overdue') waiting += row.tasks - row.touchedToday;
  }
  return { counts, progress: { contacted, due: contacted + waiting } };
}

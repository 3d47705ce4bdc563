import type { UsedOn } from '../../../miniprogram/domain/kernel/billing';
import { addDays } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import type { TimerRun, UsageDoc } from './documents';
import { command, table } from './table';

/** Adds to what a day used, and says when a timer ran. One call; three for the first of a day. */
export async function addUsage(used: UsedOn, timer?: { name: string; run: TimerRun }): Promise<void> {
  const { on, ...figures } = used;
  const _ = command();
  const raised = {
    ...Object.fromEntries(Object.entries(figures).map(([name, by]) => [name, _.inc(by)])),
    ...(timer ? { [`timers.${timer.name}`]: timer.run } : {}),
  };
  const first: UsageDoc = { _id: on, ...used, ...(timer ? { timers: { [timer.name]: timer.run } } : {}) };
  if (await table('usage').changeIf({ _id: on }, raised)) return;
  if (await table('usage').addNew(first)) return;
  await table('usage').changeIf({ _id: on }, raised);
}

const DAYS_READ = 40;

/** What the last forty days used, newest first. One call. */
export function usageUntil(today: Day): Promise<UsageDoc[]> {
  return table('usage').page({
    where: { _id: command().gte(addDays(today, -DAYS_READ)) },
    orderBy: [['_id', 'desc']],
    limit: DAYS_READ + 1,
  });
}

import type { Failure } from '../../miniprogram/contract/failures';
import { addDays } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';

/** Later than this is not a plan but a wish. */
const FARTHEST_DAYS = 180;

/** A day to come back to must lie ahead. @example dayAhead('untilOn', today, today) // → { code: 'bad-ask', … } */
export function dayAhead(field: string, on: Day, today: Day): Failure | null {
  if (on <= today) return { code: 'bad-ask', field, detail: '请选今天之后的日子' };
  if (on > addDays(today, FARTHEST_DAYS)) return { code: 'bad-ask', field, detail: '请选半年以内的日子' };
  return null;
}

/**
 * When a task with an outcome falls due again. Without a next contact day (不再提醒) it rests until its offer is over:
 * it stays findable under 即将, but no list calls for it.
 *
 * @example dueAfterFollowUp(null, day('2025-03-14'), day('2025-03-05')) // → '2025-03-15'
 */
export function dueAfterFollowUp(nextContactOn: Day | null, claimBy: Day, today: Day): Day {
  if (nextContactOn) return nextContactOn;
  return addDays(claimBy > today ? claimBy : today, 1);
}

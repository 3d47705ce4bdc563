import type { Failure } from '../../../miniprogram/contract/failures';
import { day, spokenDay } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';

/** Shanghai's clock was moved in summer before that, and no shop's books reach so far back. */
const EARLIEST = day('1992-01-01');

/** Why a day cannot be looked back at; null when it can. @example pastFault('on', tomorrow, today)?.field // → 'on' */
export function pastFault(field: string, on: Day, today: Day): Failure | null {
  if (on > today) return { code: 'bad-ask', field, detail: '只能看今天和以前的日期' };
  if (on < EARLIEST) return { code: 'bad-ask', field, detail: `只能看${spokenDay(EARLIEST)}以后的日期` };
  return null;
}

/** The same for two days of which the first has to be the earlier. */
export function spanFault(from: Day, to: Day, today: Day): Failure | null {
  const fault = pastFault('from', from, today) ?? pastFault('to', to, today);
  if (fault) return fault;
  return from < to ? null : { code: 'bad-ask', field: 'from', detail: '开始日期要早于结束日期' };
}

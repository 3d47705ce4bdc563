import type { Day } from '../../../miniprogram/domain/kernel/day';
import type { MemberDoc } from './documents';
import { command, table } from './table';
import type { PageAsk } from './table';

/** A day of a member on which something of hers ends or runs out; each has an index of its own. */
export type MemberDay = 'loyalty.levelUntil' | 'loyalty.expiring.on' | 'refillOn';

/** Where a page begins and how long it is. */
export interface DayPage {
  on: Day;
  /** the id it lies behind; empty = from the first */
  after: string;
  limit: number;
}

/** Members with this day, by id. One call, in the order of the day's index. @param fields what is read of them */
export function membersOn<T extends Pick<MemberDoc, '_id'>>(
  field: MemberDay,
  { on, after, limit }: DayPage,
  fields: NonNullable<PageAsk<MemberDoc>['fields']>,
): Promise<T[]> {
  return table('members').page({
    where: { [field]: on, _id: command().gt(after) },
    orderBy: [['_id', 'asc']],
    limit,
    fields,
  }) as Promise<unknown> as Promise<T[]>;
}

import type { Day } from '../../../miniprogram/domain/kernel/day';
import type { MemberDoc } from './documents';
import { command, table } from './table';

/** A member as far as telling her that something ends needs. */
export type EndingMember = Pick<MemberDoc, '_id' | 'openid' | 'optOut' | 'loyalty'>;

/** Members whose points or level end on a day, by id behind `after`. One call, which the day's index answers. */
export function membersEnding(
  field: 'loyalty.expiring.on' | 'loyalty.levelUntil',
  on: Day,
  after: string,
  limit: number,
): Promise<EndingMember[]> {
  return table('members').page({
    where: { [field]: on, _id: command().gt(after) },
    orderBy: [['_id', 'asc']],
    limit,
    fields: ['openid', 'optOut', 'loyalty'],
  });
}

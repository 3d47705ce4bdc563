import type { MemberDoc } from './documents';
import { membersOn } from './memberDays';
import type { DayPage, MemberDay } from './memberDays';

/** A member as far as telling her that something ends needs. */
export type EndingMember = Pick<MemberDoc, '_id' | 'openid' | 'optOut' | 'loyalty'>;

/** Members whose points or level end on a day. One call. */
export function membersEnding(field: Exclude<MemberDay, 'refillOn'>, page: DayPage): Promise<EndingMember[]> {
  return membersOn<EndingMember>(field, page, ['openid', 'optOut', 'loyalty']);
}

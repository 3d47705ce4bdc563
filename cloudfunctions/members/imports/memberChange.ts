import type { MemberRow } from '../../../miniprogram/contract/members';
import type { Placing } from '../../../miniprogram/domain/membership/place';
import { branchIdOf } from '../../common/flows/branchNumber';
import { unknownMember } from '../../common/flows/placing';
import type { MemberDoc } from '../../common/store/documents';
import { lengthRefusal, memberNoRefusal } from './rows';

/** A member as far as a file can tell something about her. */
export type Profile = Pick<
  MemberDoc,
  'name' | 'phoneTail' | 'birthday' | 'homeBranchId' | 'ownerClerkId' | 'optOut'
>;
export type StandingMember = Pick<MemberDoc, '_id'> & Profile;
export const PROFILE_FIELDS = [
  'name',
  'phoneTail',
  'birthday',
  'homeBranchId',
  'ownerClerkId',
  'optOut',
] as const satisfies (keyof Profile)[];

export type MemberChange =
  | { kind: 'add'; doc: MemberDoc }
  | { kind: 'change'; read: StandingMember; change: Partial<Profile> }
  | { kind: 'same' }
  | { kind: 'refuse'; reason: string };

/** What a row tells; blank tells nothing. Only the last four digits of a phone are ever kept. */
function told(row: MemberRow, now: number): Partial<Profile> {
  return {
    ...(row.name ? { name: row.name } : {}),
    ...(row.phone ? { phoneTail: row.phone.slice(-4) } : {}),
    ...(row.birthday ? { birthday: row.birthday } : {}),
    ...(row.branchNo ? { homeBranchId: branchIdOf(row.branchNo) } : {}),
    ...(row.clerkNo ? { ownerClerkId: row.clerkNo } : {}),
    ...(row.optOut ? { optOut: { at: now, source: 'import' as const } } : {}),
  };
}

/**
 * What a row of a member file means for the member who stands, if one does. Blank never overwrites, and a file can say
 * that she opted out but never that she did not.
 *
 * @example memberChange(null, row, placing, now) // → { kind: 'add', doc: { _id: 'M1', name: '王芳', … } }
 */
export function memberChange(
  read: StandingMember | null,
  row: MemberRow,
  placing: Placing,
  now: number,
): MemberChange {
  const reason =
    memberNoRefusal(row.memberNo) ??
    lengthRefusal('姓名', row.name) ??
    lengthRefusal('手机号', row.phone) ??
    lengthRefusal('门店', row.branchNo) ??
    lengthRefusal('导购', row.clerkNo);
  if (reason) return { kind: 'refuse', reason };
  if (!read) return { kind: 'add', doc: { ...unknownMember(row.memberNo, placing, now), ...told(row, now) } };
  const { optOut, ...rest } = told(row, now);
  const change: Partial<Profile> = Object.fromEntries(
    Object.entries(rest).filter(([field, value]) => read[field as keyof Profile] !== value),
  );
  if (optOut && !read.optOut) change.optOut = optOut;
  return Object.keys(change).length === 0 ? { kind: 'same' } : { kind: 'change', read, change };
}

import type { MemberRow } from '../../../miniprogram/contract/members';
import type { Placing } from '../../../miniprogram/domain/membership/place';
import { branchIdOf } from '../../common/flows/branchNumber';
import { unknownMember } from '../../common/flows/placing';
import { profileOfNumber } from '../../common/people/numbered';
import { mayKeepPhones, phoneHashes, sealPhone } from '../../common/people/phones';
import type { MemberDoc } from '../../common/store/documents';
import { lengthRefusal, memberNoRefusal } from './rows';

/** A member as far as a file can tell something about her. */
export type Profile = Pick<
  MemberDoc,
  | 'name'
  | 'phoneTail'
  | 'phone'
  | 'birthday'
  | 'childBirthday'
  | 'homeBranchId'
  | 'homeFromOrders'
  | 'ownerClerkId'
  | 'optOut'
>;
export type StandingMember = Pick<MemberDoc, '_id' | 'formerNos' | 'careTask'> & Profile;
export const PROFILE_FIELDS = [
  'name',
  'phoneTail',
  'phone',
  'birthday',
  'childBirthday',
  'homeBranchId',
  'homeFromOrders',
  'ownerClerkId',
  'optOut',
  'formerNos',
  'careTask',
] as const satisfies (keyof StandingMember)[];

export type MemberChange =
  | { kind: 'add'; doc: MemberDoc }
  | { kind: 'change'; read: StandingMember; change: Partial<Profile> }
  | { kind: 'same' }
  | { kind: 'refuse'; reason: string };

/**
 * A phone as it is kept: the last four digits to show, and the number sealed where the chain has a key. Sealing is never
 * twice the same, so whether it is another number is told by the hash.
 */
function toldPhone(phone: string, read: StandingMember | null): Partial<Profile> {
  const phoneTail = phone.slice(-4);
  if (!mayKeepPhones()) return { phoneTail };
  const isSame = phoneHashes(phone).some((hash) => hash === read?.phone?.hash);
  return { phoneTail, ...(isSame ? {} : { phone: sealPhone(phone) }) };
}

/** What a row tells; blank tells nothing. */
function told(row: MemberRow, read: StandingMember | null, now: number): Partial<Profile> {
  return {
    ...(row.name ? { name: row.name } : {}),
    ...(row.phone ? toldPhone(row.phone, read) : {}),
    ...(row.birthday ? { birthday: row.birthday } : {}),
    ...(row.childBirthday ? { childBirthday: row.childBirthday } : {}),
    ...(row.branchNo ? { homeBranchId: branchIdOf(row.branchNo), homeFromOrders: null } : {}),
    ...(row.clerkNo ? { ownerClerkId: row.clerkNo } : {}),
    ...(row.optOut ? { optOut: { at: now, source: 'import' as const } } : {}),
  };
}

/**
 * What a row of a member file means for the member who stands, if one does. Blank never overwrites, and a file can say
 * that she opted out but never that she did not.
 *
 * @param memberId the member whom the row's number means; see `resolved`
 * @example memberChange(null, 'M1', row, placing, now) // → { kind: 'add', doc: { _id: 'M1', name: '王芳', … } }
 */
export function memberChange(
  read: StandingMember | null,
  memberId: string,
  row: MemberRow,
  placing: Placing,
  now: number,
): MemberChange {
  const reason =
    memberNoRefusal(memberId) ??
    lengthRefusal('姓名', row.name) ??
    lengthRefusal('手机号', row.phone) ??
    lengthRefusal('门店', row.branchNo) ??
    lengthRefusal('导购', row.clerkNo);
  if (reason) return { kind: 'refuse', reason };
  if (!read) {
    const fromNumber = profileOfNumber(row.memberNo);
    const doc = { ...unknownMember(memberId, placing, now), ...fromNumber, ...told(row, null, now) };
    return { kind: 'add', doc };
  }
  const { optOut, ...rest } = told(row, read, now);
  // What a file says under a number that was merged into hers fills what is blank, and never takes her own words away.
  const isFormer = read.formerNos?.includes(row.memberNo) ?? false;
  const isNews = ([field, value]: [string, unknown]) =>
    isFormer ? !read[field as keyof Profile] : (read[field as keyof Profile] ?? null) !== value;
  const change: Partial<Profile> = Object.fromEntries(Object.entries(rest).filter(isNews));
  // A file can only widen what she opted out of.
  if (optOut && (!read.optOut || read.optOut.scope === 'promo')) change.optOut = optOut;
  return Object.keys(change).length === 0 ? { kind: 'same' } : { kind: 'change', read, change };
}

import { readPhone } from '../../../miniprogram/domain/membership/csv/cell';
import type { MemberDoc } from '../store/documents';
import { mayKeepPhones, phoneHash, sealPhone } from './phones';

const HASH_DIGITS = 16;

/** The id of a member of whom only the phone is known: `p` and the beginning of its keyed hash. */
export function idOfPhoneHash(hash: string): string {
  return `p${hash.slice(0, HASH_DIGITS)}`;
}

/** The phone a member number is; null when it is a number of the shop's own books, or phones may not be kept here. */
export function phoneInNumber(memberNo: string): string | null {
  const phone = readPhone(memberNo);
  return phone !== null && mayKeepPhones() ? phone : null;
}

/**
 * The id under which a member with this number comes in. Files often number members by their phone, which must not lie
 * about in clear: then it is made of the keyed hash.
 *
 * @example idOfNumber('M00042') // → 'M00042'
 * @example idOfNumber('13800001234') // → 'p' and sixteen hex digits
 */
export function idOfNumber(memberNo: string): string {
  const phone = phoneInNumber(memberNo);
  return phone === null ? memberNo : idOfPhoneHash(phoneHash(phone));
}

/**
 * What her number alone tells of a member nobody has heard of: nothing, or her phone, which also gives her a name to go
 * by. Lay it over `unknownMember(id, …)`.
 *
 * @example profileOfNumber('13800001234') // → { name: '会员1234', phoneTail: '1234', phone: { sealed, hash } }
 */
export function profileOfNumber(memberNo: string): Partial<Pick<MemberDoc, 'name' | 'phoneTail' | 'phone'>> {
  const phone = phoneInNumber(memberNo);
  if (phone === null) return {};
  const phoneTail = phone.slice(-4);
  return { name: `会员${phoneTail}`, phoneTail, phone: sealPhone(phone) };
}

import { omit } from 'lodash-es';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import type { MemberDoc } from '../store/documents';

/** So many days of visits, or of browsing, are remembered: more than a year of them. */
export const KEPT_DAYS = 400;

/** The days of both, oldest first, each once; the newest 400. */
export function unitedDays(one: readonly Day[], other: readonly Day[]): Day[] {
  return [...new Set([...one, ...other])].sort().slice(-KEPT_DAYS);
}

type Consent = MemberDoc['optOut'];

/**
 * The stricter of two consents: whoever opted out stays out, since the earlier of the two, and of everything unless both
 * spoke of pushes alone.
 *
 * @example stricterConsent({ at: 5, source: 'member', scope: 'promo' }, { at: 9, source: 'clerk' })
 * // → { at: 5, source: 'member' }, out of everything
 */
export function stricterConsent(one: Consent, other: Consent): Consent {
  if (!one || !other) return one ?? other;
  const earlier = omit(other.at < one.at ? other : one, 'scope');
  return one.scope === 'promo' && other.scope === 'promo' ? { ...earlier, scope: 'promo' } : earlier;
}

/** A name we made of a number, until somebody told hers. @example isMadeUp('会员0042') // → true */
export const isMadeUp = (name: string): boolean => name === '' || /^会员[\p{L}\p{N}_:.-]{0,4}$/u.test(name);

type Profile = Pick<
  MemberDoc,
  | 'name'
  | 'phoneTail'
  | 'phone'
  | 'birthday'
  | 'childBirthday'
  | 'place'
  | 'homeBranchId'
  | 'ownerClerkId'
  | 'campaignId'
  | 'lastCycle'
>;

/**
 * What the kept member learns from the number that goes: only what she leaves blank. A phone comes with its tail.
 *
 * @example blanksFilled({ ...keep, birthday: null }, { ...gone, birthday: day('1990-03-05') }) // → { birthday: '1990-03-05' }
 */
export function blanksFilled(keep: Profile, gone: Profile): Partial<Profile> {
  const filled: Partial<Profile> = {};
  if (isMadeUp(keep.name) && !isMadeUp(gone.name)) filled.name = gone.name;
  if (!keep.phone && gone.phone) Object.assign(filled, { phone: gone.phone, phoneTail: gone.phoneTail });
  else if (keep.phoneTail === '' && gone.phoneTail !== '') filled.phoneTail = gone.phoneTail;
  if (!keep.birthday && gone.birthday) filled.birthday = gone.birthday;
  if (!keep.childBirthday && gone.childBirthday) filled.childBirthday = gone.childBirthday;
  if (!keep.place && gone.place) filled.place = gone.place;
  if (!keep.homeBranchId && gone.homeBranchId) filled.homeBranchId = gone.homeBranchId;
  if (!keep.ownerClerkId && gone.ownerClerkId) filled.ownerClerkId = gone.ownerClerkId;
  if (!keep.campaignId && gone.campaignId) filled.campaignId = gone.campaignId;
  if (gone.lastCycle && (keep.lastCycle?.endedOn ?? '') < gone.lastCycle.endedOn)
    filled.lastCycle = gone.lastCycle;
  return filled;
}

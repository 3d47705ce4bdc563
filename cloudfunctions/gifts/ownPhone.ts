import type { PhoneFate } from '../../miniprogram/contract/mine';
import type { Acting } from '../common/entry/action';
import { beginMerge, finishMerge } from '../common/people/merging';
import { mayKeepPhones, phoneHashes, sealPhone } from '../common/people/phones';
import { campaignById } from '../common/store/campaigns';
import type { MemberDoc } from '../common/store/documents';
import { holdersOfPhone } from '../common/store/people';
import { table } from '../common/store/table';
import { bindHolder } from './holder';
import { numberOf } from './mine';

export interface Told {
  member: MemberDoc;
  fate: PhoneFate;
}

/** The one member who has this phone and no account yet; null where nobody has it, `many` where it is not clear who she is. */
async function onlyHolder(phone: string, but: string | null): Promise<MemberDoc | 'many' | null> {
  if (!mayKeepPhones()) return null;
  const [first, ...others] = (await holdersOfPhone(phoneHashes(phone))).filter(({ _id }) => _id !== but);
  if (!first) return null;
  return others.length === 0 && first.openid === null ? first : 'many';
}

/** What is written of a number: sealed where a key is set, else its tail only. */
export const phoneFields = (
  phone: string,
): Pick<MemberDoc, 'phoneTail'> & Partial<Pick<MemberDoc, 'phone'>> => ({
  phoneTail: phone.slice(-4),
  ...(mayKeepPhones() ? { phone: sealPhone(phone) } : {}),
});

/**
 * Whom an unknown visitor turns out to be by her phone: the one member who has it and whom nobody has claimed to be. WeChat
 * has proved the number hers, so she is bound to her. Up to seven calls.
 *
 * @returns null when she is nobody we know; `many` when the number does not tell who
 */
export async function knownByPhone(
  phone: string,
  { scope, now }: Acting,
): Promise<MemberDoc | 'many' | null> {
  const holder = await onlyHolder(phone, null);
  if (holder === null || holder === 'many') return holder;
  return (await bindHolder(holder, scope.openid, now)) ? { ...holder, openid: scope.openid } : 'many';
}

/** A launch under way counts on who stands in its campaign; then the two stay two for now. */
async function isBeingLaunched({ campaignId }: MemberDoc): Promise<boolean> {
  const campaign = campaignId === null ? null : await campaignById(campaignId);
  return campaign?.status === 'launching' || campaign?.pausedFrom === 'launching';
}

/**
 * Notes the phone on a member who is known already. One who registered herself without it is united with the member of
 * that phone; two numbers that the shop gave out itself are not, for a card may have been opened by the wrong person, and a
 * merge cannot be taken back: headquarters unites those. Two calls; some forty where two become one.
 */
export async function noteOwnPhone(member: MemberDoc, phone: string, acting: Acting): Promise<Told> {
  const { phone: had } = member;
  if (had) {
    const isSame = mayKeepPhones() && phoneHashes(phone).includes(had.hash);
    return { member, fate: isSame ? 'kept' : 'differs' };
  }
  if (member.phoneTail !== '' && member.phoneTail !== phone.slice(-4)) return { member, fate: 'differs' };
  const holder = await onlyHolder(phone, member._id);
  if (holder === 'many') return { member, fate: 'taken' };
  if (holder === null) {
    const fields = phoneFields(phone);
    const { _id, phoneTail } = member;
    const isNoted = await table('members').changeIf({ _id, phone: null, phoneTail }, fields);
    return isNoted ? { member: { ...member, ...fields }, fate: 'kept' } : { member, fate: 'unread' };
  }
  const isSelfMade = member._id === numberOf(acting.scope.openid);
  if (!isSelfMade) return { member, fate: 'taken' };
  if ((await isBeingLaunched(holder)) || (await isBeingLaunched(member))) return { member, fate: 'unread' };
  const merge = await beginMerge(holder, member, acting);
  if (!merge.ok) return { member, fate: 'unread' };
  // Cut off, or crossed by other writers, a timer finishes it.
  await finishMerge(merge.value, acting);
  return { member: holder, fate: 'united' };
}

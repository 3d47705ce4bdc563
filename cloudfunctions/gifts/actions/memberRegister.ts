import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Acting, Actions } from '../../common/entry/action';
import { aLink, someText } from '../../common/entry/asks';
import { phoneForCode } from '../../common/channels/wechat';
import { placingOn, unknownMember } from '../../common/flows/placing';
import { isMadeUp } from '../../common/people/united';
import { chainSettings } from '../../common/store/chain';
import type { MemberDoc } from '../../common/store/documents';
import { table } from '../../common/store/table';
import { giftOf } from '../../common/store/tasks';
import type { Gift } from '../../common/store/tasks';
import { ANYONE } from '../anyone';
import { bindHolder } from '../holder';
import { numberOf } from '../mine';
import { knownByPhone, noteOwnPhone, phoneFields } from '../ownPhone';
import type { Told } from '../ownPhone';

export const aName = someText(20).trim().min(1, '请填写怎么称呼您');
export const aPhoneCode = z
  .string()
  .min(4)
  .max(128)
  .regex(/^[\w-]+$/);

/** A member who registered herself; a second try is the same one. Two calls, three for a known one. */
export async function registered(
  { scope, now, today }: Acting,
  name: string,
  known: Partial<MemberDoc> = {},
): Promise<MemberDoc> {
  const _id = numberOf(scope.openid);
  const chain = await chainSettings();
  const member = {
    ...unknownMember(_id, placingOn(chain, today), now),
    openid: scope.openid,
    name,
    ...known,
  };
  if (await table('members').addNew(member)) return member;
  return (await table('members').find(_id)) ?? member;
}

/** Whom she turned out to be, named by her where nobody had told her name before. */
async function named(member: MemberDoc, name: string): Promise<MemberDoc> {
  if (!isMadeUp(member.name)) return member;
  await table('members').changeIf({ _id: member._id, name: member.name }, { name });
  return { ...member, name };
}

/** The member she already is: of the card that she opened, or by her account. Up to four calls. */
async function alreadyMember(gift: Gift | null, { scope, now }: Acting): Promise<MemberDoc | null> {
  if (gift && (await bindHolder(gift.member, scope.openid, now)))
    return { ...gift.member, openid: scope.openid };
  return table('members').findOne({ openid: scope.openid });
}

/** An unknown visitor: the member of her phone where one stands, else a new one. */
async function newcomer(acting: Acting, name: string, phone: string | null): Promise<Told> {
  if (phone === null) return { member: await registered(acting, name), fate: 'none' };
  const known = await knownByPhone(phone, acting);
  if (known === 'many') return { member: await registered(acting, name), fate: 'taken' };
  if (known) return { member: known, fate: 'united' };
  const fields = phoneFields(phone);
  const member = await registered(acting, name, fields);
  // A second try of hers in the same instant may have made her without it.
  return member.phoneTail === fields.phoneTail
    ? { member, fate: 'kept' }
    : noteOwnPhone(member, phone, acting);
}

/**
 * An unknown visitor becomes a member in place. When the card she opened is still nobody's, it is hers and she is the
 * member it was meant for; the name she gives fills a missing one. Else she is the member of her phone, where she allowed us
 * to ask WeChat for it and one has it; else a new member. The pack of somebody else stays somebody else's.
 *
 * The code of a phone is good once. When the answer is lost, asking again finds the phone on her; when it was lost
 * before that, she is a member without it and may tap again.
 */
export const registerMember: Actions<GiftsContract>['member.register'] = {
  who: ANYONE,
  writes: true,
  ask: z.strictObject({ link: aLink.nullable(), name: aName, phoneCode: aPhoneCode.optional() }),
  async run(acting, { link, name, phoneCode }) {
    const { scope } = acting;
    if (scope.role !== 'person') return refuse({ code: 'gift-not-for-staff' });
    const gift = link === null ? null : await giftOf(link);
    const [before, asked] = await Promise.all([
      alreadyMember(gift, acting),
      phoneCode === undefined ? null : phoneForCode(phoneCode),
    ]);
    const phone = asked?.phone ?? null;
    const told: Told =
      before === null
        ? await newcomer(acting, name, phone)
        : phone === null
          ? { member: before, fate: 'none' }
          : await noteOwnPhone(before, phone, acting);
    const { _id: memberId, phoneTail } = await named(told.member, name);
    const isUnread = asked !== null && phone === null;
    // A code that is used up and a number that stands: the first try came through, only its answer did not.
    const fate = !isUnread ? told.fate : before && phoneTail !== '' ? 'kept' : 'unread';
    return done({ memberId, giftIsHers: gift?.member._id === memberId, phone: fate });
  },
};

import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Acting, Actions } from '../../common/entry/action';
import { aLink, someText } from '../../common/entry/asks';
import { placingOn, unknownMember } from '../../common/flows/placing';
import { chainSettings } from '../../common/store/chain';
import type { MemberDoc } from '../../common/store/documents';
import { table } from '../../common/store/table';
import { giftOf } from '../../common/store/tasks';
import { ANYONE } from '../anyone';
import { bindHolder } from '../holder';
import { numberOf } from '../mine';

export const aName = someText(20).trim().min(1, '请填写怎么称呼您');

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

/** Named by the system from her number, until somebody tells her name. */
const isAutoNamed = ({ _id, name }: Pick<MemberDoc, '_id' | 'name'>): boolean =>
  name === `会员${_id.slice(-4)}` || name === '';

/**
 * An unknown visitor becomes a member in place. When the card she opened is still nobody's, it is hers and she is the
 * member it was meant for; the name she gives fills a missing one. Else she is a new member, and the pack of somebody
 * else stays somebody else's.
 */
export const registerMember: Actions<GiftsContract>['member.register'] = {
  who: ANYONE,
  writes: true,
  ask: z.strictObject({ link: aLink.nullable(), name: aName }),
  async run(acting, { link, name }) {
    const { scope, now } = acting;
    if (scope.role !== 'person') return refuse({ code: 'gift-not-for-staff' });
    const gift = link === null ? null : await giftOf(link);
    if (gift && (await bindHolder(gift.member, scope.openid, now))) {
      if (isAutoNamed(gift.member)) {
        await table('members').changeIf({ _id: gift.member._id, name: gift.member.name }, { name });
      }
      return done({ memberId: gift.member._id, giftIsHers: true });
    }
    const known = await table('members').findOne({ openid: scope.openid });
    const member = known ?? (await registered(acting, name));
    return done({ memberId: member._id, giftIsHers: false });
  },
};

import { isEqual } from 'lodash-es';
import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { aLink } from '../../common/entry/asks';
import { stricterConsent } from '../../common/people/united';
import { consentIs } from '../../common/people/uniting';
import { ANYONE } from '../anyone';
import { countAgain } from '../../common/store/cells';
import { endHerCycle } from '../../common/store/cycles';
import { endCareByOptOut } from '../../common/store/careTasks';
import type { MemberDoc } from '../../common/store/documents';
import { table } from '../../common/store/table';
import { giftOf } from '../../common/store/tasks';
import { bindHolder } from '../holder';
import { meAsMember } from '../mine';

/**
 * 不再接收: the member says no, for herself and for good. It lives on the person, so every list, script and later
 * campaign sees it; a coupon she holds stays hers. It works on an expired link too.
 */
export const setOptOut: Actions<GiftsContract>['optOut.set'] = {
  who: ANYONE,
  writes: true,
  ask: z.strictObject({ link: aLink.nullable(), scope: z.enum(['promo', 'all']).optional() }),
  async run({ scope, now, today }, { link, scope: wide = 'all' }) {
    if (scope.role !== 'person') return refuse({ code: 'gift-not-for-staff' });
    const who = link === null ? await meAsMember(scope) : await holderOf(link, scope.openid, now);
    if (!who.ok) return who;
    const member = who.value;
    const said = { at: now, source: 'member' as const, ...(wide === 'promo' ? { scope: wide } : {}) };
    const optOut = stricterConsent(member.optOut, said);
    const isSaid = isEqual(optOut, member.optOut);
    const standing = { _id: member._id, ...consentIs(member.optOut) };
    if (!isSaid && !(await table('members').changeIf(standing, { optOut }))) {
      // Somebody said it for her, or her number was merged into another while she tapped: then she has to say it there.
      const then = (await table('members').find(member._id))?.optOut;
      if (!then || (wide === 'all' && then.scope === 'promo')) return refuse({ code: 'busy' });
    }
    await countAgain([member._id]);
    // Who wants no advertising may still be cared for; who wants nothing leaves the campaign.
    if (wide === 'all') await endHerCycle(member._id, member.campaignId, today);
    await endCareByOptOut(member, wide, now);
    return done({ optedOut: true });
  },
};

/** The member of a card, when it is the caller's. */
async function holderOf(link: string, openid: string, now: Ms): Promise<Result<MemberDoc, Failure>> {
  const gift = await giftOf(link);
  if (!gift) return refuse({ code: 'not-found', detail: '这份礼包' });
  const isHers = await bindHolder(gift.member, openid, now);
  return isHers ? done(gift.member) : refuse({ code: 'gift-someone-elses' });
}

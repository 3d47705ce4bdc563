import { isEqual } from 'lodash-es';
import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { aLink } from '../../common/entry/asks';
import { stricterConsent } from '../../common/people/united';
import { consentIs } from '../../common/people/uniting';
import { ANYONE } from '../anyone';
import { countAgain } from '../../common/store/cells';
import { endHerCycle } from '../../common/store/cycles';
import { endCareByOptOut } from '../../common/store/careTasks';
import { table } from '../../common/store/table';
import { giftOf } from '../../common/store/tasks';
import { bindHolder } from '../holder';

/**
 * 不再接收: the member says no, for herself and for good. It lives on the person, so every list, script and later
 * campaign sees it; a coupon she holds stays hers. It works on an expired link too.
 */
export const setOptOut: Actions<GiftsContract>['optOut.set'] = {
  who: ANYONE,
  writes: true,
  ask: z.strictObject({ link: aLink }),
  async run({ scope, now, today }, { link }) {
    if (scope.role !== 'person') return refuse({ code: 'gift-not-for-staff' });
    const gift = await giftOf(link);
    if (!gift) return refuse({ code: 'not-found', detail: '这份礼包' });
    const { member } = gift;
    if (!(await bindHolder(member, scope.openid, now))) return refuse({ code: 'gift-someone-elses' });
    const optOut = stricterConsent(member.optOut, { at: now, source: 'member' });
    const isSaid = isEqual(optOut, member.optOut);
    const standing = { _id: member._id, ...consentIs(member.optOut) };
    if (!isSaid && !(await table('members').changeIf(standing, { optOut }))) {
      // Somebody said it for her, or her number was merged into another while she tapped: then she has to say it there.
      const then = (await giftOf(link))?.member.optOut;
      if (!then || then.scope === 'promo') return refuse({ code: 'busy' });
    }
    await countAgain([member._id]);
    await endHerCycle(member._id, member.campaignId, today);
    await endCareByOptOut(member, 'all', now);
    return done({ optedOut: true });
  },
};

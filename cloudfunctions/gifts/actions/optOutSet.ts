import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { aLink } from '../../common/entry/asks';
import { ANYONE } from '../anyone';
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
  async run({ scope, now }, { link }) {
    if (scope.role !== 'person') return refuse({ code: 'gift-not-for-staff' });
    const gift = await giftOf(link);
    if (!gift) return refuse({ code: 'not-found', detail: '这份礼包' });
    const { member } = gift;
    if (!(await bindHolder(member, scope.openid, now))) return refuse({ code: 'gift-someone-elses' });
    if (!member.optOut) {
      await table('members').changeIf(
        { _id: member._id, optOut: null },
        { optOut: { at: now, source: 'member' } },
      );
    }
    return done({ optedOut: true });
  },
};

import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { couponStateAt } from '../../../miniprogram/domain/offers/coupon';
import type { Actions } from '../../common/entry/action';
import { anId, someFen, someText } from '../../common/entry/asks';
import { couponFactOf, couponSaid } from '../../common/store/coupons';
import { mayGuess } from '../../common/store/guesses';
import { againWhenRaced } from '../../common/store/raced';
import { table } from '../../common/store/table';
import { ANYONE } from '../anyone';
import { raiseFlags } from '../../common/flows/raiseFlags';
import { OFFLINE_GOOD_MS, offlineCodeOf, offlineFault, offlineSecret, readOfflineCode } from '../offlineCode';
import { followRedemption, redeemOnce } from '../redeeming';
import { TILL } from '../till';

/** The code her coupon page shows for branches without network. Two calls, nothing is written. */
export const showOfflineCode: Actions<GiftsContract>['coupon.offlineCode'] = {
  who: ANYONE,
  writes: false,
  ask: z.strictObject({ couponId: anId }),
  async run({ scope, now }, { couponId }) {
    const secret = offlineSecret();
    if (secret === null) return refuse({ code: 'offline-unset' });
    const coupon = await table('coupons').find(couponId);
    if (!coupon || coupon.openid !== scope.openid) return refuse({ code: 'not-found', detail: '这张券' });
    const state = couponStateAt(couponFactOf(coupon), now);
    if (state === 'used' || state === 'expired' || state === 'revoked')
      return refuse({ code: `coupon-${state}` });
    return done({
      couponId,
      offlineCode: offlineCodeOf(secret, coupon.code, now),
      goodUntil: Math.min(coupon.expiresAt, now + OFFLINE_GOOD_MS),
    });
  },
};

/**
 * Hands in what a branch wrote down while it had no network. The discount has been given, so what cannot be booked is a
 * matter for the manager: a second use of the same coupon is refused and flagged, with both uses named.
 */
export const redeemOffline: Actions<GiftsContract>['coupon.redeemOffline'] = {
  who: TILL,
  writes: true,
  ask: z.strictObject({
    offlineCode: someText(40).min(1),
    basketFen: someFen,
    usedAt: z.number().int().min(0).max(4_102_444_800_000),
  }),
  async run(acting, { offlineCode, basketFen, usedAt }) {
    const { scope, now } = acting;
    const secret = offlineSecret();
    if (secret === null) return refuse({ code: 'offline-unset' });
    const read = readOfflineCode(secret, offlineCode, usedAt);
    const coupon = read && (await couponSaid(read.code));
    if (!read || !coupon) {
      const mayGoOn = await mayGuess('word', scope.openid, now);
      return mayGoOn.ok ? refuse({ code: 'offline-code-bad' }) : mayGoOn;
    }
    const fault = offlineFault(read.shownAt, usedAt, now);
    if (fault !== null) return refuse({ code: 'offline-code-late', detail: fault });
    const asked = {
      couponId: coupon._id,
      basket: { totalFen: basketFen },
      // Two watches: her coupon was good when the code was shown, so it was when it was used.
      at: Math.min(usedAt, now, Math.max(coupon.claimedAt, coupon.expiresAt - 1)),
      orderId: null,
      offline: true,
    };
    const result = await againWhenRaced(() => redeemOnce(acting, asked));
    if (!result) return refuse({ code: 'busy' });
    if (!result.ok) {
      if (result.failure.code === 'coupon-used') {
        await raiseFlags(
          [
            {
              id: `usedOffline:${coupon._id}`,
              kind: 'usedOffline',
              branchId: scope.branchId ?? '',
              clerkId: scope.staff?._id ?? null,
              words: '离线用过的券补核销时，发现它已经在别处用过',
              couponIds: [coupon._id],
              memberIds: [coupon.memberId],
            },
          ],
          now,
        );
      }
      return result;
    }
    return done(await followRedemption(result.value.coupon, result.value.use, now));
  },
};

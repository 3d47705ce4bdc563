import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { spokenTime } from '../../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { couponStateAt, headlineOf } from '../../../miniprogram/domain/offers/coupon';
import { remindAt } from '../../../miniprogram/domain/offers/remind';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { couponFactOf } from '../../common/store/coupons';
import { subscribeTemplate } from '../../common/channels/settings';
import { grantSubscription } from '../../common/flows/subscriptions';
import { putInOutbox } from '../../common/store/outbox';
import { chainNow } from '../../common/store/remembered';
import { table } from '../../common/store/table';
import { ANYONE } from '../anyone';

/**
 * 到期前提醒我: counts the one subscribe message that she accepted, and puts a message about this coupon into the outbox;
 * asking again finds it. The coupon remembers it, so
 * that using it takes the message back. Five calls.
 */
export const remindOfCoupon: Actions<GiftsContract>['coupon.remind'] = {
  who: ANYONE,
  writes: true,
  ask: z.strictObject({ couponId: anId }),
  async run({ scope, now, requestKey }, { couponId }) {
    const [coupon, chain] = await Promise.all([table('coupons').find(couponId), chainNow(now)]);
    if (!coupon || coupon.openid !== scope.openid) return refuse({ code: 'not-found', detail: '这张券' });
    if (coupon.remindAt !== undefined) return done({ couponId, remindAt: coupon.remindAt });
    const state = couponStateAt(couponFactOf(coupon), now);
    if (state === 'used' || state === 'expired' || state === 'revoked')
      return refuse({ code: `coupon-${state}` });
    const dueAt = remindAt(coupon.expiresAt, now);
    if (dueAt === null) return refuse({ code: 'remind-late' });
    const template = subscribeTemplate('couponEnding');
    if (template) await grantSubscription(scope.openid, template.id, requestKey, now);
    await putInOutbox([
      {
        _id: `couponEnding:${couponId}`,
        kind: 'couponEnding',
        purpose: 'service',
        channel: 'subscribe',
        memberId: coupon.memberId,
        words: {
          shop: chain?.name ?? '',
          title: `${coupon.title} ${headlineOf(coupon.rule)}`,
          until: spokenTime(coupon.expiresAt),
        },
        page: '/member/coupons/coupons',
        dueAt,
        notAfter: coupon.expiresAt,
        createdAt: now,
      },
    ]);
    await table('coupons').changeIf({ _id: couponId, status: 'unused' }, { remindAt: dueAt });
    return done({ couponId, remindAt: dueAt });
  },
};

import * as z from 'zod';
import { omit } from 'lodash-es';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { nothing } from '../../common/entry/asks';
import { erasePerson } from '../../common/people/erasing';
import { ledgersOf } from '../../common/flows/loyalty';
import { storiesOf } from '../../common/store/orders';
import { PAGE_LIMIT, table } from '../../common/store/table';
import { ANYONE } from '../anyone';
import { meAsMember } from '../mine';

/** What is kept for the machine and says nothing about her. */
const INNER = ['phone', 'touchRevision', 'holds', 'waiting', 'loyaltyRevision', 'homeFromOrders'] as const;

/** 我的数据: who we think she is, and whether she said no. One call. */
export const showMine: Actions<GiftsContract>['data.mine'] = {
  who: ANYONE,
  writes: false,
  ask: nothing,
  async run({ scope, now }) {
    const me = await meAsMember(scope);
    if (!me.ok) return me;
    const { name, phoneTail, optOut } = me.value;
    return done({
      now,
      name,
      phoneTail,
      optOut: optOut && { scope: optOut.scope ?? 'all', at: optOut.at },
    });
  },
};

/** 导出我的数据: everything kept about her, as one JSON text, and a line that it was given out. Nine calls. */
export const exportMine: Actions<GiftsContract>['data.export'] = {
  who: ANYONE,
  writes: false,
  ask: nothing,
  async run({ scope, now }) {
    const me = await meAsMember(scope);
    if (!me.ok) return me;
    const memberId = me.value._id;
    const [orders, coupons, touches, tasks, surveys, ledgers] = await Promise.all([
      storiesOf([memberId]),
      table('coupons').all({ memberId }, PAGE_LIMIT),
      table('touches').all({ memberId }, PAGE_LIMIT),
      table('tasks').all({ memberId }, PAGE_LIMIT, ['enteredAt', 'openedAt', 'claimedAt', 'redeemedAt']),
      table('surveys').all({ memberId }, PAGE_LIMIT),
      ledgersOf(memberId),
    ]);
    await table('audit').addNew({
      _id: `export:${memberId}:${now}`,
      at: now,
      what: 'export',
      staffId: null,
      memberId,
      detail: '本人导出',
    });
    const json = JSON.stringify({
      会员: omit(me.value, INNER),
      订单: orders,
      优惠券: coupons.map((one) => omit(one, ['seed', 'stock', 'budget', 'heldDue', 'owes', 'lock'])),
      联系记录: touches.map(({ at, channel, purpose, text }) => ({ at, channel, purpose, text })),
      活动: tasks,
      问卷: surveys.map(({ reason, note, at }) => ({ reason, note, at })),
      积分: ledgers.points,
      等级: ledgers.levels,
    });
    return done({ now, json });
  },
};

/** 注销: see `erasePerson`. Whoever is no member has nothing to erase, which is also what a repetition finds. */
export const eraseMine: Actions<GiftsContract>['data.erase'] = {
  who: ANYONE,
  writes: true,
  ask: z.strictObject({ sure: z.literal(true) }),
  async run({ scope, now }) {
    const me = await meAsMember(scope);
    if (me.ok) await erasePerson(me.value, now);
    return done({ erased: true as const });
  },
};

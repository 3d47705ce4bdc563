import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import type { PointsLine } from '../../../miniprogram/contract/mine';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { LEVEL_WORDS } from '../../../miniprogram/domain/offers/types';
import type { Actions } from '../../common/entry/action';
import { subscribeTemplate } from '../../common/channels/settings';
import { nothing } from '../../common/entry/asks';
import { ledgersOf, loyaltyOf } from '../../common/flows/loyalty';
import { grantSubscription } from '../../common/flows/subscriptions';
import type { PointsDoc } from '../../common/store/documents';
import { ANYONE } from '../anyone';
import { meAsMember } from '../mine';

const LINES = 100;
const WHY: Record<PointsDoc['why'], string> = {
  pack: '回归礼包',
  use: '用券奖励',
  survey: '问卷',
  back: '退货收回',
  lapse: '到期',
  referral: '老带新',
};

function linesOf(points: readonly PointsDoc[]): PointsLine[] {
  return [...points]
    .filter((line) => line.points !== 0)
    .sort((a, b) => b.at - a.at)
    .slice(0, LINES)
    .map(({ why, points: amount, at, expiresOn }) => ({ words: WHY[why], points: amount, at, expiresOn }));
}

/** 我的积分: read from the ledger itself, so it is right also while the copy on her document is behind. Three calls. */
export const listMyPoints: Actions<GiftsContract>['points.mine'] = {
  who: ANYONE,
  writes: false,
  ask: nothing,
  async run({ scope, now, today }) {
    const me = await meAsMember(scope);
    if (!me.ok) return me;
    const ledgers = await ledgersOf(me.value._id);
    const { balance } = loyaltyOf(me.value, ledgers, today);
    const lapsed = balance.lapses.map(({ points, at }) => ({
      words: WHY.lapse,
      points,
      at,
      expiresOn: null,
    }));
    const lines = [...lapsed, ...linesOf(ledgers.points)].sort((a, b) => b.at - a.at);
    const remindTemplate = subscribeTemplate('pointsEnding')?.id ?? null;
    return done({ now, points: balance.points, expiring: balance.expiring, lines, remindTemplate });
  },
};

/** 我的等级: what she is, by what, until when, and what keeps or lifts it. Three calls. */
export const showMyLevel: Actions<GiftsContract>['level.mine'] = {
  who: ANYONE,
  writes: false,
  ask: nothing,
  async run({ scope, now, today }) {
    const me = await meAsMember(scope);
    if (!me.ok) return me;
    const ledgers = await ledgersOf(me.value._id);
    const { level, levelUntil, yearFen, next, keepMissingFen } = loyaltyOf(me.value, ledgers, today).level;
    return done({
      now,
      level,
      levelWords: LEVEL_WORDS[level],
      levelUntil,
      yearFen,
      next: next && { ...next, levelWords: LEVEL_WORDS[next.level] },
      keepMissingFen,
      history: [...ledgers.levels]
        .sort((a, b) => b.at - a.at)
        .map(({ level: kept, from, until }) => ({ levelWords: LEVEL_WORDS[kept], from, until })),
      remindTemplate: subscribeTemplate('levelEnding')?.id ?? null,
    });
  },
};

/**
 * 到期前提醒我, of points or of a level: counts the one subscribe message that she accepted. The night a week before
 * something of hers ends puts the message into the outbox. Two calls, three the first time.
 */
export const remindOfLoyalty: Actions<GiftsContract>['loyalty.remind'] = {
  who: ANYONE,
  writes: true,
  ask: z.strictObject({ what: z.enum(['points', 'level']) }),
  async run({ scope, now, requestKey }, { what }) {
    const me = await meAsMember(scope);
    if (!me.ok) return me;
    const template = subscribeTemplate(what === 'points' ? 'pointsEnding' : 'levelEnding');
    if (!template) return refuse({ code: 'remind-none' });
    await grantSubscription(scope.openid, template.id, requestKey, now);
    return done({ what });
  },
};

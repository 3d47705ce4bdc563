import type { Fen } from '../kernel/fen';
import { money } from '../kernel/fen';
import { conditionsOf, headlineOf } from './coupon';
import type { CouponTemplate, MemberOffer, PackLevelKeep } from './types';
import { LEVEL_WORDS } from './types';
import { spokenValidity, validityOf } from './validity';

/** One thing in a pack as people read it. */
export interface PackItem {
  kind: 'coupon' | 'trial' | 'points' | 'levelKeep' | 'surveyPoints';
  title: string;
  /** the conditions, in plain words */
  detail: string;
  /** what it is worth where that can truthfully be said: an amount off without threshold, a product with a stated price */
  valueFen: Fen | null;
}

/** The coupons of a pack, the ladder's first; a coupon's place here is the last digit of its id. */
export function couponsIn(offer: MemberOffer): CouponTemplate[] {
  return [
    {
      title: offer.title,
      rule: offer.rule,
      validity: validityOf(offer),
      ...(offer.scope ? { scope: offer.scope } : {}),
      ...(offer.stacking ? { stacking: offer.stacking } : {}),
    },
    ...(offer.more ?? []),
  ];
}

/** Does anything besides its coupons follow from a claim? */
export function hasMore(offer: MemberOffer): boolean {
  return Boolean(offer.more?.length || offer.points || offer.levelKeep);
}

function valueOf({ rule }: CouponTemplate): Fen | null {
  if (rule.kind === 'trial') return rule.worthFen;
  return rule.kind === 'amountOff' && rule.minFen === 0 ? rule.offFen : null;
}

/** @example spokenKeep({ level: 'gold', months: 3 }) // → '金卡会员权益，保留 3 个月' */
export function spokenKeep({ level, months }: PackLevelKeep): string {
  return `${LEVEL_WORDS[level]}权益，保留 ${months} 个月`;
}

/** Everything in a pack, in the order in which it is shown. */
export function contentsOf(offer: MemberOffer): PackItem[] {
  const coupons = couponsIn(offer).map((one): PackItem => ({
    kind: one.rule.kind === 'trial' ? 'trial' : 'coupon',
    title: one.rule.kind === 'trial' ? `${one.rule.product}（到店赠）` : headlineOf(one.rule),
    detail: `${conditionsOf(one.rule, one.scope)}；${spokenValidity(one.validity)}有效`,
    valueFen: valueOf(one),
  }));
  const { points, levelKeep, surveyPoints, trial } = offer;
  return [
    ...coupons,
    ...(trial === null
      ? []
      : [{ kind: 'trial' as const, title: trial, detail: '用券时一并赠送', valueFen: null }]),
    ...(points
      ? [
          {
            kind: 'points' as const,
            title: `${points.points} 积分`,
            detail: `${points.on === 'claim' ? '领取即到账' : '用券后到账'}${
              points.validDays === null ? '' : `，${points.validDays} 天内有效`
            }`,
            valueFen: null,
          },
        ]
      : []),
    ...(levelKeep
      ? [{ kind: 'levelKeep' as const, title: '等级保级', detail: spokenKeep(levelKeep), valueFen: null }]
      : []),
    ...(surveyPoints
      ? [
          {
            kind: 'surveyPoints' as const,
            title: `${surveyPoints} 积分`,
            detail: '说说为什么好久没来，答完到账',
            valueFen: null,
          },
        ]
      : []),
  ];
}

/**
 * What a pack is worth in yuan, as far as that can truthfully be said; null when none of it can: a percentage is worth
 * what she buys.
 *
 * @example worthWords(contentsOf({ rule: { kind: 'amountOff', offFen: 2_000, minFen: 0 }, … })) // → '价值 ¥20'
 */
export function worthWords(items: readonly PackItem[]): string | null {
  const told = items.flatMap(({ valueFen }) => (valueFen === null ? [] : [valueFen]));
  const sum = told.reduce((total, fen) => total + fen, 0);
  if (sum <= 0) return null;
  return `价值 ${money(sum)}${items.length > told.length ? '，另有好礼' : ''}`;
}

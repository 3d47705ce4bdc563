import type { Ms } from '../kernel/day';
import { money, yuan } from '../kernel/fen';
import type { Fen } from '../kernel/fen';
import { done, refuse } from '../kernel/result';
import type { Result } from '../kernel/result';
import type { CouponFact, CouponRule } from './types';

/**
 * What a coupon is worth for this basket. A percentage rounds the discount down to whole fen, a cap holds it, and no
 * coupon ever takes off more than the basket. Below the minimum it refuses, with the yuan still missing as `detail`.
 *
 * @example worthOf({ kind: 'percent', pay: 70, minFen: 0, capFen: 10_000 }, 21_999)
 * // → done({ offFen: 6_599, payFen: 15_400 })
 * @example worthOf({ kind: 'amountOff', offFen: 2_000, minFen: 10_000 }, 9_950)
 * // → refuse({ code: 'coupon-below-minimum', detail: '0.50' })
 */
export function worthOf(
  rule: CouponRule,
  basketFen: Fen,
): Result<{ offFen: Fen; payFen: Fen }, { code: 'coupon-below-minimum'; detail: string }> {
  if (basketFen < rule.minFen)
    return refuse({ code: 'coupon-below-minimum', detail: yuan(rule.minFen - basketFen) });
  const rated =
    rule.kind === 'percent'
      ? Math.min(Math.floor((basketFen * (100 - rule.pay)) / 100), rule.capFen ?? Infinity)
      : rule.offFen;
  const offFen = Math.max(0, Math.min(rated, basketFen));
  return done({ offFen, payFen: basketFen - offFen });
}

/**
 * What a coupon is at this instant. It lives until just before `expiresAt`: with 48 hours, 47:59:59.999 after the claim
 * is valid and 48:00:00.000 is not. Used and revoked coupons stay what they are.
 */
export function couponStatusAt(coupon: CouponFact, now: Ms): 'unused' | 'used' | 'expired' | 'revoked' {
  if (coupon.status !== 'unused') return coupon.status;
  return now < coupon.expiresAt ? 'unused' : 'expired';
}

/** The large words on the ticket. @example headlineOf({ kind: 'percent', pay: 75, minFen: 0, capFen: null }) // → '7.5折' */
export function headlineOf(rule: CouponRule): string {
  return rule.kind === 'percent' ? `${Number((rule.pay / 10).toFixed(2))}折` : `减${money(rule.offFen)}`;
}

/** The small words under them. @example conditionsOf(rule) // → '满¥100可用，最高减¥50' */
export function conditionsOf(rule: CouponRule): string {
  const minimum = rule.minFen > 0 ? `满${money(rule.minFen)}可用` : '无门槛';
  return rule.kind === 'percent' && rule.capFen !== null
    ? `${minimum}，最高减${money(rule.capFen)}`
    : minimum;
}

import type { Ms } from '../kernel/day';
import { money, yuan } from '../kernel/fen';
import type { Fen } from '../kernel/fen';
import { done, refuse } from '../kernel/result';
import type { Result } from '../kernel/result';
import { basketOf, countedFen, notCountedIn } from './basket';
import type { Basket } from './basket';
import type { CouponFact, CouponRule, CouponScope } from './types';

export interface Worth {
  offFen: Fen;
  payFen: Fen;
  /** categories in the basket that the coupon does not count; missing = all of it counts */
  notCounted?: string[];
}

/** What a rule takes off an amount that fulfils its minimum; never more than the amount. */
export function offOf(rule: CouponRule, fen: Fen): Fen {
  const rated =
    rule.kind === 'percent'
      ? Math.min(Math.floor((fen * (100 - rule.pay)) / 100), rule.capFen ?? Infinity)
      : rule.kind === 'amountOff'
        ? rule.offFen
        : 0;
  return Math.max(0, Math.min(rated, fen));
}

export type WorthRefusal =
  { code: 'coupon-below-minimum'; detail: string } | { code: 'coupon-needs-categories'; detail: string };

/**
 * What a coupon is worth for this basket. A percentage rounds the discount down to whole fen, a cap holds it, and no
 * coupon ever takes off more than what counts. Below the minimum it refuses, with the yuan still missing as `detail`.
 * With a scope only the named categories count, towards the minimum too; a basket whose parts nobody told cannot be
 * judged then, and the refusal names what has to be told.
 *
 * @example worthOf({ kind: 'percent', pay: 70, minFen: 0, capFen: 10_000 }, 21_999)
 * // → done({ offFen: 6_599, payFen: 15_400 })
 * @example worthOf({ kind: 'amountOff', offFen: 2_000, minFen: 10_000 }, 9_950)
 * // → refuse({ code: 'coupon-below-minimum', detail: '0.50' })
 */
export function worthOf(
  rule: CouponRule,
  given: Fen | Basket,
  scope?: CouponScope,
): Result<Worth, WorthRefusal> {
  const basket = basketOf(given);
  const counted = countedFen(basket, scope);
  if (counted === null)
    return refuse({ code: 'coupon-needs-categories', detail: (scope?.categories ?? []).join('、') });
  if (counted < rule.minFen)
    return refuse({ code: 'coupon-below-minimum', detail: yuan(rule.minFen - counted) });
  const offFen = offOf(rule, counted);
  const notCounted = notCountedIn(basket, scope);
  const worth = { offFen, payFen: basket.totalFen - offFen };
  return done(notCounted.length > 0 ? { ...worth, notCounted } : worth);
}

/** How long a till may hold a coupon between looking and confirming. */
export const LOCK_MS = 120_000;

/**
 * The whole life of a coupon: unused → locked → used, expired, revoked. One that was locked in time stays good while the
 * lock lasts: a customer who stood at the till before the last second does not lose it to a slow card reader.
 */
export function couponStateAt(
  coupon: CouponFact,
  now: Ms,
): 'unused' | 'locked' | 'used' | 'expired' | 'revoked' {
  if (coupon.status === 'unused' && coupon.lock && now < coupon.lock.until) return 'locked';
  return couponStatusAt(coupon, now);
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
  switch (rule.kind) {
    case 'percent':
      return `${Number((rule.pay / 10).toFixed(2))}折`;
    case 'amountOff':
      return `减${money(rule.offFen)}`;
    case 'trial':
      return rule.product;
  }
}

/** The small words under them. @example conditionsOf(rule) // → '满¥100可用，最高减¥50' */
export function conditionsOf(rule: CouponRule, scope?: CouponScope): string {
  const minimum = rule.minFen > 0 ? `满${money(rule.minFen)}可用` : '无门槛';
  const cap = rule.kind === 'percent' && rule.capFen !== null ? `，最高减${money(rule.capFen)}` : '';
  const categories = scope?.categories ?? null;
  return `${minimum}${cap}${categories === null ? '' : `，限${categories.join('、')}`}`;
}

/** The most a coupon gives, to compare two of one kind: a smaller share to pay, or more money off. */
export function depthOf(rule: CouponRule): number {
  switch (rule.kind) {
    case 'percent':
      return -rule.pay;
    case 'amountOff':
      return rule.offFen;
    case 'trial':
      return rule.worthFen ?? 0;
  }
}

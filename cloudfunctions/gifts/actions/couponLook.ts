import * as z from 'zod';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import type { CouponAtTill } from '../../../miniprogram/contract/till';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import { bestCombination } from '../../../miniprogram/domain/offers/combine';
import { conditionsOf, couponStateAt, headlineOf, worthOf } from '../../../miniprogram/domain/offers/coupon';
import { readSecretWord } from '../../../miniprogram/domain/offers/secretWord';
import type { Actions } from '../../common/entry/action';
import { someFen, someText } from '../../common/entry/asks';
import type { Scope } from '../../common/entry/scope';
import { couponFactOf, couponSaid, unusedCouponsOf } from '../../common/store/coupons';
import type { CouponDoc } from '../../common/store/documents';
import { guessedRight, mayGuess } from '../../common/store/guesses';
import { basketAsked, someCategories } from '../asks';
import { goodAtTill, TILL } from '../till';

const isCode = (said: string): boolean => /^\d{8}$/.test(said);

/**
 * The coupon that was said. Words are few and easy to say, so each try is counted before anything is looked at, for the
 * clerk and for her branch, and a right one is taken off again. Codes are many: only wrong ones are counted.
 */
async function found(
  said: string,
  { openid, branchId }: Scope,
  now: Ms,
): Promise<Result<CouponDoc, Failure>> {
  if (isCode(said)) {
    const coupon = await couponSaid(said);
    if (coupon) return done(coupon);
    const mayGoOn = await mayGuess('word', openid, now);
    return mayGoOn.ok ? refuse({ code: 'code-not-found' }) : mayGoOn;
  }
  for (const tried of [
    await mayGuess('word', openid, now),
    await mayGuess('branchWord', branchId ?? '', now),
  ]) {
    if (!tried.ok) return tried;
  }
  const coupon = await couponSaid(said);
  if (!coupon) return refuse({ code: 'code-not-found' });
  await Promise.all([guessedRight('word', openid), guessedRight('branchWord', branchId ?? '')]);
  return done(coupon);
}

/** The best way to use her coupons on this basket, when that is better than this one alone. One call. */
async function together(
  coupon: CouponDoc,
  basket: ReturnType<typeof basketAsked>,
  offFen: number,
  { branchId }: Scope,
  now: Ms,
): Promise<CouponAtTill['together']> {
  const others = await unusedCouponsOf(coupon.memberId);
  const good = others.filter(
    (one) =>
      couponStateAt(couponFactOf(one), now) === 'unused' &&
      (one.branchIds === null || (branchId !== null && one.branchIds.includes(branchId))),
  );
  const best = bestCombination(
    good.map(({ _id, rule, scope, stacking }) => ({ couponId: _id, rule, scope, stacking })),
    basket,
  );
  if (best.used.length < 2 || best.offFen <= offFen) return null;
  const byId = new Map(good.map((one) => [one._id, headlineOf(one.rule)]));
  return {
    couponIds: best.used.map((one) => one.couponId),
    steps: best.used.map((one) => ({ ...one, headline: byId.get(one.couponId) ?? '' })),
    offFen: best.offFen,
    payFen: best.payFen,
  };
}

/** What is this code or secret word (暗号) worth for the basket? Nothing is changed. */
export const lookAtCoupon: Actions<GiftsContract>['coupon.look'] = {
  who: TILL,
  writes: false,
  ask: z.strictObject({
    codeOrWord: someText(64).min(1),
    basketFen: someFen.nullable(),
    categoryFen: someCategories.optional(),
  }),
  async run({ scope, now }, { codeOrWord, basketFen, categoryFen }) {
    const said = await found(readSecretWord(codeOrWord), scope, now);
    if (!said.ok) return said;
    const coupon = said.value;
    const good = await goodAtTill(coupon, scope, now);
    if (!good.ok) return good;
    const basket = basketFen === null ? null : basketAsked({ basketFen, categoryFen });
    const worth = basket === null ? null : worthOf(coupon.rule, basket, coupon.scope);
    if (worth && !worth.ok) return worth;
    const isLocked = coupon.lock && now < coupon.lock.until;
    return done({
      couponId: coupon._id,
      memberName: coupon.memberName,
      phoneTail: coupon.phoneTail,
      headline: headlineOf(coupon.rule),
      conditions: conditionsOf(coupon.rule, coupon.scope),
      trial: coupon.rule.kind === 'trial' ? coupon.rule.product : coupon.trial,
      expiresAt: coupon.expiresAt,
      worth: worth &&
        basket && { basketFen: basket.totalFen, offFen: worth.value.offFen, payFen: worth.value.payFen },
      categories: coupon.scope?.categories ?? null,
      notCounted: worth?.value.notCounted ?? [],
      lock:
        isLocked && coupon.lock
          ? { until: coupon.lock.until, mine: coupon.lock.clerkId === scope.staff?._id }
          : null,
      together: worth && basket ? await together(coupon, basket, worth.value.offFen, scope, now) : null,
    });
  },
};

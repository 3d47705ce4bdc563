import * as z from 'zod';
import { packFault } from '../../../miniprogram/domain/offers/margin';
import { LEVELS } from '../../../miniprogram/domain/offers/types';
import type { CouponRule, GiftOffer, Validity } from '../../../miniprogram/domain/offers/types';
import { aDay, anId, someFen, someText } from './asks';

/** A category as the till names it. */
export const aCategory = someText(32).min(1);

export const aRule: z.ZodType<CouponRule> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('percent'),
    // 1折 to 9.9折: nothing free by mistake, and no coupon that takes nothing off.
    pay: z.number().int().min(10, '最低 1 折').max(99, '最高 9.9 折'),
    minFen: someFen,
    capFen: someFen.min(1).nullable(),
  }),
  z.strictObject({ kind: z.literal('amountOff'), offFen: someFen.min(1), minFen: someFen }),
  z.strictObject({
    kind: z.literal('trial'),
    product: someText(60).min(1, '请写明送什么'),
    worthFen: someFen.nullable(),
    minFen: someFen,
  }),
]);

const aValidity: z.ZodType<Validity> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('seconds'),
    seconds: z
      .number()
      .int()
      .min(60, '至少 1 分钟')
      .max(90 * 86_400, '最多 90 天'),
  }),
  z.strictObject({ kind: z.literal('businessDays'), days: z.number().int().min(1).max(90, '最多 90 天') }),
  z.strictObject({ kind: z.literal('untilDay'), on: aDay }),
]);

const aScope = z.strictObject({ categories: z.array(aCategory).min(1).max(50).nullable() });
const aStacking = z.union([z.literal('alone'), z.strictObject({ group: someText(20).min(1) })]);

/** What a campaign gives, as HQ may plan it: the ladder, and the rest of the pack where there is any. */
export const aGiftOffer: z.ZodType<GiftOffer> = z
  .strictObject({
    title: someText(40).min(1, '请给礼包起个名字'),
    ladder: z
      .array(z.strictObject({ stage: z.enum(['awake', 'drowsy', 'dormant', 'lost']), rule: aRule }))
      .min(1, '至少要有一档优惠')
      .max(4),
    validHours: z
      .number()
      .int()
      .min(1, '至少 1 小时')
      .max(24 * 90, '最多 90 天'),
    trial: someText(60).min(1).nullable(),
    validity: aValidity.optional(),
    scope: aScope.optional(),
    stacking: aStacking.optional(),
    more: z
      .array(
        z.strictObject({
          title: someText(40).min(1),
          rule: aRule,
          validity: aValidity,
          scope: aScope.optional(),
          branchIds: z.array(anId).min(1).max(1000).optional(),
          stacking: aStacking.optional(),
        }),
      )
      .max(9, '一份礼包最多 10 张券')
      .optional(),
    points: z
      .strictObject({
        points: z.number().int().min(1).max(1_000_000),
        validDays: z.number().int().min(1).max(3650).nullable(),
        on: z.enum(['claim', 'redeem']),
      })
      .optional(),
    levelKeep: z.strictObject({ level: z.enum(LEVELS), months: z.number().int().min(1).max(24) }).optional(),
    surveyPoints: z.number().int().min(1).max(10_000).optional(),
    stock: z.number().int().min(1, '至少 1 份').max(1_000_000).optional(),
    branchBudgetFen: someFen.min(1).optional(),
  })
  .superRefine((offer, ctx) => {
    const fault = packFault({ ...offer, rules: offer.ladder.map(({ rule }) => rule) } as never);
    if (fault) ctx.addIssue({ code: 'custom', path: [], message: fault });
  });

import { omit } from 'lodash-es';
import type { CampaignPlan } from '../../contract/campaigns';
import { packFault } from '../../domain/offers/margin';
import type { CouponTemplate, GiftOffer, PackParts, Validity } from '../../domain/offers/types';
import { missingInRule, tidiedRule } from './rules';

/** What HQ may put into a pack besides the ladder's coupon; coupons may be several. */
export type PartKind = 'coupon' | 'points' | 'levelKeep' | 'survey' | 'stock';

/** One part that is in the pack: `points`, or `coupon:1` for the second of its further coupons. */
export type PartId = string;

const MOST_COUPONS = 9;
const MOST_MONTHS = 24;
const MOST_SURVEY_POINTS = 10_000;

export const couponsOf = ({ offer }: CampaignPlan): readonly CouponTemplate[] => offer.more ?? [];

const withOffer = (plan: CampaignPlan, change: Partial<GiftOffer>): CampaignPlan => ({
  ...plan,
  offer: { ...plan.offer, ...change },
});

/** The same plan without one key of its offer: a part that is not there is missing, not empty. */
function withoutPart(plan: CampaignPlan, part: keyof PackParts): CampaignPlan {
  return { ...plan, offer: omit(plan.offer, part) };
}

const NEW_COUPON: CouponTemplate = {
  title: '回店券',
  rule: { kind: 'amountOff', offFen: 2_000, minFen: 0 },
  validity: { kind: 'businessDays', days: 7 },
};

/** With what each part begins. */
const BEGINNINGS: Record<PartKind, (plan: CampaignPlan) => CampaignPlan> = {
  coupon: (plan) => withCoupons(plan, [...couponsOf(plan), NEW_COUPON]),
  points: (plan) => withOffer(plan, { points: { points: 200, validDays: 90, on: 'redeem' } }),
  levelKeep: (plan) => withOffer(plan, { levelKeep: { level: 'gold', months: 3 } }),
  survey: (plan) => withOffer(plan, { surveyPoints: 100 }),
  stock: (plan) => withOffer(plan, { stock: 500 }),
};

const FIELD: Record<Exclude<PartKind, 'coupon'>, keyof PackParts> = {
  points: 'points',
  levelKeep: 'levelKeep',
  survey: 'surveyPoints',
  stock: 'stock',
};

/** The same plan with these further coupons; none is missing. */
export function withCoupons(plan: CampaignPlan, more: readonly CouponTemplate[]): CampaignPlan {
  return more.length > 0 ? withOffer(plan, { more: [...more] }) : withoutPart(plan, 'more');
}

/** The same plan with one of its further coupons changed. */
export function withCoupon(plan: CampaignPlan, at: number, change: Partial<CouponTemplate>): CampaignPlan {
  return withCoupons(
    plan,
    couponsOf(plan).map((one, i) => (i === at ? { ...one, ...change } : one)),
  );
}

/** Limits a coupon to these categories; none of them = everything. */
export function withCategories(plan: CampaignPlan, at: number, categories: readonly string[]): CampaignPlan {
  const coupons = couponsOf(plan).map((one, i) => {
    if (i !== at) return one;
    const rest = omit(one, 'scope');
    return categories.length > 0 ? { ...rest, scope: { categories: [...categories] } } : rest;
  });
  return withCoupons(plan, coupons);
}

/** Lets a coupon be used only by itself, or beside any other. */
export function withStacking(plan: CampaignPlan, at: number, isAlone: boolean): CampaignPlan {
  const coupons = couponsOf(plan).map((one, i) => {
    if (i !== at) return one;
    const rest = omit(one, 'stacking');
    return isAlone ? { ...rest, stacking: 'alone' as const } : rest;
  });
  return withCoupons(plan, coupons);
}

/** May one more of this be put in? */
export function mayAdd(plan: CampaignPlan, kind: PartKind): boolean {
  return kind === 'coupon' ? couponsOf(plan).length < MOST_COUPONS : plan.offer[FIELD[kind]] === undefined;
}

export function withPart(plan: CampaignPlan, kind: PartKind): CampaignPlan {
  return mayAdd(plan, kind) ? BEGINNINGS[kind](plan) : plan;
}

/** The same plan with the number of a part changed: points, months, pieces. */
export function withNumberOf(plan: CampaignPlan, kind: PartKind, value: number): CampaignPlan {
  const { points, levelKeep, surveyPoints, stock } = plan.offer;
  const number = Math.max(1, value);
  if (kind === 'points' && points) return withOffer(plan, { points: { ...points, points: number } });
  if (kind === 'levelKeep' && levelKeep)
    return withOffer(plan, { levelKeep: { ...levelKeep, months: Math.min(MOST_MONTHS, number) } });
  if (kind === 'survey' && surveyPoints !== undefined)
    return withOffer(plan, { surveyPoints: Math.min(MOST_SURVEY_POINTS, number) });
  return kind === 'stock' && stock !== undefined ? withOffer(plan, { stock: number }) : plan;
}

/** Takes a part out. @example withoutPartOf(plan, 'coupon:0') // → the same without its first further coupon */
export function withoutPartOf(plan: CampaignPlan, id: PartId): CampaignPlan {
  const at = couponAt(id);
  if (at !== null)
    return withCoupons(
      plan,
      couponsOf(plan).filter((_, i) => i !== at),
    );
  const field = FIELD[id as Exclude<PartKind, 'coupon'>];
  return withoutPart(plan, field);
}

/** Which of the further coupons a part is; null = it is none. @example couponAt('coupon:2') // → 2 */
export function couponAt(id: PartId): number | null {
  const at = /^coupon:(\d)$/.exec(id)?.[1];
  return at === undefined ? null : Number(at);
}

/** How long a coupon is good, as a choice: hours from the claim, or days with the last one whole. */
export const VALIDITIES: readonly { id: string; word: string; validity: Validity }[] = [
  { id: 'h48', word: '48 小时', validity: { kind: 'seconds', seconds: 48 * 3600 } },
  { id: 'd7', word: '7 天', validity: { kind: 'businessDays', days: 7 } },
  { id: 'd14', word: '14 天', validity: { kind: 'businessDays', days: 14 } },
  { id: 'd30', word: '30 天', validity: { kind: 'businessDays', days: 30 } },
];

/** What is still missing in the gift, by the server's own rules where it has them, as a sentence; '' = nothing. */
export function missingInGift(plan: CampaignPlan): string {
  const { offer, ladders = {} } = plan;
  if (offer.title.trim() === '') return '请写上礼包的名字，顾客会看到它。';
  const coupons = couponsOf(plan);
  if (coupons.some(({ title }) => title.trim() === '')) return '礼包里每张券都要有名字。';
  const rules = [...offer.ladder, ...Object.values(ladders).flat()].map(({ rule }) => rule);
  const missing = [...rules, ...coupons.map(({ rule }) => rule)].map(missingInRule).find(Boolean);
  const fault = missing ?? packFault({ ...offer, rules });
  return fault === null ? '' : fault.replace(/[^。]$/, '$&。');
}

/** The gift as it is sent: names without blanks around them. */
export function tidiedGift(offer: GiftOffer): GiftOffer {
  const trial = offer.trial?.trim() ?? '';
  return {
    ...offer,
    title: offer.title.trim(),
    trial: trial === '' ? null : trial,
    ladder: offer.ladder.map((step) => ({ ...step, rule: tidiedRule(step.rule) })),
    ...(offer.more
      ? {
          more: offer.more.map((one) => ({ ...one, title: one.title.trim(), rule: tidiedRule(one.rule) })),
        }
      : {}),
  };
}

import { money } from '../kernel/fen';
import type { Fen } from '../kernel/fen';
import { done, refuse } from '../kernel/result';
import type { Result } from '../kernel/result';
import { VALUE_WORDS } from '../membership/types';
import type { QuietStage, Value } from '../membership/types';
import { headlineOf } from './coupon';
import { breakEvenUplift, deepestShare, marginGuard, marginRateFor } from './margin';
import type { MarginRates } from './margin';
import type { CouponRule, CouponScope, GiftOffer, LadderStep } from './types';

/** The offers of a campaign as the guard reads them. */
export interface OffersOfPlan {
  offer: GiftOffer;
  ladders?: Partial<Record<Value, LadderStep[]>>;
  followUpOffer?: GiftOffer | null;
}

/** One coupon that the campaign would give, judged by the chain's margins. */
export interface JudgedRung {
  /** e.g. 沉睡这一档 7折 */
  words: string;
  /** shares of the full price: what it gives where it is deepest, what is left of the margin then, and what has to be */
  givenShare: number;
  leftShare: number;
  floor: number;
  /** how many times the usual purchases it must bring to earn what no offer would; null = each sale loses money */
  uplift: number | null;
  passes: boolean;
  /** what would pass in its place; '' = it does */
  wouldPass: string;
}

const STAGE_WORDS: Record<QuietStage, string> = {
  awake: '活跃',
  drowsy: '预沉睡',
  dormant: '沉睡',
  lost: '流失',
};

interface Rung {
  words: string;
  rule: CouponRule;
  scope: CouponScope | undefined;
}

function rungsIn(offer: GiftOffer, where: string): Rung[] {
  const steps = offer.ladder.map(({ stage, rule }) => ({
    words: `${where}${STAGE_WORDS[stage]}这一档 ${headlineOf(rule)}`,
    rule,
    scope: offer.scope,
  }));
  const more = (offer.more ?? []).map(({ title, rule, scope }) => ({
    words: `${where}礼包里的“${title}”`,
    rule,
    scope,
  }));
  return [...steps, ...more];
}

/** Every coupon a campaign may give: the ladder, those of a value of its own, what else the packs hold, the follow-up. */
function rungsOf({ offer, ladders = {}, followUpOffer }: OffersOfPlan): Rung[] {
  const own = (Object.entries(ladders) as [Value, LadderStep[]][]).flatMap(([value, ladder]) =>
    rungsIn({ ...offer, ladder, more: [] }, `${VALUE_WORDS[value]}会员的`),
  );
  return [...rungsIn(offer, ''), ...own, ...(followUpOffer ? rungsIn(followUpOffer, '追加的') : [])];
}

const YUAN: Fen = 100;

/** What would pass in the place of a rule that gives too much, the shop's own way of saying it. */
function passing(rule: CouponRule, most: number, typicalFen: Fen | null): string {
  if (most <= 0.001) return '毛利已经在底线上，什么优惠都过不了，请先调整毛利设置';
  const wholeYuan = (fen: number) => Math.floor((fen + 1e-6) / YUAN) * YUAN;
  switch (rule.kind) {
    case 'percent': {
      const pay = Math.ceil(100 - most * 100 - 1e-9);
      return pay > 99 ? '打折都过不了，请改成小额满减' : `${Number((pay / 10).toFixed(1))}折或更少的优惠可以`;
    }
    case 'amountOff': {
      const minFen = Math.ceil((rule.offFen / most - 1e-6) / YUAN) * YUAN;
      const off = wholeYuan((rule.minFen || (typicalFen ?? 0)) * most);
      const least = `满${money(minFen)}减${money(rule.offFen)}可以`;
      return off <= 0 ? least : `最多减${money(off)}，或者${least}`;
    }
    case 'trial': {
      const worth = wholeYuan((rule.minFen || (typicalFen ?? 0)) * most);
      return `体验品最多值${money(worth)}`;
    }
  }
}

/** Nobody knows what a basket comes to, and the coupon names no minimum: then nothing can be said of it. */
const isUnknown = ({ rule }: Rung, typicalFen: Fen | null): boolean =>
  typicalFen === null && rule.kind !== 'percent' && rule.minFen === 0;

/** Shares to a millionth: what is left of 0.6 - 0.4 in binary is nobody's. */
const tidy = (share: number): number => Math.round(share * 1e6) / 1e6;

/**
 * Judges every coupon a campaign would give by the chain's margins, each where it is deepest.
 *
 * @param typicalFen a typical basket (客单价); null = nobody knows: coupons without a minimum are passed over then
 * @example judgedOffers({ offer }, { chain: 0.4, floor: 0.15 }, 20_000)[0]?.wouldPass // → '7.5折或更少的优惠可以' for 7折
 */
export function judgedOffers(plan: OffersOfPlan, rates: MarginRates, typicalFen: Fen | null): JudgedRung[] {
  return rungsOf(plan)
    .filter((rung) => !isUnknown(rung, typicalFen))
    .map(({ words, rule, scope }) => {
      const categories = scope?.categories ?? null;
      const basketFen = typicalFen ?? rule.minFen;
      const rate = marginRateFor(rates, categories);
      const givenShare = deepestShare(rule, basketFen);
      const uplift = breakEvenUplift(rate, givenShare);
      const passes = marginGuard(rule, rates, basketFen, categories).ok;
      return {
        words,
        givenShare: tidy(givenShare),
        leftShare: tidy(rate - givenShare),
        floor: rates.floor,
        uplift: Number.isFinite(uplift) ? tidy(uplift) : null,
        passes,
        wouldPass: passes ? '' : passing(rule, rate - rates.floor, typicalFen),
      };
    });
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;

/**
 * May a campaign with these coupons go out? The first that gives too much is named, with what would pass.
 *
 * @example launchGuard([{ words: '沉睡这一档 7折', givenShare: 0.3, leftShare: 0.1, floor: 0.15, passes: false, wouldPass: '7.5折或更少的优惠可以', … }])
 * // → refuse({ code: 'below-margin', detail: '沉睡这一档 7折，让利 30% 后毛利只剩 10%，底线是 15%；7.5折或更少的优惠可以' })
 */
export function launchGuard(
  judged: readonly JudgedRung[],
): Result<null, { code: 'below-margin'; detail: string }> {
  const first = judged.find(({ passes }) => !passes);
  if (!first) return done(null);
  const { words, givenShare, leftShare, floor, wouldPass } = first;
  const others = judged.filter(({ passes }) => !passes).length - 1;
  return refuse({
    code: 'below-margin',
    detail:
      `${words}，让利 ${percent(givenShare)} 后毛利${leftShare < 0 ? '亏' : '只剩'} ${percent(Math.abs(leftShare))}，` +
      `底线是 ${percent(floor)}；${wouldPass}${others > 0 ? `（另有 ${others} 档也不够）` : ''}`,
  });
}

/**
 * How much more has to be sold for a campaign to earn what none would: of its deepest coupon, in words.
 *
 * @example upliftWords([{ uplift: 1.6667, … }]) // → '成交要多出 67% 才不亏（按让得最多的一档算）'
 */
export function upliftWords(judged: readonly Pick<JudgedRung, 'uplift'>[]): string {
  if (judged.length === 0) return '';
  if (judged.some(({ uplift }) => uplift === null)) return '有一档卖一单亏一单，多卖也回不来';
  const most = Math.max(...judged.map(({ uplift }) => uplift ?? 1));
  return `成交要多出 ${Math.ceil((most - 1) * 100 - 1e-9)}% 才不亏（按让得最多的一档算）`;
}

import type { OffersContract } from '../../contract/offers';
import { spokenTime } from '../../domain/kernel/day';
import { money } from '../../domain/kernel/fen';
import { conditionsOf, headlineOf } from '../../domain/offers/coupon';
import { rebateOf } from '../../domain/offers/rebate';
import { termsWords } from '../../domain/offers/referral';
import type { MarginSettings, OfferSettings } from '../../domain/offers/settings';
import { NUMBERS } from './numbers';
import type { NumberRow } from './numbers';

export type Read = OffersContract['offers.settings']['reply'];

export type NumberShown = Omit<NumberRow, 'read' | 'write' | 'group' | 'most'> & { value: number };

export interface OffersShown {
  returning: NumberShown[];
  margin: { isOn: boolean; numbers: NumberShown[]; words: string };
  categories: { category: string; value: number }[];
  /** categories that have no margin of their own yet, to tap */
  choices: string[];
  rebate: { isOn: boolean; numbers: NumberShown[]; needsProduct: boolean; product: string; words: string };
  referral: { isOn: boolean; numbers: NumberShown[]; words: string };
}

function numbersOf(settings: OfferSettings, group: NumberRow['group']): NumberShown[] {
  return NUMBERS.filter((row) => row.group === group).map(
    ({ id, label, hint, unit, least, step, digits, read }) => ({
      id,
      label,
      hint,
      unit,
      least,
      step,
      digits,
      value: read(settings),
    }),
  );
}

/** What a chain begins with when it tells its margins: to be corrected, which the page says. */
export const FIRST_MARGIN: MarginSettings = { chain: 0.4, byCategory: [], floor: 0.15 };

/**
 * What the margins allow, in the shop's own words.
 *
 * @example marginWords({ chain: 0.4, byCategory: [], floor: 0.15 }, 12_800)
 * // → '全店的券最多让利 25%，也就是打到 7.5折。没有门槛的券按客单价 ¥128 来算。'
 */
export function marginWords(margin: MarginSettings | null, typicalFen: number | null): string {
  if (!margin) return '还没写毛利，活动不按毛利检查，预览里也看不到要多卖多少才不亏。';
  const most = Math.round((margin.chain - margin.floor) * 1000) / 10;
  const basket =
    typicalFen === null
      ? '还不知道客单价，没有门槛的满减券先不检查。'
      : `没有门槛的券按客单价 ${money(typicalFen)} 来算。`;
  if (most <= 0) return '底线不低于毛利率，什么优惠都发不出去。';
  const pay = Math.ceil((100 - most) * 10 - 1e-9) / 100;
  return `全店的券最多让利 ${most}%，也就是打到 ${Number(pay.toFixed(2))}折。${basket}`;
}

const EXAMPLE_FEN = 10_000;

/** What a paid order of ¥100 brings, by the same rule that issues it. */
export function rebateWords({ rule }: OfferSettings['rebate']): string {
  const coupons = rebateOf(EXAMPLE_FEN, { ...rule, trialProduct: rule.trialProduct || '体验礼' });
  if (coupons.length === 0) return `例：付款 ${money(EXAMPLE_FEN)}，不到起返金额，不发。`;
  const each = coupons.map(({ rule: one }) =>
    one.kind === 'trial'
      ? `${headlineOf(one)}（值 ${money(one.worthFen ?? 0)}）`
      : `${headlineOf(one)}券，${conditionsOf(one)}`,
  );
  return `例：付款 ${money(EXAMPLE_FEN)}，下次来有 ${each.join('，加 ')}。整单退了，没用的券自动收回。`;
}

export function offersShown(settings: OfferSettings, { categories, typicalFen }: Read): OffersShown {
  const { margin, rebate, referral } = settings;
  const own = margin?.byCategory ?? [];
  return {
    returning: numbersOf(settings, 'return'),
    margin: {
      isOn: margin !== null,
      numbers: numbersOf(settings, 'margin'),
      words: marginWords(margin, typicalFen),
    },
    categories: own.map(({ category, rate }) => ({ category, value: Math.round(rate * 100) })),
    choices: categories.filter((name) => !own.some(({ category }) => category === name)),
    rebate: {
      isOn: rebate.isOn,
      numbers: numbersOf(settings, 'rebate'),
      needsProduct: rebate.rule.trialShare > 0,
      product: rebate.rule.trialProduct,
      words: rebateWords(rebate),
    },
    referral: {
      isOn: referral.isOn,
      numbers: numbersOf(settings, 'referral'),
      words: termsWords(referral.terms),
    },
  };
}

/** @example savedWords(null) // → '还没有改过，按默认设置。' */
export function savedWords(saved: Read['saved']): string {
  return saved ? `${saved.by} ${spokenTime(saved.at)} 保存。` : '还没有改过，按默认设置。';
}

/** With another category that has a margin of its own, the chain's to begin with; a known or empty name changes nothing. */
export function withCategory(margin: MarginSettings, name: string): MarginSettings {
  const category = name.trim();
  if (category === '' || margin.byCategory.some((one) => one.category === category)) return margin;
  return { ...margin, byCategory: [...margin.byCategory, { category, rate: margin.chain }] };
}

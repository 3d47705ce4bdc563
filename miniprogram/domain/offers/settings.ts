import { money } from '../kernel/fen';
import type { MarginRates } from './margin';
import { USUAL_REBATE } from './rebate';
import type { RebateRule } from './rebate';
import { USUAL_REFERRAL } from './referral';
import type { ReferralTerms } from './referral';

/** What the chain earns, as headquarters writes it down: shares of the price. */
export interface MarginSettings {
  chain: number;
  byCategory: { category: string; rate: number }[];
  /** what has to be left of each sale */
  floor: number;
}

/** What headquarters decides about gifts. */
export interface OfferSettings {
  /** counts the saves, so that of two people who change them at once one is told */
  version: number;
  /** one return offer in so many months; 0 = as often as campaigns come */
  returnMonths: number;
  /** null = nobody has told what the chain earns: then nothing is refused for it, and nothing is promised either */
  margin: MarginSettings | null;
  /** 返利 */
  rebate: { isOn: boolean; rule: RebateRule };
  /** 老带新 */
  referral: { isOn: boolean; terms: ReferralTerms };
}

/**
 * Gifts as they come. Three months are the time after which the usual rules call a member drowsy, so nobody is given a
 * second return offer without having been away again. A margin nobody told would be made up, and so would a rebate.
 */
export const DEFAULT_OFFERS: OfferSettings = {
  version: 0,
  returnMonths: 3,
  margin: null,
  rebate: { isOn: false, rule: { ...USUAL_REBATE, trialProduct: '' } },
  referral: { isOn: true, terms: USUAL_REFERRAL },
};

export const MOST_RETURN_MONTHS = 24;
export const MOST_CATEGORIES = 50;
export const MOST_REFUND_DAYS = 60;
export const MOST_POINTS = 100_000;
export const MOST_REBATE_DAYS = 90;

/** The margins as the guard reads them. */
export function marginRatesOf({ chain, byCategory, floor }: MarginSettings): MarginRates {
  return {
    chain,
    floor,
    byCategory: Object.fromEntries(byCategory.map(({ category, rate }) => [category, rate])),
  };
}

const isShare = (value: number, from: number, to: number): boolean => value >= from && value <= to;
const isCount = (value: number, from: number, to: number): boolean =>
  Number.isInteger(value) && value >= from && value <= to;

function marginFault(margin: MarginSettings | null): string | null {
  if (margin === null) return null;
  const { chain, byCategory, floor } = margin;
  if (!isShare(chain, 0.01, 0.99)) return '全店毛利率要在 1% 到 99% 之间';
  if (byCategory.length > MOST_CATEGORIES) return `品类毛利率最多写 ${MOST_CATEGORIES} 个`;
  if (byCategory.some(({ category }) => category.trim() === '')) return '有一个品类没有写名字';
  const names = byCategory.map(({ category }) => category.trim());
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) return `“${twice}”写了两次`;
  const odd = byCategory.find(({ rate }) => !isShare(rate, 0.01, 0.99));
  if (odd) return `“${odd.category}”的毛利率要在 1% 到 99% 之间`;
  if (!isShare(floor, 0, 0.98)) return '毛利底线要在 0% 到 98% 之间';
  return floor < chain ? null : '毛利底线要低于全店毛利率，不然什么优惠都发不出去';
}

function rebateFault({ isOn, rule }: OfferSettings['rebate']): string | null {
  if (!isShare(rule.marginRate, 0.01, 0.99)) return '返利用的毛利率要在 1% 到 99% 之间';
  if (!isShare(rule.shareBack, 0.01, 1)) return '返还的比例要在 1% 到 100% 之间';
  if (!isShare(rule.trialShare, 0, 1)) return '体验券占的比例要在 0% 到 100% 之间';
  if (isOn && rule.trialShare > 0 && rule.trialProduct.trim() === '') return '请写明体验券送什么';
  if (!isCount(rule.leastFen, 100, 100_000)) return '起返金额要在 1 元到 1000 元之间';
  const { validity } = rule;
  if (validity.kind !== 'businessDays' || !isCount(validity.days, 1, MOST_REBATE_DAYS))
    return `返利券的有效期要在 1 到 ${MOST_REBATE_DAYS} 天之间`;
  return null;
}

function referralFault({ terms }: OfferSettings['referral']): string | null {
  const { inviterPoints, friendPoints, leastFen, refundDays } = terms;
  if (!isCount(inviterPoints, 1, MOST_POINTS) || !isCount(friendPoints, 1, MOST_POINTS))
    return `老带新的积分要在 1 到 ${MOST_POINTS} 之间`;
  if (!isCount(leastFen, 1, 10_000_000)) return '朋友首单要满多少，请写一个大于 0 的金额';
  return isCount(refundDays, 1, MOST_REFUND_DAYS) ? null : `退货期要在 1 到 ${MOST_REFUND_DAYS} 天之间`;
}

/** What is wrong with settings somebody wants to save, in words for her; null when nothing is. */
export function offersFault(settings: Omit<OfferSettings, 'version'>): string | null {
  if (!isCount(settings.returnMonths, 0, MOST_RETURN_MONTHS))
    return `两份回归礼包之间要隔 0 到 ${MOST_RETURN_MONTHS} 个月`;
  return marginFault(settings.margin) ?? rebateFault(settings.rebate) ?? referralFault(settings.referral);
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;

/** The settings in one line, for the account of who saved them. */
export function settingsWords({
  returnMonths,
  margin,
  rebate,
  referral,
}: Omit<OfferSettings, 'version'>): string {
  const { rule } = rebate;
  const { terms } = referral;
  return [
    returnMonths === 0 ? '回归礼包不限间隔' : `${returnMonths} 个月一份回归礼包`,
    margin
      ? `毛利 ${percent(margin.chain)}，底线 ${percent(margin.floor)}${margin.byCategory
          .map(({ category, rate }) => `，${category} ${percent(rate)}`)
          .join('')}`
      : '未设毛利',
    rebate.isOn
      ? `返利开：毛利 ${percent(rule.marginRate)} 的 ${percent(rule.shareBack)}，体验券占 ${percent(rule.trialShare)}`
      : '返利关',
    referral.isOn
      ? `老带新开：满 ${money(terms.leastFen)}、过 ${terms.refundDays} 天，各得 ${terms.inviterPoints}/${terms.friendPoints} 积分`
      : '老带新关',
  ].join('；');
}

import {
  MOST_POINTS,
  MOST_REBATE_DAYS,
  MOST_REFUND_DAYS,
  MOST_RETURN_MONTHS,
} from '../../domain/offers/settings';
import type { OfferSettings } from '../../domain/offers/settings';

/** A number of the settings as somebody types it: whole percent, whole yuan, days, months, points. */
export interface NumberRow {
  id: string;
  group: 'return' | 'margin' | 'rebate' | 'referral';
  label: string;
  hint: string;
  unit: string;
  least: number;
  most: number;
  step: number;
  digits: number;
  read(settings: OfferSettings): number;
  write(settings: OfferSettings, value: number): OfferSettings;
}

const percent = (share: number): number => Math.round(share * 100);
const FEN_A_YUAN = 100;

const withRule = (
  settings: OfferSettings,
  part: Partial<OfferSettings['rebate']['rule']>,
): OfferSettings => ({
  ...settings,
  rebate: { ...settings.rebate, rule: { ...settings.rebate.rule, ...part } },
});
const withTerms = (
  settings: OfferSettings,
  part: Partial<OfferSettings['referral']['terms']>,
): OfferSettings => ({
  ...settings,
  referral: { ...settings.referral, terms: { ...settings.referral.terms, ...part } },
});
const withMargin = (
  settings: OfferSettings,
  part: Partial<NonNullable<OfferSettings['margin']>>,
): OfferSettings => (settings.margin ? { ...settings, margin: { ...settings.margin, ...part } } : settings);

const PERCENT = { unit: '%', least: 1, most: 99, step: 5, digits: 2 } as const;
const POINTS = { unit: '分', least: 1, most: MOST_POINTS, step: 50, digits: 6 } as const;
const YUAN = { unit: '元', least: 1, most: 1000, step: 1, digits: 4 } as const;

/** Every number on the page, in its order. */
export const NUMBERS: readonly NumberRow[] = [
  {
    id: 'returnMonths',
    group: 'return',
    label: '两份礼包之间至少隔',
    hint: '领过的会员，在这之前的活动里先跳过；0 = 不限',
    unit: '个月',
    least: 0,
    most: MOST_RETURN_MONTHS,
    step: 1,
    digits: 2,
    read: (settings) => settings.returnMonths,
    write: (settings, returnMonths) => ({ ...settings, returnMonths }),
  },
  {
    ...PERCENT,
    id: 'chain',
    group: 'margin',
    label: '全店毛利率',
    hint: '',
    read: ({ margin }) => percent(margin?.chain ?? 0),
    write: (settings, value) => withMargin(settings, { chain: value / 100 }),
  },
  {
    ...PERCENT,
    id: 'floor',
    group: 'margin',
    label: '每单至少留下',
    hint: '打完折还要剩这么多毛利，按原价算',
    least: 0,
    read: ({ margin }) => percent(margin?.floor ?? 0),
    write: (settings, value) => withMargin(settings, { floor: value / 100 }),
  },
  {
    ...PERCENT,
    id: 'marginRate',
    group: 'rebate',
    label: '订单毛利按',
    hint: '',
    read: ({ rebate }) => percent(rebate.rule.marginRate),
    write: (settings, value) => withRule(settings, { marginRate: value / 100 }),
  },
  {
    ...PERCENT,
    id: 'shareBack',
    group: 'rebate',
    label: '拿出毛利的',
    hint: '',
    most: 100,
    digits: 3,
    read: ({ rebate }) => percent(rebate.rule.shareBack),
    write: (settings, value) => withRule(settings, { shareBack: value / 100 }),
  },
  {
    ...PERCENT,
    id: 'trialShare',
    group: 'rebate',
    label: '其中体验礼占',
    hint: '其余是无门槛券；0 = 全部是券',
    least: 0,
    most: 100,
    digits: 3,
    read: ({ rebate }) => percent(rebate.rule.trialShare),
    write: (settings, value) => withRule(settings, { trialShare: value / 100 }),
  },
  {
    id: 'rebateDays',
    group: 'rebate',
    label: '有效期',
    hint: '从付款那天算起',
    unit: '天',
    least: 1,
    most: MOST_REBATE_DAYS,
    step: 5,
    digits: 2,
    read: ({ rebate }) => (rebate.rule.validity.kind === 'businessDays' ? rebate.rule.validity.days : 0),
    write: (settings, days) => withRule(settings, { validity: { kind: 'businessDays', days } }),
  },
  {
    ...YUAN,
    id: 'leastBack',
    group: 'rebate',
    label: '不到这么多就不返',
    hint: '',
    read: ({ rebate }) => Math.round(rebate.rule.leastFen / FEN_A_YUAN),
    write: (settings, value) => withRule(settings, { leastFen: value * FEN_A_YUAN }),
  },
  {
    ...YUAN,
    id: 'leastBought',
    group: 'referral',
    label: '朋友用券买满',
    hint: '扣掉退款的金额',
    most: 100_000,
    step: 10,
    digits: 6,
    read: ({ referral }) => Math.round(referral.terms.leastFen / FEN_A_YUAN),
    write: (settings, value) => withTerms(settings, { leastFen: value * FEN_A_YUAN }),
  },
  {
    id: 'refundDays',
    group: 'referral',
    label: '退货期',
    hint: '过了才给积分',
    unit: '天',
    least: 1,
    most: MOST_REFUND_DAYS,
    step: 1,
    digits: 2,
    read: ({ referral }) => referral.terms.refundDays,
    write: (settings, refundDays) => withTerms(settings, { refundDays }),
  },
  {
    ...POINTS,
    id: 'inviterPoints',
    group: 'referral',
    label: '老会员得',
    hint: '',
    read: ({ referral }) => referral.terms.inviterPoints,
    write: (settings, inviterPoints) => withTerms(settings, { inviterPoints }),
  },
  {
    ...POINTS,
    id: 'friendPoints',
    group: 'referral',
    label: '新朋友得',
    hint: '',
    read: ({ referral }) => referral.terms.friendPoints,
    write: (settings, friendPoints) => withTerms(settings, { friendPoints }),
  },
];

/** The settings after a number was typed, kept within what it may be. @example withNumber(settings, 'returnMonths', 99).returnMonths // → 24 */
export function withNumber(settings: OfferSettings, id: string, value: number): OfferSettings {
  const row = NUMBERS.find((one) => one.id === id);
  return row ? row.write(settings, Math.min(Math.max(value, row.least), row.most)) : settings;
}

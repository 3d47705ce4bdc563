import {
  maskedName,
  referralWords,
  rewardDay,
  termsWords,
  USUAL_REFERRAL,
} from '../../../miniprogram/domain/offers/referral';
import {
  DEFAULT_OFFERS,
  marginRatesOf,
  MOST_RETURN_MONTHS,
  offersFault,
  settingsWords,
} from '../../../miniprogram/domain/offers/settings';
import type { OfferSettings } from '../../../miniprogram/domain/offers/settings';
import { day, startOf } from '../../../miniprogram/domain/kernel/day';

const { rebate, referral } = DEFAULT_OFFERS;
const margin = { chain: 0.4, floor: 0.15, byCategory: [{ category: '茶', rate: 0.3 }] };
const with_ = (part: Partial<OfferSettings>) => offersFault({ ...DEFAULT_OFFERS, ...part });

describe('the settings of gifts', () => {
  it('can be saved as they come, and with margins told', () => {
    expect(offersFault(DEFAULT_OFFERS)).toBeNull();
    expect(with_({ margin })).toBeNull();
    expect(marginRatesOf(margin)).toEqual({ chain: 0.4, floor: 0.15, byCategory: { 茶: 0.3 } });
  });

  it.each<[string, Partial<OfferSettings>]>([
    ['个月', { returnMonths: MOST_RETURN_MONTHS + 1 }],
    ['毛利底线要低于', { margin: { ...margin, floor: 0.4 } }],
    ['写了两次', { margin: { ...margin, byCategory: [...margin.byCategory, ...margin.byCategory] } }],
    ['没有写名字', { margin: { ...margin, byCategory: [{ category: ' ', rate: 0.3 }] } }],
    ['“茶”的毛利率', { margin: { ...margin, byCategory: [{ category: '茶', rate: 0 }] } }],
    ['体验券送什么', { rebate: { ...rebate, isOn: true } }],
    [
      '有效期',
      { rebate: { ...rebate, rule: { ...rebate.rule, validity: { kind: 'businessDays', days: 0 } } } },
    ],
    ['起返金额', { rebate: { ...rebate, rule: { ...rebate.rule, leastFen: 99 } } }],
    ['退货期', { referral: { ...referral, terms: { ...referral.terms, refundDays: 0 } } }],
    ['积分', { referral: { ...referral, terms: { ...referral.terms, friendPoints: 0 } } }],
  ])('say in words why they cannot be saved: %s', (words, part) => {
    expect(with_(part)).toContain(words);
  });

  it('need no trial product while the rebate is all coupon, or off', () => {
    expect(with_({ rebate: { isOn: true, rule: { ...rebate.rule, trialShare: 0 } } })).toBeNull();
    expect(with_({ rebate: { isOn: true, rule: { ...rebate.rule, trialProduct: '茶包' } } })).toBeNull();
  });

  it('are accounted for in one line', () => {
    expect(settingsWords({ ...DEFAULT_OFFERS, margin })).toBe(
      '3 个月一份回归礼包；毛利 40%，底线 15%，茶 30%；返利关；老带新开：满 ¥50、过 7 天，各得 200/200 积分',
    );
  });
});

describe('an invitation in words', () => {
  it('promises nothing for sharing, and names the day on which the return is over', () => {
    expect(termsWords(USUAL_REFERRAL)).toContain('转发和邀请本身没有奖励');
    expect(rewardDay(startOf(day('2025-03-05'), 23), 7)).toBe('2025-03-13');
    const boughtAt = startOf(day('2025-03-05'), 10);
    expect(referralWords({ state: 'bought', boughtAt }, USUAL_REFERRAL)).toBe('已下单，2025年3月13日到账');
    expect(referralWords({ state: 'void', boughtAt }, USUAL_REFERRAL, true)).toContain('同一个手机号');
  });

  it('shows no more of a friend than the first sign of her name', () => {
    expect(maskedName('李小云')).toBe('李**');
    expect(maskedName('会员1234')).toBe('会员');
    expect(maskedName(' ')).toBe('会员');
  });
});

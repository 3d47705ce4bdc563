import { day, startOf } from '../../../miniprogram/domain/kernel/day';
import { whyNow } from '../../../miniprogram/domain/outreach/whyNow';
import type { WhyNowFacts } from '../../../miniprogram/domain/outreach/whyNow';

const TODAY = day('2026-03-18');
const asked = (reached: WhyNowFacts['reached'], claimedUntil: number | null = null): string =>
  whyNow({
    facts: { paidOrders: 3, lastPaidOn: day('2025-08-01'), unpaidOn: null, lastVisitOn: null },
    lifecycle: 'dormant',
    today: TODAY,
    claimedUntil,
    opened: true,
    reached,
  });
const nothing = { claimExpired: false, redeemedOn: null, wokenOn: null, paidFen: null };

describe('why now, once the member has answered', () => {
  it('says that she came back and what she spent', () => {
    expect(asked({ ...nothing, redeemedOn: TODAY, wokenOn: TODAY, paidFen: 26_800 })).toBe(
      '今天回来了，消费¥268，谢谢她一声',
    );
  });
  it('says that the coupon was used while the order is still on its way', () => {
    expect(asked({ ...nothing, redeemedOn: day('2026-03-17') })).toBe('昨天到店用了礼包，等收银系统回传订单');
  });
  it('never says that she did not claim when her coupon ran out', () => {
    expect(asked({ ...nothing, claimExpired: true })).toBe('礼包领了没来得及用，已经到期');
  });
  it('says until when a claimed coupon is good', () => {
    expect(asked(nothing, startOf(day('2026-03-20'), 10))).toBe('礼包领了还没用，3月20日 10:00到期');
  });
  it('says that she looked and did not claim only when that is so', () => {
    expect(asked(nothing)).toContain('看过礼包还没领');
  });
});

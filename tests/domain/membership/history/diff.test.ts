import { day, startOf } from '../../../../miniprogram/domain/kernel/day';
import { diffOf, standOn } from '../../../../miniprogram/domain/membership/history/diff';
import type { History } from '../../../../miniprogram/domain/membership/history/replay';
import type { KeptCut, KeptRules } from '../../../../miniprogram/domain/membership/history/standards';
import { rulesOf } from '../../../../miniprogram/domain/membership/presets';
import { paidOrder } from '../../people';

const RETAIL: KeptRules = { rules: rulesOf('retail', 1), savedAt: startOf(day('2024-01-01')) };
const historyOf = (...orders: History['orders']): History => ({ orders, visits: [], browses: [] });

function between(
  history: History,
  from: string,
  to: string,
  versions: KeptRules[] = [RETAIL],
  cuts: KeptCut[] = [],
) {
  const stand = (on: string) => standOn(history, versions, cuts, day(on));
  return diffOf(history, stand(from), stand(to));
}

describe('what lies between two days', () => {
  it('is the calendar alone when she did nothing', () => {
    const { from, to, because } = between(historyOf(paidOrder('2024-08-31')), '2024-11-30', '2025-02-28');
    expect([from.placement.lifecycle, to.placement.lifecycle]).toEqual(['drowsy', 'dormant']);
    expect(because).toEqual(['又过了3个月，没有新的消费']);
    expect(between(historyOf(paidOrder('2024-08-31')), '2024-11-29', '2024-11-30').because).toEqual([
      '又过了1天，没有新的消费',
    ]);
  });

  it('is her purchases with their days and money, and what she gave back', () => {
    const history = historyOf(
      paidOrder('2024-01-05'),
      paidOrder('2024-02-01'),
      paidOrder('2024-02-02', {
        refundedFen: 4_000,
        refunds: [{ at: startOf(day('2024-02-20')), fen: 4_000 }],
      }),
    );
    expect(between(history, '2024-01-31', '2024-02-28').because).toEqual([
      '消费2次，共¥200（2024年2月1日、2024年2月2日）',
      '退款1次，共¥40（2024年2月20日）',
    ]);
  });

  it('counts the later day and leaves the earlier one out', () => {
    const history = historyOf(paidOrder('2024-02-01'), paidOrder('2024-02-10'));
    expect(between(history, '2024-02-01', '2024-02-10').because[0]).toMatch(/消费1次/);
    expect(between(history, '2024-02-10', '2024-02-11').because).toEqual(['又过了1天，没有新的消费']);
  });

  it('names visits, looks, cancellations and unpaid orders', () => {
    const history = {
      ...historyOf(
        paidOrder('2024-02-03', { status: 'unpaid', paidAt: null }),
        paidOrder('2024-02-04', { status: 'cancelled', cancelledAt: startOf(day('2024-02-06')) }),
      ),
      visits: [day('2024-02-05')],
      browses: [day('2024-02-05'), day('2024-02-07')],
    };
    expect(between(history, '2024-02-01', '2024-02-10').because).toEqual([
      '消费1次，共¥100（2024年2月4日）',
      '下单未付款1次（2024年2月3日）',
      '取消订单1次（2024年2月6日）',
      '到店1次（2024年2月5日）',
      '看过会员页面2次（2024年2月5日、2024年2月7日）',
    ]);
  });

  it('names other rules and another cut-off', () => {
    const versions = [RETAIL, { rules: rulesOf('daily', 2), savedAt: startOf(day('2024-03-01'), 9) }];
    const cuts = [
      { at: startOf(day('2024-02-01')), cut: { fen: 18_000, computedOn: day('2024-02-01'), members: 9 } },
      { at: startOf(day('2024-03-01')), cut: { fen: 19_000, computedOn: day('2024-03-01'), members: 9 } },
    ];
    expect(
      between(historyOf(paidOrder('2024-02-01')), '2024-02-28', '2024-03-02', versions, cuts).because,
    ).toEqual(['又过了3天，没有新的消费', '规则从第1版改为第2版', '全店客单价标准从¥180变为¥190']);
  });

  it('is nothing for a member of whom nothing is known', () => {
    expect(between(historyOf(), '2024-01-01', '2024-02-01').because).toEqual([]);
  });
});

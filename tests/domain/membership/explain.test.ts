import { day } from '../../../miniprogram/domain/kernel/day';
import { explainPlacement } from '../../../miniprogram/domain/membership/explain';
import { factsOf } from '../../../miniprogram/domain/membership/facts';
import { placeMember } from '../../../miniprogram/domain/membership/place';
import { rulesOf } from '../../../miniprogram/domain/membership/presets';
import type { AovCut, MemberFacts, TierRules } from '../../../miniprogram/domain/membership/types';
import { boughtOn, paidOrder, stranger, unpaidOrder } from '../people';

const retail = rulesOf('retail', 1);
const cut: AovCut = { fen: 18_000, computedOn: day('2025-06-01'), members: 100 };

function sentence(
  facts: MemberFacts,
  today: string,
  rules: TierRules = retail,
  at: AovCut | null = cut,
): string {
  const on = day(today);
  return explainPlacement(facts, placeMember(facts, rules, at, on), rules, at, on);
}

describe('explaining a tier in one sentence', () => {
  it('names the last purchase, the months, the rule, and both value tests', () => {
    const facts = factsOf([paidOrder('2025-08-31', { paidFen: 21_400 })], []);
    expect(sentence(facts, '2026-02-28')).toBe(
      '沉睡：最后一次消费是2025年8月31日，距今已满6个月（规则：6个月未消费）。' +
        '中价值：最后一次消费前的3个月里买过1次（需3次），客单价¥214进入前20%（≥¥180）。',
    );
  });

  it('counts the months that really passed, not only those the rule asks for', () => {
    expect(sentence(boughtOn('2024-01-15', '2024-02-15'), '2025-06-14')).toContain(
      '已满15个月（规则：12个月未消费）',
    );
    expect(sentence(boughtOn('2024-01-15', '2024-02-15'), '2025-06-15')).toContain('已满16个月');
  });

  it('says of an active member when she last bought and what keeps her active', () => {
    expect(sentence(boughtOn('2025-05-01', '2025-05-20'), '2025-06-01')).toBe(
      '活跃：最后一次消费是2025年5月20日，距今12天（规则：3个月内消费过）。' +
        '普通：近3个月买过2次（需3次），客单价¥100未进前20%（需≥¥180）。',
    );
  });

  it('says of one order how long ago it was', () => {
    expect(sentence(boughtOn('2025-05-01'), '2025-06-15')).toMatch(
      /^一单未复购：只在2025年5月1日买过1次，距今45天（规则：超过30天没有再买）。/,
    );
  });

  it('keeps both facts of an unpaid order and a long silence', () => {
    const facts = factsOf([paidOrder('2024-01-01'), paidOrder('2024-03-01'), unpaidOrder('2025-06-01')], []);
    expect(sentence(facts, '2025-06-02')).toMatch(
      /^下单未支付：2025年6月1日下的订单还没付款（规则：7天内的未付订单）；按消费算是流失，最后一次消费是2024年3月1日/,
    );
  });

  it('has a sentence for those who never bought', () => {
    expect(sentence(stranger, '2025-06-02')).toBe('潜客：还没有到店和消费记录。普通：还没有消费。');
    expect(sentence(factsOf([], [day('2025-05-30'), day('2025-05-01')]), '2025-06-02')).toBe(
      '进店未下单：来过2次，最近一次是2025年5月30日，还没有消费。普通：还没有消费。',
    );
  });

  it('tells who only looked at a page from who came', () => {
    const looked = [day('2025-05-28')];
    expect(sentence(factsOf([], [], looked), '2025-06-02')).toBe(
      '浏览未下单：看过1次页面，最近一次是2025年5月28日，还没有消费。普通：还没有消费。',
    );
    expect(sentence(factsOf([], [day('2025-05-30')], looked), '2025-06-02')).toMatch(
      /^进店未下单：来过1次，最近一次是2025年5月30日；看过1次页面，最近一次是2025年5月28日，还没有消费。/,
    );
  });

  it('says so where no amount is known', () => {
    const told = paidOrder('2025-05-20', { paidFen: 0, priceUnknown: true });
    expect(sentence(factsOf([told], []), '2025-06-01')).toContain(
      '普通：近3个月买过1次（需3次），消费金额没有记录，客单价不清楚（规则：前20%）。',
    );
    const annual: TierRules = {
      ...retail,
      value: { by: 'annualSpend', highFen: 2_000_000, midFen: 500_000 },
    };
    expect(sentence(factsOf([told, paidOrder('2025-05-21')], []), '2025-06-01', annual)).toContain(
      '近12个月消费¥100（另有1次没有金额记录）（高价值≥¥20,000',
    );
  });

  it('admits that the cut-off is not there yet', () => {
    expect(sentence(boughtOn('2025-05-20'), '2025-06-01', retail, null)).toContain(
      '全店前20%的标准还没算出来',
    );
  });

  it('explains annual spend with both thresholds', () => {
    const rules: TierRules = { ...retail, value: { by: 'annualSpend', highFen: 2_000_000, midFen: 500_000 } };
    const facts = factsOf([paidOrder('2025-05-20', { paidFen: 620_000 })], []);
    expect(sentence(facts, '2025-06-01', rules)).toContain(
      '中价值：近12个月消费¥6,200（高价值≥¥20,000，中价值≥¥5,000）。',
    );
  });
});

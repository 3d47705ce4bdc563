import { LIFECYCLE_WORDS } from '../../domain/membership/types';
import type { AovCut, TierRules } from '../../domain/membership/types';
import { money } from '../../domain/kernel/fen';
import { shortDay } from '../parts/days';

/** The chain's definitions in two lines: when a member counts as cold, and what makes her valuable. */
export interface RulesShown {
  lifecycle: string;
  value: string;
}

/**
 * @example rulesShown(rulesOf('retail', 1), { fen: 18000, … })
 * // → { lifecycle: '预沉睡 3 个月 · 沉睡 6 个月 · 流失 12 个月未消费', value: '高价值：近 3 个月至少 3 单，且客单价在前 20%（¥180 起，截至3月5日）；中价值：满足其一' }
 */
export function rulesShown(rules: TierRules, cut: AovCut | null): RulesShown {
  const steps = [...rules.ladder]
    .sort((a, b) => a.months - b.months)
    .map((step) => `${LIFECYCLE_WORDS[step.stage]} ${step.months} 个月`);
  return { lifecycle: `${steps.join(' · ')}未消费`, value: valueLine(rules.value, cut) };
}

function valueLine(value: TierRules['value'], cut: AovCut | null): string {
  if (value.by === 'annualSpend')
    return `高价值：近 12 个月消费满 ${money(value.highFen)}；中价值：满 ${money(value.midFen)}`;
  const line = cut ? `${money(cut.fen)} 起，截至${shortDay(cut.computedOn)}` : '导入订单后算出';
  const share = Math.round(value.topShare * 100);
  return `高价值：近 ${value.months} 个月至少 ${value.orders} 单，且客单价在前 ${share}%（${line}）；中价值：满足其一`;
}

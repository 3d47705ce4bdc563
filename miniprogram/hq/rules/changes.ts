import type { DraftRules } from '../../contract/rules';
import type { TierRules } from '../../domain/membership/types';
import { ruleLines } from '../parts/ruleWords';

type Rules = DraftRules | TierRules;

/**
 * What is different between two sets of rules, one line per definition; empty when nothing is.
 *
 * @example ruleChanges(retail, { ...retail, unpaidDays: 3 }) // → ['下单未支付：有 7 天内的未付订单 → 有 3 天内的未付订单']
 */
export function ruleChanges(before: Rules, after: Rules): string[] {
  const was = new Map(ruleLines(before).map((line) => [line.label, line.text]));
  const is = new Map(ruleLines(after).map((line) => [line.label, line.text]));
  const labels = [...new Set([...was.keys(), ...is.keys()])];
  return labels
    .filter((label) => was.get(label) !== is.get(label))
    .map((label) => `${label}：${was.get(label) ?? '没有'} → ${is.get(label) ?? '没有'}`);
}

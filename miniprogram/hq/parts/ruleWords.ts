import { exactCount } from '../../components/stat-tile/count';
import { money } from '../../domain/kernel/fen';
import { LIFECYCLE_WORDS } from '../../domain/membership/types';
import type { AovCut, TierRules } from '../../domain/membership/types';
import { shortDay } from './days';

type Rules = Omit<TierRules, 'version'>;

/** One definition: what it is called and when it holds. */
export interface RuleLine {
  label: string;
  text: string;
}

/**
 * The chain's definitions, one line each.
 *
 * @example ruleLines(rulesOf('retail', 1))[0] // → { label: '预沉睡', text: '满 3 个月未消费' }
 */
export function ruleLines(rules: Rules): RuleLine[] {
  const cycles = Object.entries(rules.cycles ?? {});
  return [
    ...mildestFirst(rules).map(({ stage, months }) => ({
      label: LIFECYCLE_WORDS[stage],
      text: `满 ${months} 个月未消费`,
    })),
    { label: LIFECYCLE_WORDS.oneOrderOnly, text: `只买过 1 次，超过 ${rules.repurchaseDays} 天没有再买` },
    { label: LIFECYCLE_WORDS.orderUnpaid, text: `有 ${rules.unpaidDays} 天内的未付订单` },
    ...valueLines(rules.value),
    ...(cycles.length > 0
      ? [{ label: '品类周期', text: cycles.map(([name, days]) => `${name} ${days} 天`).join(' · ') }]
      : []),
  ];
}

/**
 * The same in few lines, for a card that has other things to say.
 *
 * @example rulesShort(rulesOf('retail', 1))[0] // → '预沉睡 3 个月 · 沉睡 6 个月 · 流失 12 个月未消费'
 */
export function rulesShort(rules: Rules): string[] {
  const steps = mildestFirst(rules).map(({ stage, months }) => `${LIFECYCLE_WORDS[stage]} ${months} 个月`);
  return [
    `${steps.join(' · ')}未消费`,
    ...valueLines(rules.value).map(({ label, text }) => `${label}：${text}`),
  ];
}

/**
 * The average order that belongs to the top share, with the day and the members it was read from; '' where value does
 * not go by it.
 *
 * @example cutText(rules, { fen: 18000, computedOn: day('2025-03-01'), members: 1624 })
 * // → '前 20% 的标准：¥180，3月1日按 1,624 位算出'
 */
export function cutText(rules: Rules, cut: AovCut | null): string {
  if (rules.value.by !== 'frequency') return '';
  const share = `前 ${percentText(rules.value.topShare)} 的标准`;
  if (cut === null) return `${share}：有会员消费后算出`;
  return `${share}：${money(cut.fen)}，${shortDay(cut.computedOn)}按 ${exactCount(cut.members)} 位算出`;
}

/** @example percentText(0.125) // → '12.5%' */
export function percentText(share: number): string {
  return `${Number((share * 100).toFixed(1))}%`;
}

function valueLines(value: Rules['value']): RuleLine[] {
  if (value.by === 'annualSpend')
    return [
      { label: '高价值', text: `近 12 个月消费满 ${money(value.highFen)}` },
      { label: '中价值', text: `近 12 个月消费满 ${money(value.midFen)}` },
    ];
  return [
    {
      label: '高价值',
      text: `近 ${value.months} 个月至少 ${value.orders} 单，且客单价在前 ${percentText(value.topShare)}`,
    },
    { label: '中价值', text: '满足其中一项' },
  ];
}

function mildestFirst(rules: Rules): Rules['ladder'] {
  return [...rules.ladder].sort((a, b) => a.months - b.months);
}

import { money } from '../kernel/fen';
import type { TierRules } from './types';

type Draft = Omit<TierRules, 'version'>;

const LONGEST_LADDER_MONTHS = 60;
/** No month has fewer days: with a repurchase window below it, one order not repeated always has days of its own. */
const SHORTEST_MONTH_DAYS = 28;
const MOST_CATEGORIES = 50;
const LONGEST_CATEGORY = 20;
/** Nobody's year is worth more than this; it also keeps sums exact. */
const MOST_FEN = 10_000_000_000;

const isWholeWithin = (n: number, least: number, most: number): boolean =>
  Number.isInteger(n) && n >= least && n <= most;

function checkLadder(ladder: Draft['ladder']): string | null {
  const stages = ladder.map((step) => step.stage).join(' ');
  if (stages !== 'lost dormant drowsy') return '分层阶梯要有预沉睡、沉睡、流失各一档，请恢复三档后再保存。';
  const [lost = 0, dormant = 0, drowsy = 0] = ladder.map((step) => step.months);
  if (![lost, dormant, drowsy].every((months) => isWholeWithin(months, 1, LONGEST_LADDER_MONTHS)))
    return `预沉睡、沉睡、流失的月数要填 1 到 ${LONGEST_LADDER_MONTHS} 的整数。`;
  if (drowsy >= dormant) return `沉睡要比预沉睡更久：现在预沉睡 ${drowsy} 个月、沉睡 ${dormant} 个月。`;
  if (dormant >= lost) return `流失要比沉睡更久：现在沉睡 ${dormant} 个月、流失 ${lost} 个月。`;
  return null;
}

function checkWindows(draft: Draft): string | null {
  const { repurchaseDays, unpaidDays, ladder } = draft;
  if (!isWholeWithin(repurchaseDays, 1, 365)) return '一单未复购的天数要填 1 到 365 的整数。';
  const shortest = Math.min(...ladder.map((step) => step.months));
  if (repurchaseDays >= shortest * SHORTEST_MONTH_DAYS)
    return `一单未复购的天数要短于预沉睡：预沉睡是 ${shortest} 个月，请填小于 ${shortest * SHORTEST_MONTH_DAYS} 的天数。`;
  if (!isWholeWithin(unpaidDays, 1, 30)) return '未付订单的有效天数要填 1 到 30 的整数。';
  return null;
}

function checkValue(value: Draft['value']): string | null {
  if (value.by === 'frequency') {
    if (!isWholeWithin(value.orders, 1, 50)) return '高价值的次数要填 1 到 50 的整数。';
    if (!isWholeWithin(value.months, 1, 12)) return '计算次数的月数要填 1 到 12 的整数。';
    if (!(value.topShare >= 0.01 && value.topShare <= 0.99))
      return '客单价的前百分之几要填 1 到 99 之间的数。';
    return null;
  }
  const { midFen, highFen } = value;
  if (!isWholeWithin(midFen, 1, MOST_FEN) || !isWholeWithin(highFen, 1, MOST_FEN))
    return `年消费的标准要填大于 0、不超过 ${money(MOST_FEN)} 的金额。`;
  if (highFen <= midFen)
    return `高价值的年消费要高于中价值：现在高价值 ${money(highFen)}、中价值 ${money(midFen)}。`;
  return null;
}

function checkCycles(cycles: Readonly<Record<string, number>>): string | null {
  const entries = Object.entries(cycles);
  if (entries.length > MOST_CATEGORIES) return `消费周期最多设 ${MOST_CATEGORIES} 个品类，请删去一些。`;
  for (const [name, days] of entries) {
    if (name.trim() === '' || name !== name.trim())
      return '消费周期里有品类名是空的或带空格，请改好后再保存。';
    if (name.length > LONGEST_CATEGORY)
      return `品类名最多 ${LONGEST_CATEGORY} 个字：“${name.slice(0, LONGEST_CATEGORY)}…”太长了。`;
    // The rules are a document, and these characters have a meaning of their own in its field names.
    if (/[.$\0]/.test(name) || name.startsWith('__'))
      return `品类名“${name}”里有不能用的符号（. 或 $），请改一个名字。`;
    if (!isWholeWithin(days, 1, 365)) return `“${name}”的消费周期要填 1 到 365 天的整数。`;
  }
  return null;
}

/**
 * What is wrong with edited rules, as a sentence that says what to change: the first fault, null when there is none.
 * The phone asks while HQ edits, the server before it saves.
 *
 * @example checkRules(PRESETS.retail) // → null
 * @example checkRules({ ...PRESETS.retail, unpaidDays: 31 }) // → '未付订单的有效天数要填 1 到 30 的整数。'
 */
export function checkRules(draft: Draft): string | null {
  return (
    checkLadder(draft.ladder) ??
    checkWindows(draft) ??
    checkValue(draft.value) ??
    checkCycles(draft.cycles ?? {})
  );
}

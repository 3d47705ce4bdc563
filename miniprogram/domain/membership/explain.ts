import { addMonths, daysBetween, newestDayMonthsAgo, spokenDay } from '../kernel/day';
import type { Day } from '../kernel/day';
import { money } from '../kernel/fen';
import { aovOf } from './aov';
import { LIFECYCLE_WORDS, VALUE_WORDS } from './types';
import type { AovCut, Lifecycle, MemberFacts, Placement, QuietStage, TierRules } from './types';

export { refillSentence, rhythmSentence, subTierWord } from './rhythmWords';

/** Whole calendar months from one day to a later one. */
function fullMonths(from: Day, to: Day): number {
  let months = 0;
  while (addMonths(from, months + 1) <= to) months += 1;
  return months;
}

function quietSentence(lastPaidOn: Day, quiet: Exclude<QuietStage, 'awake'>, rules: TierRules, today: Day) {
  const needed = rules.ladder.find((step) => step.stage === quiet)?.months ?? 0;
  return `最后一次消费是${spokenDay(lastPaidOn)}，距今已满${fullMonths(lastPaidOn, today)}个月（规则：${needed}个月未消费）`;
}

/** What she did short of buying. */
function* interestOf(facts: MemberFacts): Generator<string> {
  if (facts.lastVisitOn !== null) yield `来过${facts.visits}次，最近一次是${spokenDay(facts.lastVisitOn)}`;
  if (facts.lastBrowseOn !== null)
    yield `看过${facts.browses}次页面，最近一次是${spokenDay(facts.lastBrowseOn)}`;
}

/** Who looked at a page and never came is in the field of those who came, but is not said to have come. */
function lifecycleWord(facts: MemberFacts, lifecycle: Lifecycle): string {
  return lifecycle === 'visitedNoOrder' && facts.visits === 0 ? '浏览未下单' : LIFECYCLE_WORDS[lifecycle];
}

/** The sentence behind the lifecycle word: the date that decided and the rule it was held against. */
function whyLifecycle(facts: MemberFacts, placement: Placement, rules: TierRules, today: Day): string {
  const { lifecycle, quiet } = placement;
  const { lastPaidOn } = facts;
  if (lifecycle === 'orderUnpaid' && facts.unpaidOn !== null) {
    const order = `${spokenDay(facts.unpaidOn)}下的订单还没付款（规则：${rules.unpaidDays}天内的未付订单）`;
    return lastPaidOn !== null && quiet !== null && quiet !== 'awake'
      ? `${order}；按消费算是${LIFECYCLE_WORDS[quiet]}，${quietSentence(lastPaidOn, quiet, rules, today)}`
      : order;
  }
  if (lifecycle === 'visitedNoOrder') return `${[...interestOf(facts)].join('；')}，还没有消费`;
  if (lastPaidOn === null) return '还没有到店和消费记录';
  if (quiet !== null && quiet !== 'awake') return quietSentence(lastPaidOn, quiet, rules, today);
  const days = daysBetween(lastPaidOn, today);
  if (lifecycle === 'oneOrderOnly')
    return `只在${spokenDay(lastPaidOn)}买过1次，距今${days}天（规则：超过${rules.repurchaseDays}天没有再买）`;
  const mildest = Math.min(...rules.ladder.map((step) => step.months));
  return `最后一次消费是${spokenDay(lastPaidOn)}，${days === 0 ? '就在今天' : `距今${days}天`}（规则：${mildest}个月内消费过）`;
}

/** Money that is not known is not counted, and the sentence says so. */
function unpricedNote({ unpricedOrders }: MemberFacts): string {
  return unpricedOrders > 0 ? `（另有${unpricedOrders}次没有金额记录）` : '';
}

/** The sentence behind the value word: each test with its number and its threshold. */
function whyValue(
  facts: MemberFacts,
  quiet: QuietStage | null,
  rules: TierRules,
  cut: AovCut | null,
  today: Day,
): string {
  const { lastPaidOn } = facts;
  const aov = aovOf(facts);
  if (lastPaidOn === null) return '还没有消费';
  const { value } = rules;
  const isAwake = quiet === 'awake';
  const months = value.by === 'frequency' ? value.months : 12;
  const tooOld = newestDayMonthsAgo(isAwake ? today : lastPaidOn, months);
  const inWindow = facts.year.filter((one) => one.on > tooOld);
  const span = isAwake ? `近${months}个月` : `最后一次消费前的${months}个月里`;

  if (value.by === 'annualSpend') {
    const fen = inWindow.reduce((sum, one) => sum + one.fen, 0);
    return `${span}消费${money(fen)}${unpricedNote(facts)}（高价值≥${money(value.highFen)}，中价值≥${money(value.midFen)}）`;
  }
  const orders = inWindow.reduce((sum, one) => sum + one.orders, 0);
  const often = `${span}买过${orders}次（需${value.orders}次）`;
  const share = `前${Number((value.topShare * 100).toFixed(1))}%`;
  if (aov === null) return `${often}，消费金额没有记录，客单价不清楚（规则：${share}）`;
  if (cut === null) return `${often}，客单价${money(aov)}（全店${share}的标准还没算出来）`;
  return aov >= cut.fen
    ? `${often}，客单价${money(aov)}进入${share}（≥${money(cut.fen)}）`
    : `${often}，客单价${money(aov)}未进${share}（需≥${money(cut.fen)}）`;
}

/**
 * Why a member stands where she stands: the rule and the dates, so that a clerk can check it by hand.
 *
 * @param placement as `placeMember` answered for the same facts, rules, cut and day
 * @example explainPlacement(facts, placement, rulesOf('retail', 1), cut, day('2026-02-28'))
 * // → '沉睡：最后一次消费是2025年8月31日，距今已满6个月（规则：6个月未消费）。中价值：最后一次消费前的3个月里买过1次（需3次），客单价¥214进入前20%（≥¥180）。'
 */
export function explainPlacement(
  facts: MemberFacts,
  placement: Placement,
  rules: TierRules,
  cut: AovCut | null,
  today: Day,
): string {
  const where = `${lifecycleWord(facts, placement.lifecycle)}：${whyLifecycle(facts, placement, rules, today)}。`;
  const worth = `${VALUE_WORDS[placement.value]}：${whyValue(facts, placement.quiet, rules, cut, today)}。`;
  return where + worth;
}

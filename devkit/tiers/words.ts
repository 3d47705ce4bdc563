import type { Day } from '../../miniprogram/domain/kernel/day';
import { money } from '../../miniprogram/domain/kernel/fen';
import {
  explainPlacement,
  refillSentence,
  rhythmSentence,
} from '../../miniprogram/domain/membership/explain';
import { factsOf } from '../../miniprogram/domain/membership/facts';
import { placeMember } from '../../miniprogram/domain/membership/place';
import { refillsOf, rhythmOf } from '../../miniprogram/domain/membership/rhythm';
import type { AovCut, ChainRhythm, OrderFact, TierRules } from '../../miniprogram/domain/membership/types';
import { VALUES, VALUE_WORDS } from '../../miniprogram/domain/membership/types';

/** What all members of a run are held against. */
export interface Standard {
  rules: TierRules;
  aovCut: AovCut | null;
  rhythm: ChainRhythm;
  today: Day;
}

/** The chain's cut-off in one line. */
export function cutLine(rules: TierRules, cut: AovCut | null): string {
  if (rules.value.by !== 'frequency') return '高价值按年消费计算，没有客单价标准。';
  if (cut === null) return '还没有人消费过，算不出客单价标准。';
  const share = Number((rules.value.topShare * 100).toFixed(1));
  const median = cut.medianFen === undefined ? '' : `，中位数 ${money(cut.medianFen)}`;
  return `客单价前${share}%的标准：${money(cut.fen)}${median}（${cut.members.toLocaleString('en-US')} 位消费过的会员）`;
}

/** How often members of each value tier buy, in one line. */
export function rhythmLine({ days }: ChainRhythm): string {
  const known = VALUES.flatMap((value) => {
    const gap = days[value];
    return gap === undefined ? [] : [`${VALUE_WORDS[value]} ${gap} 天`];
  });
  return known.length === 0
    ? '还没有会员在三个不同的日子消费过，算不出消费间隔。'
    : `消费间隔的中位数：${known.join('，')}`;
}

/** One member's sentences. @param orders null = the files do not know her */
export function explainedLines(
  memberNo: string,
  orders: readonly OrderFact[] | null,
  { rules, aovCut, rhythm, today }: Standard,
): string[] {
  if (orders === null) return [`${memberNo}：文件里没有这位会员，请核对会员号。`];
  const facts = factsOf(orders, []);
  const placement = placeMember(facts, rules, aovCut, today);
  const own = rhythmOf(facts, placement.value, rhythm, today);
  return [
    `${memberNo}：${explainPlacement(facts, placement, rules, aovCut, today)}`,
    ...(own ? [`  ${rhythmSentence(own, facts)}`] : []),
    ...refillsOf(facts, rules, today).map((refill) => `  ${refillSentence(refill)}`),
    placement.changesOn === null
      ? '  不再消费的话，分层不会再变。'
      : `  不再消费的话，${placement.changesOn} 起分层会变。`,
  ];
}

import { daysBetween, spokenTime } from '../kernel/day';
import type { Day, Ms } from '../kernel/day';
import { money } from '../kernel/fen';
import type { Fen } from '../kernel/fen';
import type { Lifecycle, MemberFacts } from '../membership/types';

export interface WhyNowFacts {
  facts: Pick<MemberFacts, 'paidOrders' | 'lastPaidOn' | 'unpaidOn' | 'lastVisitOn'>;
  lifecycle: Lifecycle;
  today: Day;
  /** until when a claimed, unused coupon is good; null = none */
  claimedUntil: Ms | null;
  /** has opened the gift page */
  opened: boolean;
  /** what has become of the task; missing = nothing yet */
  reached?: { claimExpired: boolean; redeemedOn: Day | null; wokenOn: Day | null; paidFen: Fen | null };
}

/** The month of her last purchase, with the year's word when it is not this year's. */
function lastMonth(on: Day, today: Day): string {
  const yearsBack = Number(today.slice(0, 4)) - Number(on.slice(0, 4));
  const year =
    yearsBack === 0 ? '' : yearsBack === 1 ? '去年' : yearsBack === 2 ? '前年' : `${on.slice(0, 4)}年`;
  return `${year}${Number(on.slice(5, 7))}月`;
}

const daysAgo = (on: Day, today: Day): string => {
  const days = daysBetween(on, today);
  return days <= 0 ? '今天' : days === 1 ? '昨天' : `${days}天前`;
};

function whyQuiet({ facts, today }: WhyNowFacts, lastPaidOn: Day): string {
  const days = daysBetween(lastPaidOn, today);
  // Someone who came in since then has not stayed away, she only bought nothing.
  const cameSince = facts.lastVisitOn !== null && facts.lastVisitOn > lastPaidOn;
  return `买过${facts.paidOrders}次、上次在${lastMonth(lastPaidOn, today)}，已经${days}天没${cameSince ? '买' : '来'}了`;
}

/**
 * One true sentence on the clerk's card: why this customer, why now. The freshest thing she did herself comes first.
 *
 * @example whyNow({ facts: { paidOrders: 12, lastPaidOn: day('2025-08-01'), … }, lifecycle: 'dormant', today, … })
 * // → '买过12次、上次在8月，已经214天没来了'
 */
export function whyNow(f: WhyNowFacts): string {
  const { facts, today, reached } = f;
  if (reached?.wokenOn) {
    const spent = reached.paidFen === null ? '' : `，消费${money(reached.paidFen)}`;
    return `${daysAgo(reached.wokenOn, today)}回来了${spent}，谢谢她一声`;
  }
  if (reached?.redeemedOn) return `${daysAgo(reached.redeemedOn, today)}到店用了礼包，等收银系统回传订单`;
  if (f.claimedUntil !== null) return `礼包领了还没用，${spokenTime(f.claimedUntil)}到期`;
  if (f.lifecycle === 'orderUnpaid' && facts.unpaidOn !== null)
    return `${daysAgo(facts.unpaidOn, today)}下的单还没付款，问问是不是遇到了问题`;
  if (reached?.claimExpired) return '礼包领了没来得及用，已经到期';
  if (f.opened && facts.lastPaidOn !== null)
    return `看过礼包还没领，已经${daysBetween(facts.lastPaidOn, today)}天没买了`;
  if (f.opened) return '看过礼包还没领';
  if (facts.lastPaidOn === null)
    return facts.lastVisitOn === null
      ? '还没来过，先认识一下'
      : `${daysAgo(facts.lastVisitOn, today)}来过店里，还没买过`;
  if (f.lifecycle === 'active') return `${daysAgo(facts.lastPaidOn, today)}刚买过，问问用得怎么样`;
  if (f.lifecycle === 'oneOrderOnly')
    return `${daysBetween(facts.lastPaidOn, today)}天前第一次买，还没有第二次`;
  return whyQuiet(f, facts.lastPaidOn);
}

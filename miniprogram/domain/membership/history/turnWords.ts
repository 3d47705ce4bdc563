import { money } from '../../kernel/fen';
import { LIFECYCLE_WORDS, VALUE_WORDS } from '../types';
import type { Placement, TierRules } from '../types';
import type { HappeningKind } from './happenings';
import type { Standard } from './standards';

/** What moved a member from one tier to another. */
export type TurnCause =
  { by: 'calendar' } | { by: 'event'; kinds: ReadonlySet<HappeningKind> } | { by: 'rules' } | { by: 'cut' };

/** The happening of a day that says most, first. */
const EVENT_WORDS: readonly [HappeningKind, string][] = [
  ['paid', '有了新消费'],
  ['refunded', '退款后'],
  ['cancelled', '订单取消后'],
  ['unpaid', '下单未付款'],
  ['visit', '到店'],
  ['browse', '看了会员页面'],
];

function calendarWords(before: Placement, after: Placement, rules: TierRules): string {
  const { value } = rules;
  if (before.lifecycle === after.lifecycle) {
    const months = value.by === 'frequency' ? value.months : 12;
    return `近${months}个月买得少了`;
  }
  if (before.lifecycle === 'orderUnpaid') return `订单满${rules.unpaidDays}天仍未付款`;
  if (after.lifecycle === 'oneOrderOnly') return `首单后超过${rules.repurchaseDays}天没有再买`;
  const step = rules.ladder.find(({ stage }) => stage === after.lifecycle);
  return step ? `满${step.months}个月未消费` : '日子到了';
}

function causeWords(cause: TurnCause, before: Placement, after: Placement, now: Standard): string {
  switch (cause.by) {
    case 'calendar':
      return calendarWords(before, after, now.rules);
    case 'event':
      return EVENT_WORDS.find(([kind]) => cause.kinds.has(kind))?.[1] ?? '记录有变';
    case 'rules':
      return `规则改为第${now.rules.version}版`;
    case 'cut':
      return now.cut === null ? '全店客单价标准取消' : `全店客单价标准变为${money(now.cut.fen)}`;
  }
}

/**
 * A turn as a person reads it: what moved her, and where to.
 *
 * @param now the rules and cut-off that hold after it
 * @example turnWords({ by: 'calendar' }, drowsy, dormant, retail) // → '满6个月未消费，转为沉睡'
 */
export function turnWords(cause: TurnCause, before: Placement, after: Placement, now: Standard): string {
  const parts = [causeWords(cause, before, after, now)];
  if (before.lifecycle !== after.lifecycle) parts.push(`转为${LIFECYCLE_WORDS[after.lifecycle]}`);
  if (before.value !== after.value)
    parts.push(`价值由${VALUE_WORDS[before.value]}变为${VALUE_WORDS[after.value]}`);
  return parts.join('，');
}

/** The first turn: from nothing to somewhere. @example firstWords(active) // → '从这天起有记录：活跃、普通' */
export function firstWords({ lifecycle, value }: Placement): string {
  return `从这天起有记录：${LIFECYCLE_WORDS[lifecycle]}、${VALUE_WORDS[value]}`;
}

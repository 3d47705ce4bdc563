import { exactCount } from '../../../components/stat-tile/count';
import type { HistoryContract, Replayed } from '../../../contract/history';
import { addMonths, spokenDay } from '../../../domain/kernel/day';
import type { Day } from '../../../domain/kernel/day';
import { money } from '../../../domain/kernel/fen';
import type { Lifecycle, Value } from '../../../domain/membership/types';

/** A past day offered as a chip. */
export interface PastDay {
  word: string;
  on: Day;
}

/** @example pastDays(day('2024-05-31'))[0] // → { word: '上个月', on: '2024-04-30' } */
export function pastDays(today: Day): PastDay[] {
  return [
    { word: '上个月', on: addMonths(today, -1) },
    { word: '三个月前', on: addMonths(today, -3) },
    { word: '半年前', on: addMonths(today, -6) },
    { word: '一年前', on: addMonths(today, -12) },
  ];
}

/** Two days in their order, however they were chosen. @example inOrder(day('2024-03-05'), day('2024-01-01')) // → ['2024-01-01', '2024-03-05'] */
export function inOrder(one: Day, other: Day): [Day, Day] {
  return other < one ? [other, one] : [one, other];
}

/** Where she stood on one day. */
export interface StoodShown {
  on: string;
  lifecycle: Lifecycle;
  value: Value;
  sentence: string;
  line: string;
}

/** @example stoodShown(replayed).line // → '到那天买过12次，共¥2,568 · 按第2版规则' */
export function stoodShown(replayed: Replayed): StoodShown {
  const bought =
    replayed.paidOrders > 0
      ? `到那天买过${exactCount(replayed.paidOrders)}次，共${money(replayed.paidFen)}`
      : '到那天还没有消费';
  return {
    on: spokenDay(replayed.on),
    lifecycle: replayed.lifecycle,
    value: replayed.value,
    sentence: replayed.sentence,
    line: `${bought} · 按第${replayed.rulesVersion}版规则`,
  };
}

/** Two days and what lay between them. */
export interface ComparedShown {
  days: StoodShown[];
  headline: string;
  because: string[];
}

export function comparedShown({ from, to, because }: HistoryContract['member.diff']['reply']): ComparedShown {
  const isSame = from.lifecycle === to.lifecycle && from.value === to.value;
  return {
    days: [stoodShown(from), stoodShown(to)],
    headline: isSame ? '这两天之间，分层没有变' : '为什么变了',
    because,
  };
}

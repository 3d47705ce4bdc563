import { dayOf, daysBetween, spokenDay } from '../../kernel/day';
import type { Day } from '../../kernel/day';
import { money } from '../../kernel/fen';
import { aovOf } from '../../membership/aov';
import type { MemberFacts } from '../../membership/types';

export type AxisId = 'recency' | 'frequency' | 'average' | 'loyalty' | 'engagement' | 'fullPrice';

/** What the axes are read from. */
export interface RadarPerson {
  facts: Pick<
    MemberFacts,
    | 'paidOrders'
    | 'unpricedOrders'
    | 'paidFen'
    | 'firstPaidOn'
    | 'lastPaidOn'
    | 'year'
    | 'ordersWithCoupon'
    | 'visits'
    | 'browses'
  >;
  /** messages of ours that she answered: opened, claimed, replied or came after */
  answered: number;
}

export interface AxisRow {
  id: AxisId;
  word: string;
  /** larger is better on every axis; null = nothing is known */
  valueOf: (person: RadarPerson) => number | null;
  /** the number itself, as it is said today */
  text: (person: RadarPerson, today: Day) => string;
  /** 比本店60%的顾客 + … */
  than: string;
  /** what is counted, for a tap on it */
  meaning: string;
}

const EPOCH = dayOf(0);
const orders = (facts: RadarPerson['facts']): number => facts.year.reduce((sum, on) => sum + on.orders, 0);

/** The six axes of the value radar (价值雷达), clockwise from the top. */
export const AXES: readonly AxisRow[] = [
  {
    id: 'recency',
    word: '最近',
    // The day itself, not how long ago: it stays comparable when the shop's row is some days old.
    valueOf: ({ facts }) => (facts.lastPaidOn === null ? null : daysBetween(EPOCH, facts.lastPaidOn)),
    text: ({ facts }, today) =>
      facts.lastPaidOn === null
        ? '还没买过'
        : `${daysBetween(facts.lastPaidOn, today)}天前（${spokenDay(facts.lastPaidOn)}）`,
    than: '来得近',
    meaning: '最后一次消费离今天多少天，越近越靠外。全额退款的订单不算。',
  },
  {
    id: 'frequency',
    word: '频次',
    valueOf: ({ facts }) => (facts.paidOrders > 0 ? orders(facts) : null),
    text: ({ facts }) => (facts.paidOrders > 0 ? `一年${orders(facts)}次` : '还没买过'),
    than: '买得勤',
    meaning: '最后一次消费往前12个月里买了几次。',
  },
  {
    id: 'average',
    word: '客单',
    valueOf: ({ facts }) => aovOf(facts),
    text: ({ facts }) => {
      const aov = aovOf(facts);
      return aov === null ? '金额不详' : `每单${money(Math.round(aov / 100) * 100)}`;
    },
    than: '每单买得多',
    meaning: '平均每单实付金额（扣除退款）。',
  },
  {
    id: 'loyalty',
    word: '交情',
    valueOf: ({ facts: { firstPaidOn, lastPaidOn } }) =>
      firstPaidOn === null || lastPaidOn === null ? null : daysBetween(firstPaidOn, lastPaidOn),
    text: ({ facts: { firstPaidOn, lastPaidOn } }) =>
      firstPaidOn === null || lastPaidOn === null
        ? '还没买过'
        : firstPaidOn === lastPaidOn
          ? '只在一天买过'
          : `${daysBetween(firstPaidOn, lastPaidOn)}天`,
    than: '来往得久',
    meaning: '从第一次消费到最后一次消费隔了多久。',
  },
  {
    id: 'engagement',
    word: '互动',
    valueOf: ({ facts, answered }) => facts.visits + facts.browses + answered,
    text: ({ facts, answered }) => `到店${facts.visits} · 浏览${facts.browses} · 回应${answered}`,
    than: '互动得多',
    meaning: '到店、看页面的天数，加上有回应的消息数（打开礼包、领券、回来消费）。',
  },
  {
    id: 'fullPrice',
    word: '不靠券',
    valueOf: ({ facts }) =>
      facts.paidOrders > 0 ? (facts.paidOrders - facts.ordersWithCoupon) / facts.paidOrders : null,
    text: ({ facts }) =>
      facts.paidOrders > 0
        ? `${facts.paidOrders}单里${facts.paidOrders - facts.ordersWithCoupon}单没用券`
        : '还没买过',
    than: '更不靠优惠',
    meaning: '没用券的订单占多少。越靠外，越不用拿优惠说话。',
  },
];

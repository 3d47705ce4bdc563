import type { Day, Ms } from '../../kernel/day';
import type { Fen } from '../../kernel/fen';

/**
 * What gives reason for a care task (关怀任务), strongest first: what she did herself within the day, then what is hers
 * alone, then what is everybody's. A member has one care task at a time, the strongest.
 */
export const CARE_OCCASIONS = [
  'unpaid',
  'browse',
  'birthday',
  'level',
  'points',
  'refill',
  'memberDay',
  'festival',
] as const;
export type CareOccasion = (typeof CARE_OCCASIONS)[number];

/** A reason to care for one member, with all that has to be known of it later: it is frozen in the task. */
export interface CareReason {
  occasion: CareOccasion;
  /** names the reason, the member aside: what has been given once under it is never given again. No `:` stands in it */
  cycle: string;
  /** the day it is about: of the birthday, of the festival, on which something ends or runs out, was ordered or looked at */
  on: Day;
  /** falls due on this day at the earliest, and makes sense up to and with that one */
  from: Day;
  until: Day;
  /** the name of the festival, the category, the level; null = there is none */
  about: string | null;
  /** points that end; fen of the order; null = neither */
  amount: number | Fen | null;
  /** what she does after this instant may end it */
  since: Ms;
  /** the order it is about; null = none */
  orderId: string | null;
}

/** Why a care task ended before the clerk had done it, or after. */
export type CareEnd =
  | 'paid'
  | 'cancelled'
  | 'ordered'
  | 'came'
  | 'bought'
  | 'kept'
  | 'spent'
  | 'dayPassed'
  | 'optedOut'
  | 'outranked';
export const CARE_END_WORDS: Record<CareEnd, string> = {
  paid: '她已经付款',
  cancelled: '订单已取消',
  ordered: '她已经下单',
  came: '她来过店里了',
  bought: '她已经补过货',
  kept: '等级已经保住或变了',
  spent: '积分已经用掉',
  dayPassed: '日子过了',
  optedOut: '她不想再收到消息',
  outranked: '有更要紧的事由代替',
};

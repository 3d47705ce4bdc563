import { daysBetween } from '../../kernel/day';
import type { Day } from '../../kernel/day';
import { money } from '../../kernel/fen';
import type { Occasion, Purpose } from '../types';
import type { CareOccasion, CareReason } from './types';

/** One row of the table of occasions. What raises each stands in `raise.ts`, what ends it early in `ends.ts`. */
export interface OccasionRow {
  /** as the card says it */
  word: string;
  /**
   * What a contact for it counts as. Reminders of an order or of a look are care: she began it herself. All count in the
   * contact ledger. A recurring day is the shop's own affair and counts as a push.
   */
  purpose: Purpose;
  /** places on the clerk's list; what is everybody's stands behind every recall */
  points: number;
  /** scripts that fit it */
  scripts: readonly Occasion[];
  /** it is due for many on one day: only members a clerk knows get one, and none beyond her day's capacity */
  isCommon: boolean;
  /** a clerk's full day turns it away; what is not is given on a full day too */
  canBeLeft: boolean;
  why: (care: CareReason, today: Day) => string;
}

const shortDay = (on: Day): string => `${Number(on.slice(5, 7))}月${Number(on.slice(8, 10))}日`;
function ahead(on: Day, today: Day): string {
  const days = daysBetween(today, on);
  const word = { '0': '今天', '1': '明天', '2': '后天' }[String(days)];
  return word ?? (days > 0 ? `${days}天后` : shortDay(on));
}
const since = (on: Day, today: Day): string => {
  const days = daysBetween(on, today);
  return days <= 0 ? '今天' : days === 1 ? '昨天' : `${days}天前`;
};
/** @example whenOf(day('2026-03-21'), day('2026-03-18')) // → '3天后（3月21日）' */
const whenOf = (on: Day, today: Day): string =>
  on < today ? shortDay(on) : `${ahead(on, today)}（${shortDay(on)}）`;

export const OCCASIONS: Readonly<Record<CareOccasion, OccasionRow>> = {
  unpaid: {
    word: '未付款提醒',
    purpose: 'care',
    points: 90,
    scripts: ['unpaid'],
    isCommon: false,
    canBeLeft: false,
    why: ({ on, amount }, today) =>
      `${since(on, today)}下的单${amount === null ? '' : `（${money(amount)}）`}还没付款，问问是不是遇到了问题`,
  },
  browse: {
    word: '看过没买',
    purpose: 'care',
    points: 70,
    scripts: ['looked'],
    isCommon: false,
    canBeLeft: false,
    why: ({ on }, today) => `${since(on, today)}看过我们的页面，还没下单，问问是不是有拿不准的`,
  },
  birthday: {
    word: '生日关怀',
    purpose: 'care',
    points: 60,
    scripts: ['birthday'],
    isCommon: false,
    canBeLeft: false,
    why: ({ on }, today) => `${whenOf(on, today)}生日，送一句祝福`,
  },
  level: {
    word: '等级到期',
    purpose: 'care',
    points: 50,
    scripts: ['levelKeep'],
    isCommon: false,
    canBeLeft: false,
    why: ({ on, about }, today) => `${about ?? '等级'}${whenOf(on, today)}到期，先跟她说一声`,
  },
  points: {
    word: '积分到期',
    purpose: 'care',
    points: 40,
    scripts: ['points'],
    isCommon: false,
    canBeLeft: true,
    why: ({ on, amount }, today) => `有${amount ?? ''}积分${whenOf(on, today)}到期，提醒她用掉`,
  },
  refill: {
    word: '该补货了',
    purpose: 'care',
    points: 30,
    scripts: ['refill'],
    isCommon: false,
    canBeLeft: true,
    why: ({ on, about }, today) =>
      on >= today
        ? `按用量，${about ?? ''}${whenOf(on, today)}用完，问问要不要留货`
        : `按用量，${about ?? ''}${shortDay(on)}就该用完了，问问要不要留货`,
  },
  memberDay: {
    word: '会员日',
    purpose: 'promo',
    points: 0,
    scripts: ['memberDay'],
    isCommon: true,
    canBeLeft: true,
    why: ({ on, about }, today) => `${ahead(on, today)}是${about ?? ''}会员日，跟她说一声`,
  },
  festival: {
    word: '节日问候',
    purpose: 'care',
    points: 0,
    scripts: ['festival'],
    isCommon: true,
    canBeLeft: true,
    why: ({ on, about }, today) => `${ahead(on, today)}${about ?? '过节'}，问候一声`,
  },
};

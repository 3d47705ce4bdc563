import { CARE_OCCASIONS } from './types';
import type { CareOccasion } from './types';

/** Occasions that are seen coming; a reminder of an order or of a look follows what she did, within hours. */
export const SEEN_COMING = ['birthday', 'level', 'points', 'refill', 'memberDay', 'festival'] as const;
export type SeenComing = (typeof SEEN_COMING)[number];

/** The festivals a chain may greet its members on. */
export const FESTIVALS = [
  '元旦',
  '春节',
  '元宵节',
  '妇女节',
  '劳动节',
  '儿童节',
  '端午节',
  '七夕',
  '中秋节',
  '重阳节',
  '国庆节',
] as const;
export type Festival = (typeof FESTIVALS)[number];

/** What headquarters decides about care tasks. */
export interface CareSettings {
  /** counts the saves, so that of two people who change them at once one is told */
  version: number;
  off: CareOccasion[];
  /** how many days before the day a task falls due */
  daysAhead: Record<SeenComing, number>;
  /** days of the month that recur (会员日): 25 = 每月25号; 31 = the last day of a shorter month */
  memberDays: number[];
  festivals: Festival[];
  /** at most so many care tasks fall due for one clerk on one day; what cannot wait is given all the same */
  clerkDaily: number;
}

/** Care as a shop knows it. Recurring days are off until the chain names one: a made-up member day would be a lie. */
export const DEFAULT_CARE: CareSettings = {
  version: 0,
  off: [],
  daysAhead: { birthday: 3, level: 14, points: 14, refill: 3, memberDay: 2, festival: 3 },
  memberDays: [],
  festivals: ['元旦', '春节', '元宵节', '端午节', '中秋节', '重阳节', '国庆节'],
  clerkDaily: 5,
};

/** Farther ahead nobody thinks of it; more a day nobody does well. */
export const MOST_AHEAD = 30;
export const MOST_DAILY = 50;
export const MOST_MEMBER_DAYS = 6;

const isCount = (value: number, from: number, to: number): boolean =>
  Number.isInteger(value) && value >= from && value <= to;

/** What is wrong with settings somebody wants to save, in words for her; null when nothing is. */
export function careFault(settings: Omit<CareSettings, 'version'>): string | null {
  const { off, daysAhead, memberDays, festivals, clerkDaily } = settings;
  if (off.some((one) => !CARE_OCCASIONS.includes(one))) return '有不认识的事由';
  if (SEEN_COMING.some((one) => !isCount(daysAhead[one], 0, MOST_AHEAD)))
    return `提前的天数要在 0 到 ${MOST_AHEAD} 之间`;
  if (memberDays.some((one) => !isCount(one, 1, 31))) return '会员日要写 1 到 31 的日子';
  if (new Set(memberDays).size !== memberDays.length) return '同一个会员日写了两次';
  if (memberDays.length > MOST_MEMBER_DAYS) return `会员日最多 ${MOST_MEMBER_DAYS} 个，多了就不稀罕了`;
  if (festivals.some((one) => !FESTIVALS.includes(one))) return '有不认识的节日';
  return isCount(clerkDaily, 1, MOST_DAILY) ? null : `每位导购每天的关怀要在 1 到 ${MOST_DAILY} 之间`;
}

import type { CareContract } from '../../contract/care';
import { spokenTime } from '../../domain/kernel/day';
import type { Day } from '../../domain/kernel/day';
import { OCCASIONS } from '../../domain/outreach/care/occasions';
import { FESTIVALS, SEEN_COMING } from '../../domain/outreach/care/settings';
import type { CareSettings, Festival, SeenComing } from '../../domain/outreach/care/settings';
import { CARE_OCCASIONS } from '../../domain/outreach/care/types';
import type { CareOccasion } from '../../domain/outreach/care/types';
import { shortDay } from '../parts/days';

export interface OccasionShown {
  id: CareOccasion;
  word: string;
  hint: string;
  isOn: boolean;
  /** null = it follows what she did, within hours */
  ahead: number | null;
}

export interface SettingsShown {
  occasions: OccasionShown[];
  festivals: { name: Festival; isOn: boolean }[];
  memberDays: { day: number; word: string }[];
  clerkDaily: number;
}

/** What each occasion does, for whoever decides about it. */
const HINTS: Record<CareOccasion, string> = {
  unpaid: '下单 1 小时还没付款就提醒导购，24 小时后不再提醒；付款或取消，任务自动结束',
  browse: '看过礼包 2 小时还没下单、也没到店，提醒一次；每位顾客一周最多一次',
  birthday: '会员资料里有生日的才有',
  level: '等级快到期；保住了，任务自动结束',
  points: '积分快到期；用掉了，任务自动结束',
  refill: '按她自己的节奏或分层规则里的品类周期；买了这一类，任务自动结束',
  memberDay: '只给导购专属的或上次接待过的顾客；算一次推送',
  festival: '只给导购专属的或上次接待过的顾客，高价值的先',
};

const isSeenComing = (one: CareOccasion): one is SeenComing =>
  (SEEN_COMING as readonly string[]).includes(one);

export const memberDayWord = (day: number): string => (day === 31 ? '每月最后一天' : `每月${day}号`);

export function settingsShown({
  off,
  daysAhead,
  festivals,
  memberDays,
  clerkDaily,
}: CareSettings): SettingsShown {
  return {
    occasions: CARE_OCCASIONS.map((id) => ({
      id,
      word: OCCASIONS[id].word,
      hint: HINTS[id],
      isOn: !off.includes(id),
      ahead: isSeenComing(id) ? daysAhead[id] : null,
    })),
    festivals: FESTIVALS.map((name) => ({ name, isOn: festivals.includes(name) })),
    memberDays: memberDays.map((day) => ({ day, word: memberDayWord(day) })),
    clerkDaily,
  };
}

type Reply = CareContract['care.settings']['reply'];

/** Who saved them when, and what the newest night gave. @example savedWords({ saved: null, lastNight: null, … }, today) // → '还没有改过，按默认设置。' */
export function savedWords({ saved, lastNight }: Reply, today: Day): string {
  const who = saved ? `${saved.by} ${spokenTime(saved.at)} 保存。` : '还没有改过，按默认设置。';
  if (!lastNight) return who;
  const given = Object.entries(lastNight.given) as [CareOccasion, number][];
  const sum = given.reduce((all, [, tasks]) => all + tasks, 0);
  const each = given.map(([occasion, tasks]) => `${OCCASIONS[occasion].word} ${tasks}`).join('，');
  const when = lastNight.on === today ? '昨夜' : `${shortDay(lastNight.on)}凌晨`;
  const what = sum === 0 ? '没有要新发的关怀' : `发了 ${sum} 条关怀（${each}）`;
  return `${who}${when}看了 ${lastNight.read} 位到日子的会员，${what}。`;
}

/** Switches one of a list on or off, in the order of `all`. */
export function toggled<T>(list: readonly T[], one: T, all: readonly T[]): T[] {
  const then = list.includes(one) ? list.filter((each) => each !== one) : [...list, one];
  return all.filter((each) => then.includes(each));
}

/** The days of the month to choose a recurring day from: those that are not chosen yet. */
export function dayChoices(chosen: readonly number[]): { words: string[]; days: number[] } {
  const days = Array.from({ length: 31 }, (_, n) => n + 1).filter((day) => !chosen.includes(day));
  return { days, words: days.map(memberDayWord) };
}

import type { CareContract, CareRow } from '../../contract/care';
import type { Day } from '../../domain/kernel/day';
import { VALUE_WORDS } from '../../domain/membership/types';
import { nearDay, shortDay, weekday } from '../parts/days';

export interface RowShown {
  taskId: string;
  name: string;
  tail: string;
  word: string;
  /** 高价值 and the like; empty = nothing to say */
  value: string;
  why: string;
  isContacted: boolean;
}

export interface DayShown {
  on: Day;
  /** 今天, 明天, 3月21日 */
  title: string;
  note: string;
  rows: RowShown[];
}

/** The strip of fourteen days; a dot's count says how many there are. */
export interface DotShown {
  on: Day;
  weekday: string;
  date: string;
  count: number;
  isToday: boolean;
}

export interface CareShown {
  sum: string;
  dots: DotShown[];
  /** days with somebody on them */
  days: DayShown[];
}

const rowShown = ({ taskId, name, phoneTail, word, value, why, isContacted }: CareRow): RowShown => ({
  taskId,
  name,
  tail: phoneTail ? `尾号${phoneTail}` : '',
  word,
  value: value === 'low' ? '' : VALUE_WORDS[value],
  why,
  isContacted,
});

/**
 * The calendar as the page shows it: a strip of all fourteen days, and below it the days on which there is somebody.
 *
 * @example careShown({ today, days: [] }).sum // → '这两周没有要问候的顾客'
 */
export function careShown({ today, days }: CareContract['care.calendar']['reply']): CareShown {
  const all = days.reduce((sum, { rows }) => sum + rows.length, 0);
  const left = days.reduce((sum, { rows }) => sum + rows.filter((row) => !row.isContacted).length, 0);
  return {
    sum: all === 0 ? '这两周没有要问候的顾客' : `这两周要问候 ${all} 位，还有 ${left} 位没联系`,
    dots: days.map(({ on, rows }) => ({
      on,
      weekday: weekday(on).slice(1),
      date: String(Number(on.slice(8))),
      count: rows.length,
      isToday: on === today,
    })),
    days: days
      .filter(({ rows }) => rows.length > 0)
      .map(({ on, rows }) => {
        const near = nearDay(on, today);
        return {
          on,
          title: near,
          note: near === shortDay(on) ? weekday(on) : `${shortDay(on)} ${weekday(on)}`,
          rows: rows.map(rowShown),
        };
      }),
  };
}

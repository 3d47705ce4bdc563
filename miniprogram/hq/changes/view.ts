import { exactCount } from '../../components/stat-tile/count';
import { addDays, addMonths, spokenDay } from '../../domain/kernel/day';
import type { Day } from '../../domain/kernel/day';
import { movesShown } from '../parts/movesShown';
import type { MovesShown } from '../parts/movesShown';
import type { MovesSum } from '../parts/sumMoves';

/** A span that is looked at often. */
export interface Span {
  word: string;
  from: Day;
}

/** @example spansUntil(day('2025-03-05'))[0] // → { word: '近7天', from: '2025-02-26' } */
export function spansUntil(today: Day): Span[] {
  return [
    { word: '近7天', from: addDays(today, -7) },
    { word: '近1个月', from: addMonths(today, -1) },
    { word: '近3个月', from: addMonths(today, -3) },
    { word: '近1年', from: addMonths(today, -12) },
  ];
}

/** What became of a branch's members between two days, as the screen shows it. */
export function changesShown(sum: MovesSum, from: Day, to: Day): MovesShown {
  return { ...movesShown(sum), headline: headlineOf(sum, from, to) };
}

function headlineOf({ total, moved }: MovesSum, from: Day, to: Day): string {
  const span = `${spokenDay(from)}到${spokenDay(to)}`;
  if (total === 0) return '这家门店还没有会员';
  if (moved === 0) return `${span}，${exactCount(total)} 位会员都没有换分层`;
  return `${span}，${exactCount(total)} 位会员里有 ${exactCount(moved)} 位换了分层`;
}

import type { GiftsContract } from '../../contract/gifts';
import { spokenDay, spokenTime } from '../../domain/kernel/day';

type Mine = GiftsContract['points.mine']['reply'];

export interface PointsShown {
  balance: string;
  /** a word about a balance below zero, or about what ends first; empty = neither */
  note: string;
  /** the message that reminds her of what ends; empty = nothing does, or the shop sends none */
  remind: string;
  lines: { n: number; words: string; when: string; until: string; amount: string; isMore: boolean }[];
}

/** @example signed(-120) // → '-120' */
const signed = (points: number): string => (points > 0 ? `+${points}` : String(points));

export function pointsView({ points, expiring, lines, remindTemplate }: Mine): PointsShown {
  return {
    balance: String(points),
    note:
      points < 0
        ? '有一笔退货收回了已经用掉的积分，之后得到的积分会先补上。'
        : expiring
          ? `其中 ${expiring.points} 积分 ${spokenDay(expiring.on)}到期`
          : '',
    remind: expiring && points > 0 ? (remindTemplate ?? '') : '',
    lines: lines.map(({ words, points: amount, at, expiresOn }, n) => ({
      n,
      words,
      when: spokenTime(at),
      until: amount > 0 && expiresOn ? `${spokenDay(expiresOn)}前有效` : '',
      amount: signed(amount),
      isMore: amount > 0,
    })),
  };
}

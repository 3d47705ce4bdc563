import { exactCount } from '../../components/stat-tile/count';
import type { ClerkMine, TrainedScript } from '../../contract/clerkDay';
import { addDays, daysBetween } from '../../domain/kernel/day';
import { money } from '../../domain/kernel/fen';
import { CHANNEL_WORDS, OCCASION_WORDS, TONE_WORDS } from '../../domain/outreach/types';
import { shortDay, weekday } from '../parts/days';

export interface DayBar {
  key: string;
  word: string;
  count: string;
  /** of the tallest, 0–100 */
  height: number;
  today: boolean;
}

export interface TrainedShown {
  scriptId: string;
  occasion: string;
  tone: string;
  /** the blanks apart, to highlight them */
  pieces: { n: number; text: string; filled: boolean }[];
  use: string;
  notFor: string;
  mine: string;
  branch: string;
  /** the words that worked best; empty = not enough numbers yet */
  best: TrainedShown['pieces'];
  bestNote: string;
  judged: '' | 'good' | 'bad';
  word: string;
}

export interface MineShown {
  who: string;
  woken: string;
  /** every count with its denominator and window */
  wakesTold: string;
  spent: string;
  weekTold: string;
  channels: string;
  bars: DayBar[];
  wordsTold: string;
  mine: TrainedShown[];
  others: TrainedShown[];
}

const OUTCOME_WORDS = {
  woken: '顾客两天内回来消费了',
  redeemed: '顾客两天内到店用了礼包',
  claimed: '顾客两天内领了礼包',
  opened: '顾客两天内打开了礼包',
} as const;

const share = (part: number, whole: number): string => `${Math.round((part / whole) * 100)}%`;

/** @example sentWords({ sent: 8, edited: 2 }) // → '我发过 8 次，改过 2 次（25%）' */
export function sentWords({ sent, edited }: TrainedScript['mine']): string {
  if (sent === 0) return '我还没用过';
  return `我发过 ${exactCount(sent)} 次，改过 ${exactCount(edited)} 次（${share(edited, sent)}）`;
}

function branchWords(branch: TrainedScript['branch']): string {
  if (branch === null) return '本店还没有统计过，每周算一次';
  if (branch.sent === 0) return '本店 90 天内没人发过';
  return `本店 90 天内发过 ${exactCount(branch.sent)} 次，两天内有回应 ${exactCount(branch.answered)} 次`;
}

const piecesOf = (text: string): TrainedShown['pieces'] =>
  text
    .split(/[{}]/)
    .map((run, n) => ({ n, text: run, filled: n % 2 === 1 }))
    .filter((piece) => piece.text !== '');

export function trainedView(script: TrainedScript): TrainedShown {
  const { scriptId, tone, occasion, scenario, notFor, text, mine, branch, best, said } = script;
  return {
    scriptId,
    occasion: OCCASION_WORDS[occasion],
    tone: TONE_WORDS[tone] === OCCASION_WORDS[occasion] ? '' : TONE_WORDS[tone],
    pieces: piecesOf(text),
    use: scenario,
    notFor,
    mine: sentWords(mine),
    branch: branchWords(branch),
    best: piecesOf(best?.text ?? ''),
    bestNote: best
      ? OUTCOME_WORDS[best.outcome]
      : '还没有足够的数据：本店发满10次、有3次回应以后才挑得出来。',
    judged: said ? (said.good ? 'good' : 'bad') : '',
    word: said?.word ?? '',
  };
}

function barsOf({ week, today }: ClerkMine): DayBar[] {
  const most = Math.max(1, ...week.byDay.map(({ touches }) => touches));
  const ahead = Array.from({ length: 7 - week.byDay.length }, (_, n) => addDays(today, n + 1));
  const days = [...week.byDay, ...ahead.map((on) => ({ on, touches: null }))];
  return days.map(({ on, touches }) => ({
    key: on,
    word: daysBetween(on, today) === 0 ? '今天' : weekday(on),
    count: touches === null ? '' : exactCount(touches),
    height: Math.round(((touches ?? 0) / most) * 100),
    today: on === today,
  }));
}

/** What the page shows of the reply. */
export function mineView(mine: ClerkMine): MineShown {
  const { wakes, week, words } = mine;
  const shown = mine.scripts.map((script) => ({ used: script.mine.sent > 0, shown: trainedView(script) }));
  return {
    who: `${mine.clerkName} · ${mine.branchName}`,
    woken: exactCount(wakes.woken),
    wakesTold:
      wakes.assigned === 0
        ? `近 ${wakes.days} 天没有分给你的召回任务。`
        : `近 ${wakes.days} 天到期的 ${exactCount(wakes.assigned)} 位里，你说联系过 ${exactCount(wakes.contacted)} 位，回来消费的有 ${exactCount(wakes.woken)} 位。`,
    spent: wakes.wokenFen > 0 ? `她们回来那一单共 ${money(wakes.wokenFen)}（扣除退款）` : '',
    weekTold: `${shortDay(week.since)}（周一）起，按你的登记一共联系 ${exactCount(week.touches)} 次`,
    channels: week.byChannel
      .map(({ channel, touches }) => `${CHANNEL_WORDS[channel]} ${exactCount(touches)}`)
      .join(' · '),
    bars: barsOf(mine),
    wordsTold:
      words.sent === 0
        ? `近 ${words.days} 天还没用过话术。`
        : `近 ${words.days} 天用话术发了 ${exactCount(words.sent)} 次，其中自己改过 ${exactCount(words.edited)} 次（${share(words.edited, words.sent)}）。`,
    mine: shown.filter(({ used }) => used).map((one) => one.shown),
    others: shown.filter(({ used }) => !used).map((one) => one.shown),
  };
}

import type { GiftsContract } from '../../contract/gifts';
import { spokenDay } from '../../domain/kernel/day';
import { money } from '../../domain/kernel/fen';

type Mine = GiftsContract['level.mine']['reply'];

export interface LevelShown {
  words: string;
  until: string;
  /** what keeps it, in one sentence; empty = nothing has to be done */
  keeps: string;
  /** the message that reminds her of its end; empty = it does not end, or the shop sends none */
  remind: string;
  year: string;
  next: { words: string; missing: string; percent: number } | null;
  history: { words: string; span: string }[];
}

/** How far she is to the next level, of what it asks for in twelve months; whole percent, never 100 before it is reached. */
function percentOf(yearFen: number, missingFen: number): number {
  const asked = yearFen + missingFen;
  return asked <= 0 ? 0 : Math.min(99, Math.max(0, Math.floor((yearFen * 100) / asked)));
}

export function levelView({
  level,
  levelWords,
  levelUntil,
  yearFen,
  next,
  keepMissingFen,
  history,
  remindTemplate,
}: Mine): LevelShown {
  const until = levelUntil ? spokenDay(levelUntil) : '';
  return {
    words: levelWords,
    until: until ? `有效到 ${until}` : level === 'basic' ? '' : '长期有效',
    keeps:
      keepMissingFen === null
        ? ''
        : keepMissingFen > 0
          ? `这个等级是为您保留的。${until}前再消费 ${money(keepMissingFen)}，就能一直保住它。`
          : '消费已经够了，这个等级会自动保住。',
    remind: levelUntil ? (remindTemplate ?? '') : '',
    year: money(yearFen),
    next: next && {
      words: next.levelWords,
      missing: money(next.missingFen),
      percent: percentOf(yearFen, next.missingFen),
    },
    history: history.map((one) => ({
      words: `为您保留${one.levelWords}`,
      span: `${spokenDay(one.from)} 至 ${spokenDay(one.until)}`,
    })),
  };
}

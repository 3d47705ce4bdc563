import { exactCount } from '../../../components/stat-tile/count';
import type { JobsShown, RunShown } from '../../../contract/rules';
import type { Day } from '../../../domain/kernel/day';
import { LIFECYCLE_WORDS } from '../../../domain/membership/types';
import { shortDay } from '../../parts/days';

/** Moves named in a sentence; the others are in its total. */
const MOVES_NAMED = 4;

export interface RunLine {
  id: string;
  sentence: string;
  took: string;
}

/** What waits for the night, and what the nights did. */
export interface JobsLines {
  due: string;
  runs: RunLine[];
}

export function jobsLines(jobs: JobsShown, today: Day): JobsLines {
  return {
    due:
      jobs.due > 0 ? `${exactCount(jobs.due)} 位到了换分层的日子，今夜会重新算` : '没有会员到了换分层的日子',
    runs: jobs.runs.map((run) => ({
      id: run.id,
      sentence: runSentence(run, today),
      took: `用时 ${tookText(run.ms)}`,
    })),
  };
}

/**
 * A night, or a rebuild, in words.
 *
 * @example runSentence({ job: 'nightly', read: 812, changed: 317, moves: [{ from: 'active', to: 'drowsy', members: 317 }], … }, today)
 * // → '昨夜读了812位，317位换了分层：活跃→预沉睡 317'
 */
export function runSentence(run: RunShown, today: Day): string {
  const left = run.left > 0 ? `；还有${exactCount(run.left)}位没来得及，会接着做` : '';
  if (run.job === 'rebuild') {
    return `${shortDay(run.on)}按新规则重排了${exactCount(run.read)}位，${changeText(run)}${left}`;
  }
  const when = run.on === today ? '昨夜' : `${shortDay(run.on)}凌晨`;
  if (run.read === 0) return `${when}没有会员到换分层的日子${left}`;
  return `${when}读了${exactCount(run.read)}位，${changeText(run)}${left}`;
}

function changeText({ changed, moves }: RunShown): string {
  if (changed === 0) return '没有人换分层';
  const sorted = [...moves].sort((a, b) => b.members - a.members);
  const named = sorted
    .slice(0, MOVES_NAMED)
    .map(({ from, to, members }) => `${LIFECYCLE_WORDS[from]}→${LIFECYCLE_WORDS[to]} ${exactCount(members)}`);
  const rest = sorted.length > MOVES_NAMED ? '等' : '';
  const told = sorted.reduce((sum, move) => sum + move.members, 0);
  // Who only changed in value is among the changed, not among the moves.
  const words = told === changed ? '换了分层' : '换了分层或价值';
  return `${exactCount(changed)}位${words}${named.length > 0 ? `：${named.join('，')}${rest}` : ''}`;
}

/** @example tookText(2345) // → '2.3 秒' ; tookText(125000) // → '2 分 5 秒' */
export function tookText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} 毫秒`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} 秒`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`;
}

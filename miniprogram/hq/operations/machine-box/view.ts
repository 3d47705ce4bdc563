import { countText, exactCount } from '../../../components/stat-tile/count';
import type { Figures, JobStanding, TimerStanding, TroubleKind } from '../../../contract/operations';
import { spokenTime } from '../../../domain/kernel/day';
import { money } from '../../../domain/kernel/fen';
import { shortDay } from '../../parts/days';

const TIMER_WORDS: Readonly<Record<TimerStanding['name'], string>> = {
  pulse: '每分钟的活',
  nightly: '夜间盘点',
};
const JOB_WORDS: Readonly<Record<JobStanding['kind'], string>> = {
  rebuild: '按新规则重排会员',
  cut: '按新的高价值线重排会员',
  nightly: '夜间盘点',
  care: '派发关怀任务',
  sweep: '整理数据',
};
const TROUBLE_WORDS: Readonly<Record<TroubleKind, string>> = {
  error: '页面报错',
  rejection: '没接住的失败',
  call: '云端出错',
};

export interface Line {
  id: string;
  title: string;
  line: string;
  /** '' | 'bad' */
  tone: string;
}
export interface Shown {
  timers: Line[];
  jobs: Line[];
  days: { id: string; day: string; calls: string; failed: string; databaseCalls: string; cost: string }[];
  cost: string;
  rests: string;
  budget: string;
  isOver: boolean;
  troubles: Line[];
}

function timerShown({ name, last, isLate }: TimerStanding): Line {
  const ran =
    last === null ? '还没有跑过' : `上次 ${spokenTime(last.at)}${last.isOk ? '' : '，没跑完就出错了'}`;
  const isBad = isLate || last?.isOk === false;
  return {
    id: name,
    title: TIMER_WORDS[name],
    line: isLate ? `${ran} · 该跑了还没跑` : ran,
    tone: isBad ? 'bad' : '',
  };
}

function jobShown({ id, kind, done, total, startedAt, isStuck }: JobStanding): Line {
  const far = total > 0 ? `${exactCount(done)} / ${exactCount(total)}` : `已做 ${exactCount(done)}`;
  const stuck = isStuck ? ' · 十分钟没有动了' : '';
  return {
    id,
    title: JOB_WORDS[kind],
    line: `${far} · ${spokenTime(startedAt)} 开始${stuck}`,
    tone: isStuck ? 'bad' : '',
  };
}

/** A share of calls, with what it is of. @example failedText(3, 1000) // → '3（0.3%）' */
export function failedText(failed: number, calls: number): string {
  if (failed === 0 || calls === 0) return '0';
  return `${countText(failed)}（${((failed / calls) * 100).toFixed(failed * 100 < calls ? 2 : 1)}%）`;
}

/** How the machinery stands, as it is drawn. */
export function machineShown({ timers, jobs, days, cost, troubles }: Figures): Shown {
  const { soFarFen, forecastFen, restsOnDays, budgetFen, isOver } = cost;
  return {
    timers: timers.map(timerShown),
    jobs: jobs.map(jobShown),
    days: days.map(({ on, calls, failed, databaseCalls, costFen }) => ({
      id: on,
      day: shortDay(on),
      calls: countText(calls),
      failed: failedText(failed, calls),
      databaseCalls: countText(databaseCalls),
      cost: money(Math.round(costFen)),
    })),
    cost: `本月已用约 ${money(soFarFen)}，照这样到月底约 ${money(forecastFen)}`,
    rests: restsOnDays === 0 ? '还没有满一天的数，先按今天估' : `按最近 ${restsOnDays} 个整天估`,
    budget:
      budgetFen === null
        ? ''
        : isOver
          ? `超出每月 ${money(budgetFen)} 的预算`
          : `在每月 ${money(budgetFen)} 的预算之内`,
    isOver,
    troubles: troubles.map(({ id, kind, text, page, count, lastAt }) => ({
      id,
      title: `${TROUBLE_WORDS[kind]} · ${exactCount(count)} 次`,
      line: `${text}${page ? ` · ${page}` : ''} · 最近 ${spokenTime(lastAt)}`,
      tone: '',
    })),
  };
}

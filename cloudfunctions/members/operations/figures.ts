import type { Figures, JobStanding, TimerStanding } from '../../../miniprogram/contract/operations';
import { costOf, forecastOf } from '../../../miniprogram/domain/kernel/billing';
import { HOUR_MS } from '../../../miniprogram/domain/kernel/day';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import { chainSettings } from '../../common/store/chain';
import type { ChainDoc, JobPartDoc, UsageDoc } from '../../common/store/documents';
import { unfinishedParts } from '../../common/store/jobs';
import { newestTroubles } from '../../common/store/troubles';
import { usageUntil } from '../../common/store/usage';

/** A timer is late when it has not run for so long: five of the pulse's minutes, a night and two hours. */
const LATE_AFTER: Readonly<Record<TimerStanding['name'], Ms>> = { pulse: 300_000, nightly: 26 * HOUR_MS };
const STUCK_AFTER: Ms = 600_000;
const DAYS_SHOWN = 7;
const TROUBLES_SHOWN = 20;

const jobOf = ({ _id: id, kind, done, total, startedAt, leaseUntil }: JobPartDoc, now: Ms): JobStanding => ({
  id,
  kind,
  done,
  total,
  startedAt,
  isStuck: Math.max(leaseUntil, startedAt) < now - STUCK_AFTER,
});

function timerOf(name: TimerStanding['name'], used: readonly UsageDoc[], now: Ms): TimerStanding {
  const last = used.find(({ timers }) => timers?.[name])?.timers?.[name] ?? null;
  return { name, last, isLate: last === null || last.at < now - LATE_AFTER[name] };
}

function costShown(used: readonly UsageDoc[], { budget }: ChainDoc, today: Day): Figures['cost'] {
  const { soFarFen, monthFen: forecastFen, days: restsOnDays } = forecastOf(used, today);
  const budgetFen = budget?.monthFen ?? null;
  return {
    soFarFen,
    forecastFen,
    restsOnDays,
    budgetFen,
    isOver: budgetFen !== null && forecastFen > budgetFen,
  };
}

/** How the machinery stands. Four calls, whatever the size of the chain. */
export async function figuresShown(now: Ms, today: Day): Promise<Figures> {
  const [chain, jobs, used, troubles] = await Promise.all([
    chainSettings(),
    unfinishedParts(),
    usageUntil(today),
    newestTroubles(TROUBLES_SHOWN),
  ]);
  return {
    jobs: jobs.map((part) => jobOf(part, now)),
    timers: [timerOf('pulse', used, now), timerOf('nightly', used, now)],
    days: used.slice(0, DAYS_SHOWN).map((one) => ({
      on: one.on,
      calls: one.calls,
      failed: one.failed,
      databaseCalls: one.databaseReads + one.databaseWrites,
      costFen: costOf(one),
    })),
    cost: costShown(used, chain, today),
    troubles: troubles.map(({ _id: id, on, kind, text, page, count, lastAt }) => ({
      id,
      on,
      kind,
      text,
      page,
      count,
      lastAt,
    })),
  };
}

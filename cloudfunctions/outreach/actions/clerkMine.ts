import { sumBy } from 'lodash-es';
import type { ClerkMine, TrainedScript } from '../../../miniprogram/contract/clerkDay';
import type { OutreachContract } from '../../../miniprogram/contract/outreach';
import { addDays, daysBetween, dayOf } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Script } from '../../../miniprogram/domain/outreach/types';
import type { Actions } from '../../common/entry/action';
import { nothing } from '../../common/entry/asks';
import { MINE_DAYS, touchesOf, wakesOf } from '../../common/store/clerkFigures';
import type { ClerkTouches } from '../../common/store/clerkFigures';
import type { BranchMeasuresDoc } from '../../common/store/documents';
import { measuresNow } from '../../common/store/measures';
import { branchesNamed } from '../../common/store/remembered';
import { scriptLibrary } from '../../common/store/scripts';
import { saidBy } from '../../common/store/scriptShelves';
import type { Said } from '../../common/store/scriptShelves';

/** The Monday of a day's week. @example mondayOf(day('2025-03-05')) // → '2025-03-03' */
export function mondayOf(today: Day): Day {
  // 1 January 1970 was a Thursday, the fourth day from Monday.
  return addDays(today, -((daysBetween(dayOf(0), today) + 3) % 7));
}

function weekOf(rows: readonly ClerkTouches[], since: Day, today: Day): ClerkMine['week'] {
  const week = rows.filter(({ on }) => on !== null);
  const days = Array.from({ length: daysBetween(since, today) + 1 }, (_, n) => addDays(since, n));
  const channels = [...new Set(week.map(({ channel }) => channel))].sort();
  return {
    since,
    touches: sumBy(week, 'touches'),
    byDay: days.map((on) => ({
      on,
      touches: sumBy(
        week.filter((row) => row.on === on),
        'touches',
      ),
    })),
    byChannel: channels.map((channel) => ({
      channel,
      touches: sumBy(
        week.filter((row) => row.channel === channel),
        'touches',
      ),
    })),
  };
}

function trained(
  script: Script,
  rows: readonly ClerkTouches[],
  measures: BranchMeasuresDoc | null,
  said: Said | undefined,
): TrainedScript {
  const { id, tone, occasion, scenario, notFor = '', text } = script;
  const mine = rows.filter(({ scriptId }) => scriptId === id);
  const branch = measures?.scripts.find(({ scriptId }) => scriptId === id);
  return {
    scriptId: id,
    ...{ tone, occasion, scenario, notFor, text },
    mine: { sent: sumBy(mine, 'touches'), edited: sumBy(mine, 'edited') },
    branch: measures && { sent: branch?.sent ?? 0, answered: branch?.answered ?? 0 },
    best: branch?.best ?? null,
    said: said ?? null,
  };
}

/**
 * 我的. Three database calls beside the caller's scope, at the same time: her tasks, her touches, her words on scripts;
 * the library and the branch's weekly measures are kept warm.
 */
export const clerkMine: Actions<OutreachContract>['clerk.mine'] = {
  who: ['clerk', 'manager'],
  writes: false,
  ask: nothing,
  async run({ scope, now, today }) {
    const clerkId = scope.staff?._id ?? '';
    const since = mondayOf(today);
    const [wakes, rows, said, library, measures, branches] = await Promise.all([
      wakesOf(clerkId, today),
      touchesOf(clerkId, { since, now }),
      saidBy(clerkId),
      scriptLibrary(scope.branchId, now),
      measuresNow(scope.branchId, now),
      branchesNamed([scope.branchId], now),
    ]);
    const worded = rows.filter(({ scriptId }) => scriptId !== null);
    return done({
      today,
      clerkName: scope.staff?.name ?? '',
      branchName: branches.get(scope.branchId ?? '')?.name ?? '',
      wakes: { days: MINE_DAYS, ...wakes },
      week: weekOf(rows, since, today),
      words: { days: MINE_DAYS, sent: sumBy(worded, 'touches'), edited: sumBy(worded, 'edited') },
      scripts: library
        .map((script) => trained(script, rows, measures, said.get(script.id)))
        .sort((a, b) => b.mine.sent - a.mine.sent),
    });
  },
};

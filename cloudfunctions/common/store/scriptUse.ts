import { ANSWERED_WITHIN_DAYS, useWindows } from '../../../miniprogram/domain/credit/report/scriptTest';
import type { TierUse } from '../../../miniprogram/domain/credit/report/scriptTest';
import { DAY_MS } from '../../../miniprogram/domain/kernel/day';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { chunk } from 'lodash-es';
import { command, table } from './table';

/** What became of a script lately. */
export interface ScriptUse {
  copied: number;
  /** of those, changed by the clerk before copying */
  edited: number;
  /** of those, followed within 7 days by an opening, a claim, a redemption or a purchase */
  answered: number;
  /** of lately and of the four weeks before, for each tier it was sent to; care tasks left out */
  byTier: TierUse[];
}

const USED_WITHIN_MS = 90 * DAY_MS;
const ANSWERED_WITHIN_MS = ANSWERED_WITHIN_DAYS * DAY_MS;
/** What she does after a message, as her task remembers it: when each first happened. */
const ANSWERS = ['openedAt', 'claimedAt', 'redeemedAt', 'wokenAt'] as const;
/** So many scripts a question: a condition may not grow without bounds. */
const ASKED_AT_ONCE = 500;

/**
 * How often scripts were used in the last 90 days, and what came of it, read from the touches and their tasks. A script
 * nobody used is missing. One aggregation for each 500 scripts, on the index of script and time.
 *
 * @param branchId null = by everybody, else by the clerks of that branch
 */
export async function scriptUse(
  ids: readonly string[],
  branchId: string | null,
  now: Ms,
): Promise<ReadonlyMap<string, ScriptUse>> {
  const rows = await Promise.all(chunk(ids, ASKED_AT_ONCE).map((some) => useOf(some, branchId, now)));
  return new Map(
    rows.flat().map(({ _id, copied, edited, answered, tiers }): [string, ScriptUse] => {
      const byTier = tiers.map(([sent, hits, sentBefore, hitsBefore]) => ({
        recent: { hits, of: sent },
        earlier: { hits: hitsBefore, of: sentBefore },
      }));
      return [
        _id,
        { copied, edited, answered, byTier: byTier.filter((use) => use.recent.of + use.earlier.of > 0) },
      ];
    }),
  );
}

type UseRow = Omit<ScriptUse, 'byTier'> & { _id: string; tiers: [number, number, number, number][] };

function useOf(ids: string[], branchId: string | null, now: Ms): Promise<UseRow[]> {
  const _ = command();
  const $ = _.aggregate;
  const within = (field: string) =>
    $.and([$.gt([`$task.${field}`, '$at']), $.lte([`$task.${field}`, $.add(['$at', ANSWERED_WITHIN_MS])])]);
  const isAnswered = $.or(ANSWERS.map(within));
  const windows = useWindows(now);
  const isIn = ({ after, until }: { after: Ms; until: Ms }) =>
    $.and([$.gt(['$at', after]), $.lte(['$at', until]), $.neq(['$task.kind', 'care'])]);
  const number = (...all: object[]) => $.sum($.cond([$.and(all), 1, 0]));
  return table('touches').aggregate<UseRow>((from) =>
    from
      .match({
        scriptId: _.in(ids),
        at: _.gt(now - USED_WITHIN_MS),
        undoneAt: _.exists(false),
        ...(branchId === null ? {} : { branchId }),
      })
      .lookup({ from: 'tasks', localField: 'taskId', foreignField: '_id', as: 'tasks' })
      .project({ scriptId: 1, at: 1, edited: 1, task: $.arrayElemAt(['$tasks', 0]) })
      .group({
        _id: { scriptId: '$scriptId', lifecycle: '$task.lifecycle', value: '$task.value' },
        copied: $.sum(1),
        edited: number($.eq(['$edited', true])),
        answered: number(isAnswered),
        recent: number(isIn(windows.recent)),
        recentHits: number(isIn(windows.recent), isAnswered),
        earlier: number(isIn(windows.earlier)),
        earlierHits: number(isIn(windows.earlier), isAnswered),
      })
      .group({
        _id: '$_id.scriptId',
        copied: $.sum('$copied'),
        edited: $.sum('$edited'),
        answered: $.sum('$answered'),
        tiers: $.push(['$recent', '$recentHits', '$earlier', '$earlierHits']),
      })
      // The service answers with 20 rows when nobody says how many.
      .limit(ASKED_AT_ONCE),
  );
}

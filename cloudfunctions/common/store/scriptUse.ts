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
}

const USED_WITHIN_MS = 90 * DAY_MS;
const ANSWERED_WITHIN_MS = 7 * DAY_MS;
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
  return new Map(rows.flat().map(({ _id, copied, edited, answered }) => [_id, { copied, edited, answered }]));
}

function useOf(ids: string[], branchId: string | null, now: Ms): Promise<(ScriptUse & { _id: string })[]> {
  const _ = command();
  const $ = _.aggregate;
  const within = (field: string) =>
    $.and([$.gt([`$task.${field}`, '$at']), $.lte([`$task.${field}`, $.add(['$at', ANSWERED_WITHIN_MS])])]);
  return table('touches').aggregate((from) =>
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
        _id: '$scriptId',
        copied: $.sum(1),
        edited: $.sum($.cond([$.eq(['$edited', true]), 1, 0])),
        answered: $.sum($.cond([$.or(ANSWERS.map(within)), 1, 0])),
      })
      // The service answers with 20 rows when nobody says how many.
      .limit(ASKED_AT_ONCE),
  );
}

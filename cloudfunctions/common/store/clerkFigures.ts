import { addDays, DAY_MS, HOUR_MS, startOf } from '../../../miniprogram/domain/kernel/day';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import type { Fen } from '../../../miniprogram/domain/kernel/fen';
import type { Channel } from '../../../miniprogram/domain/outreach/types';
import { DONE_WITH, WORKED_ON } from './tasks';
import { command, PAGE_LIMIT, table } from './table';

/** So far back a clerk's own figures reach. */
export const MINE_DAYS = 90;

export interface ClerkWakes {
  assigned: number;
  contacted: number;
  woken: number;
  wokenFen: Fen;
}

/** A clerk's recall tasks that fell due in the last 90 days, counted. One call, on the index of clerk, status and day. */
export async function wakesOf(clerkId: string, today: Day): Promise<ClerkWakes> {
  const _ = command();
  const $ = _.aggregate;
  const happened = (field: string) => $.sum($.cond({ if: $.gt([field, 0]), then: 1, else: 0 }));
  const [row] = await table('tasks').aggregate<ClerkWakes>((from) =>
    from
      .match({
        clerkId,
        status: _.in([...WORKED_ON, ...DONE_WITH]),
        dueOn: _.and(_.gt(addDays(today, -MINE_DAYS)), _.lte(today)),
        kind: _.neq('care'),
      })
      .group({
        _id: null,
        assigned: $.sum(1),
        contacted: happened('$contactedAt'),
        woken: happened('$wokenAt'),
        wokenFen: $.sum($.ifNull(['$wakeFen', 0])),
      })
      .limit(1),
  );
  const { assigned = 0, contacted = 0, woken = 0, wokenFen = 0 } = row ?? {};
  return { assigned, contacted, woken, wokenFen };
}

/** Touches of one clerk that stand alike; `on` null = before this week. */
export interface ClerkTouches {
  scriptId: string | null;
  channel: Channel;
  on: Day | null;
  touches: number;
  edited: number;
}

/** What a clerk sent in the last 90 days, by script and channel, this week's by day as well. One call. */
export async function touchesOf(
  clerkId: string,
  { since, now }: { since: Day; now: Ms },
): Promise<ClerkTouches[]> {
  const _ = command();
  const $ = _.aggregate;
  const begins = startOf(since);
  const rows = await table('touches').aggregate<{
    _id: { scriptId: string | null; channel: Channel; day: number };
    touches: number;
    edited: number;
  }>((from) =>
    from
      .match({ clerkId, at: _.gt(now - MINE_DAYS * DAY_MS), undoneAt: _.exists(false) })
      .group({
        _id: {
          scriptId: '$scriptId',
          channel: '$channel',
          day: $.cond({
            if: $.gte(['$at', begins]),
            then: $.floor($.divide([$.subtract(['$at', begins]), 24 * HOUR_MS])),
            else: -1,
          }),
        },
        touches: $.sum(1),
        edited: $.sum($.cond({ if: $.eq(['$edited', true]), then: 1, else: 0 })),
      })
      .limit(PAGE_LIMIT),
  );
  return rows.map(({ _id: { scriptId, channel, day }, touches, edited }) => ({
    scriptId: scriptId ?? null,
    channel,
    on: day < 0 ? null : addDays(since, day),
    touches,
    edited,
  }));
}

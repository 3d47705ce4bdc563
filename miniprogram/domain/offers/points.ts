import { dayOf, endOf } from '../kernel/day';
import type { Day, Ms } from '../kernel/day';

/** A line of the points ledger (积分账): never changed, never removed. `id` is its natural key. */
export interface PointsEntry {
  id: string;
  /** given when positive, spent, lapsed or taken back when negative */
  points: number;
  at: Ms;
  /** good to the end of this day; null = they do not end. Only of points given */
  expiresOn: Day | null;
  /** what a negative line takes from: a lapse and a taking back name the line that gave */
  from?: string | undefined;
}

export interface PointsBalance {
  /** the sum of the ledger; below zero when points already spent were taken back */
  points: number;
  /** what is left of each giving, earliest end first */
  buckets: { id: string; points: number; expiresOn: Day | null }[];
  expiring: { points: number; on: Day } | null;
  /** lines that the calendar owes the ledger: points that have ended and were not taken off yet */
  lapses: PointsEntry[];
}

interface Bucket {
  id: string;
  left: number;
  expiresOn: Day | null;
  at: Ms;
}

const endsFirst = (a: Bucket, b: Bucket): number => {
  const [x, y] = [a.expiresOn ?? '9999-12-31', b.expiresOn ?? '9999-12-31'];
  return x === y ? a.at - b.at || (a.id < b.id ? -1 : 1) : x < y ? -1 : 1;
};

/**
 * Reads a member's ledger as of a day. Points that end first are spent first. Points taken back come out of the giving
 * they belong to, as far as it is still there, then out of the others; what is missing is owed, and the next points
 * given pay it first: nobody keeps points of a purchase by spending them before she returns it.
 *
 * @param entries in any order; the same set always reads the same
 * @example readPoints([{ id: 'a', points: 100, at: 0, expiresOn: day('1970-01-31') }], day('1970-01-01')).points // → 100
 */
export function readPoints(entries: readonly PointsEntry[], today: Day): PointsBalance {
  const inOrder = [...entries].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const buckets: Bucket[] = [];
  let owed = 0;
  for (const entry of inOrder) {
    if (entry.points >= 0) {
      const paid = Math.min(owed, entry.points);
      owed -= paid;
      buckets.push({ id: entry.id, left: entry.points - paid, expiresOn: entry.expiresOn, at: entry.at });
      continue;
    }
    owed += take(buckets, -entry.points, entry);
  }
  const live = buckets.filter(({ left }) => left > 0).sort(endsFirst);
  const lapses = live
    .filter(({ expiresOn }) => expiresOn !== null && expiresOn < today)
    .map(({ id, left, expiresOn }): PointsEntry => ({
      id: `lapse:${id}`,
      points: -left,
      // Its place in the ledger is the end of the day, whenever the line is written.
      at: expiresOn === null ? 0 : endOf(expiresOn),
      expiresOn: null,
      from: id,
    }));
  const standing = live.filter(({ expiresOn }) => expiresOn === null || expiresOn >= today);
  const first = standing.find(({ expiresOn }) => expiresOn !== null);
  const on = first?.expiresOn ?? null;
  return {
    points: standing.reduce((sum, { left }) => sum + left, 0) - owed,
    buckets: standing.map(({ id, left, expiresOn }) => ({ id, points: left, expiresOn })),
    expiring:
      on === null
        ? null
        : {
            on,
            points: standing.reduce((sum, one) => sum + (one.expiresOn === on ? one.left : 0), 0),
          },
    lapses,
  };
}

/** Takes points out of the buckets that were still good then. @returns what was not there */
function take(buckets: Bucket[], points: number, { at, from }: PointsEntry): number {
  let missing = points;
  const isGood = (one: Bucket) => one.expiresOn === null || one.expiresOn >= dayOf(at);
  const good = buckets.filter(isGood).sort(endsFirst);
  for (const one of [...good.filter(({ id }) => id === from), ...good]) {
    const off = Math.min(one.left, missing);
    one.left -= off;
    missing -= off;
  }
  return missing;
}

/**
 * The line that takes back what one line gave, when the purchase behind it was returned. Points that had ended by then
 * are not taken a second time. Null when nothing is left to take.
 *
 * @example takenBack([{ id: 'a', points: 100, at: 0, expiresOn: null }], 'a', 'back:a', 5)?.points // → -100
 */
export function takenBack(
  entries: readonly PointsEntry[],
  giving: string,
  id: string,
  at: Ms,
): PointsEntry | null {
  const given = entries.find((entry) => entry.id === giving);
  if (!given) return null;
  const lapses = [...entries, ...readPoints(entries, dayOf(at)).lapses];
  const ended = lapses.find((entry) => entry.id === `lapse:${giving}`)?.points ?? 0;
  const points = given.points + ended;
  return points <= 0 ? null : { id, points: -points, at, expiresOn: null, from: giving };
}

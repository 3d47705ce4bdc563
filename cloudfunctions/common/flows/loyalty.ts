import { addDays, dayOf } from '../../../miniprogram/domain/kernel/day';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import { levelOf } from '../../../miniprogram/domain/offers/level';
import type { LevelNow } from '../../../miniprogram/domain/offers/level';
import { readPoints } from '../../../miniprogram/domain/offers/points';
import type { PointsBalance, PointsEntry } from '../../../miniprogram/domain/offers/points';
import { dropEndings } from './endingReminders';
import { endCareByLoyalty } from '../store/careTasks';
import type { LevelDoc, MemberDoc, PointsDoc } from '../store/documents';
import { PAGE_LIMIT, command, table } from '../store/table';

const FAR = '9999-12-31' as const;

export const entryOf = ({ _id, points, at, expiresOn, from }: PointsDoc): PointsEntry => ({
  id: _id,
  points,
  at,
  expiresOn,
  from,
});

/** A member's two ledgers, whole. Two calls, one more for each 1000 lines. */
export async function ledgersOf(memberId: string): Promise<{ points: PointsDoc[]; levels: LevelDoc[] }> {
  const [points, levels] = await Promise.all([
    table('points').all({ memberId }, PAGE_LIMIT),
    table('levels').all({ memberId }, PAGE_LIMIT),
  ]);
  return { points, levels };
}

/** Points and level as the ledgers and her purchases tell them today. */
export interface LoyaltyNow {
  balance: PointsBalance;
  level: LevelNow;
}

export function loyaltyOf(
  member: Pick<MemberDoc, 'facts'>,
  { points, levels }: { points: readonly PointsDoc[]; levels: readonly LevelDoc[] },
  today: Day,
): LoyaltyNow {
  return {
    balance: readPoints(points.map(entryOf), today),
    level: levelOf(member.facts.year ?? [], levels, today),
  };
}

/** The next day on which the calendar alone changes either. */
function changesOn({ balance, level }: LoyaltyNow): Day | typeof FAR {
  const ends = [balance.expiring?.on, level.levelUntil].flatMap((on) => (on ? [addDays(on, 1)] : []));
  return ends.sort()[0] ?? FAR;
}

/**
 * Writes a member's points and level as the ledgers tell them, after the lines that the calendar owes. She is read
 * first and written last, on condition that nobody wrote them between: whoever writes last has seen every line written
 * before. About five calls, one more when her newest care task was about either,
 * and one when something of hers that was to end within a week does not.
 *
 * @returns null when there is no such member, or others kept coming between: the next line or the sweeper does it
 */
export async function refreshLoyalty(memberId: string, now: Ms): Promise<LoyaltyNow | null> {
  for (let turn = 0; turn < 4; turn++) {
    const member = await table('members').find(memberId);
    if (!member) return null;
    const ledgers = await ledgersOf(memberId);
    const today = dayOf(now);
    const read = loyaltyOf(member, ledgers, today);
    const { lapses } = read.balance;
    if (lapses.length > 0) {
      await table('points').addMissing(
        lapses.map(({ id, points, at, from = '' }) => ({
          _id: id,
          memberId,
          points,
          at,
          expiresOn: null,
          from,
          why: 'lapse' as const,
        })),
      );
    }
    const { balance, level } = read;
    const revision = member.loyaltyRevision ?? 0;
    const loyalty = {
      level: level.level,
      levelUntil: level.levelUntil,
      points: balance.points,
      expiring: balance.expiring,
    };
    const isWritten = await table('members').changeIf(
      { _id: memberId, loyaltyRevision: member.loyaltyRevision ?? null },
      {
        loyalty,
        loyaltyRevision: revision + 1,
        loyaltyChangesOn: changesOn(read),
      },
    );
    if (!isWritten) continue;
    // Her clerk's reminder of a level or of points that end has nothing to remind of any more.
    await endCareByLoyalty(member, loyalty, now);
    await dropEndings(memberId, member.loyalty, loyalty, { now, today });
    return read;
  }
  return null;
}

/** Members whose points or level the calendar changes by today. One call. */
export async function loyaltyDue(today: Day, limit: number): Promise<string[]> {
  const due = await table('members').page({
    where: { loyaltyChangesOn: command().lte(today) },
    limit,
    fields: ['_id'],
  });
  return due.map(({ _id }) => _id);
}

import { DAY_MS, HOUR_MS } from '../../../miniprogram/domain/kernel/day';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { BEST_TIME_DAYS } from '../../../miniprogram/domain/outreach/bestTime';
import type { BranchMeasuresDoc, MemberDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';
import type { Condition } from './table';

/** A warm function may show a week's measures this much later; also that there are none. */
const REMEMBER_MS = 60_000;
const kept = new Map<string, { doc: BranchMeasuresDoc | null; at: Ms }>();

/** What a branch is measured by, at most a minute old; null when it has not been measured. One call when not remembered. */
export async function measuresNow(branchId: string | null, now: Ms): Promise<BranchMeasuresDoc | null> {
  if (branchId === null) return null;
  const known = kept.get(branchId);
  if (known && now >= known.at && now - known.at < REMEMBER_MS) return known.doc;
  const doc = await table('measures').find(branchId);
  kept.set(branchId, { doc, at: now });
  return doc;
}

/** When each branch was measured last. One call for each 1000 branches. */
export async function measuredAt(): Promise<ReadonlyMap<string, Ms>> {
  const docs = await table('measures').all({}, PAGE_LIMIT, ['_id', 'at']);
  return new Map(docs.map(({ _id, at }) => [_id, at]));
}

/** A member as far as measuring reads her. */
export type MeasuredMember = Pick<MemberDoc, '_id' | 'facts' | 'touches' | 'answeredAt'>;

const MEASURED_FIELDS = [
  'facts.paidOrders',
  'facts.unpricedOrders',
  'facts.paidFen',
  'facts.firstPaidOn',
  'facts.lastPaidOn',
  'facts.year',
  'facts.ordersWithCoupon',
  'facts.visits',
  'facts.browses',
  'touches',
  'answeredAt',
] as const;

/** Members of a branch by id, from an id on. One call. */
export function membersOfBranch(
  homeBranchId: string,
  from: string,
  limit: number,
): Promise<MeasuredMember[]> {
  return table('members').page({
    where: { homeBranchId, _id: command().gte(from) },
    orderBy: [
      ['homeBranchId', 'asc'],
      ['_id', 'asc'],
    ],
    limit,
    fields: [...MEASURED_FIELDS],
  });
}

/** The id of the n-th member of a branch, the first being 1. One call, which the index alone answers. */
export async function memberOfBranchAt(homeBranchId: string, rank: number): Promise<string | null> {
  const found = await table('members').nth(
    {
      where: { homeBranchId },
      orderBy: [
        ['homeBranchId', 'asc'],
        ['_id', 'asc'],
      ],
      fields: ['_id'],
    },
    rank,
  );
  return found?._id ?? null;
}

/** One call. */
export function countOfBranch(homeBranchId: string): Promise<number> {
  return table('members').count({ homeBranchId });
}

/** A touch of a branch with what became of its task. */
export interface TouchOutcome {
  at: Ms;
  scriptId: string | null;
  text: string | null;
  task?: {
    openedAt: Ms | null;
    claimedAt: Ms | null;
    redeemedAt: Ms | null;
    wokenAt: Ms | null;
    member: { name: string; lastPaidOn: string | null };
  };
}

/** So many touches of a branch are looked at, the newest: enough for a rate, whatever the branch's size. */
const MOST_TOUCHES = PAGE_LIMIT;

/** The newest touches of a branch in the last 90 days that stand, with their tasks' outcome. One call. */
export function touchOutcomes(branchId: string, now: Ms): Promise<TouchOutcome[]> {
  const _ = command();
  const $ = _.aggregate;
  return table('touches').aggregate<TouchOutcome>((from) =>
    from
      .match({
        branchId,
        at: _.gt(now - BEST_TIME_DAYS * DAY_MS),
        undoneAt: _.exists(false),
      } as Condition<never>)
      .sort({ at: -1 })
      .limit(MOST_TOUCHES)
      .lookup({ from: 'tasks', localField: 'taskId', foreignField: '_id', as: 'tasks' })
      .project({
        _id: 0,
        at: 1,
        scriptId: 1,
        text: 1,
        task: $.arrayElemAt(['$tasks', 0]),
      })
      .project({
        at: 1,
        scriptId: 1,
        text: 1,
        'task.openedAt': 1,
        'task.claimedAt': 1,
        'task.redeemedAt': 1,
        'task.wokenAt': 1,
        'task.member.name': 1,
        'task.member.lastPaidOn': 1,
      })
      .limit(MOST_TOUCHES),
  );
}

/** Whole hours since 1970 in Shanghai, modulo a week. */
export const hourOfWeek = (at: Ms): number => Math.floor((at + 8 * HOUR_MS) / HOUR_MS) % (7 * 24);

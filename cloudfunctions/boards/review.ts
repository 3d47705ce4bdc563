import type { ReviewShown } from '../../miniprogram/contract/boards';
import { remeasured } from '../../miniprogram/domain/credit/report/review';
import { measureOf, sinceThen, topicWords } from '../../miniprogram/domain/credit/report/topic';
import type { Day, Ms } from '../../miniprogram/domain/kernel/day';
import { tiersOf } from '../../miniprogram/domain/credit/ranking';
import { campaignKey } from '../common/store/boards';
import { branchOnBoard } from '../common/store/cells';
import type { CellsAndHead } from '../common/store/cells';
import type { CellDoc, ReviewDoc, StaffDoc } from '../common/store/documents';
import { freshly } from './freshly';

/** What a branch came to in a campaign, up to date. At most three calls. */
export function branchNow(
  at: { now: Ms; today: Day },
  campaignId: string,
  branchId: string,
): Promise<CellsAndHead> {
  return freshly(
    at,
    () => branchOnBoard(branchId, { key: campaignKey(campaignId), campaignId }),
    ({ head }) => head,
  );
}

/** Reasons and tiers of a cell, as a topic is measured. */
export const countedIn = (cell: CellDoc | undefined) => ({
  reasons: cell?.reasons ?? [],
  tiers: tiersOf(cell?.by.all ?? []),
});

export function reviewShown(
  review: ReviewDoc,
  cell: CellDoc | undefined,
  staff: ReadonlyMap<string, Pick<StaffDoc, 'name'>>,
  today: Day,
): ReviewShown {
  const now =
    review.remeasured ?? sinceThen(review.topic, review.baseline, measureOf(review.topic, countedIn(cell)));
  return {
    reviewId: review._id,
    topic: review.topic,
    topicWords: topicWords(review.topic),
    action: review.action,
    ownerId: review.ownerId,
    ownerName: staff.get(review.ownerId)?.name ?? review.ownerId,
    dueOn: review.dueOn,
    status: review.status,
    isLate: review.status === 'open' && review.dueOn < today,
    measured: remeasured(review.baseline, now),
  };
}

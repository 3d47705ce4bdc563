import * as z from 'zod';
import type { BoardsContract, ReviewShown } from '../../../miniprogram/contract/boards';
import type { Failure } from '../../../miniprogram/contract/failures';
import { measureOf, sinceThen } from '../../../miniprogram/domain/credit/report/topic';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { Acting, Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import type { ReviewDoc } from '../../common/store/documents';
import { againWhenRaced } from '../../common/store/raced';
import { staffNamed } from '../../common/store/remembered';
import { reviewById, saveReview } from '../../common/store/reviews';
import { branchNow, countedIn, reviewShown } from '../review';
import { BOSSES } from '../who';

async function close(
  { scope, now, today, requestKey }: Acting,
  reviewId: string,
): Promise<Result<ReviewShown, Failure> | null> {
  const read = await reviewById(reviewId);
  if (!read) return refuse({ code: 'not-found', detail: '这条复盘' });
  if (scope.role !== 'hq' && !scope.branchIds.includes(read.branchId))
    return refuse({ code: 'other-branch' });
  const [{ cells }, staff] = await Promise.all([
    branchNow({ now, today }, read.campaignId, read.branchId),
    staffNamed([read.ownerId], now),
  ]);
  const shown = (review: ReviewDoc) => done(reviewShown(review, cells[0], staff, today));
  if (read.status === 'done') return shown(read);
  const measured = sinceThen(read.topic, read.baseline, measureOf(read.topic, countedIn(cells[0])));
  const next: ReviewDoc = { ...read, status: 'done', remeasured: { ...measured, at: now }, requestKey };
  return (await saveReview(read, next)) ? shown(next) : null;
}

/** Measures again what was agreed on, and closes it with the figure. Closed already, it answers what was measured then. */
export const closeReview: Actions<BoardsContract>['review.close'] = {
  who: BOSSES,
  writes: true,
  ask: z.strictObject({ reviewId: anId }),
  async run(acting, { reviewId }) {
    const closed = await againWhenRaced(() => close(acting, reviewId));
    if (!closed) return refuse({ code: 'busy' });
    return closed.ok ? done({ review: closed.value }) : closed;
  },
};

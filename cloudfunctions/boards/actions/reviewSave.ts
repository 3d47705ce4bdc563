import * as z from 'zod';
import type { BoardsContract, ReviewShown } from '../../../miniprogram/contract/boards';
import type { Failure } from '../../../miniprogram/contract/failures';
import { measureOf, topicOf } from '../../../miniprogram/domain/credit/report/topic';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { Acting, Actions } from '../../common/entry/action';
import { aDay, anId, someText } from '../../common/entry/asks';
import type { ReviewDoc } from '../../common/store/documents';
import { againWhenRaced } from '../../common/store/raced';
import { campaignNow, staffNamed } from '../../common/store/remembered';
import { reviewIdOf, reviewById, saveReview } from '../../common/store/reviews';
import { branchNow, countedIn, reviewShown } from '../review';
import { BOSSES } from '../who';

type Ask = BoardsContract['review.save']['ask'];

async function save(
  { scope, now, today, requestKey }: Acting,
  branchId: string,
  ask: Ask,
): Promise<Result<ReviewShown, Failure> | null> {
  const topic = topicOf(ask.topic);
  if (topic === null) return refuse({ code: 'bad-ask', field: 'topic', detail: '没有这个题目' });
  if (!(await campaignNow(ask.campaignId, now))) return refuse({ code: 'not-found', detail: '这个活动' });
  const owner = (await staffNamed([ask.ownerId], now)).get(ask.ownerId);
  if (
    !owner?.active ||
    (owner.role !== 'hq' && ![owner.branchId, ...(owner.alsoBranchIds ?? [])].includes(branchId))
  )
    return refuse({ code: 'clerk-unfit', detail: '负责人要是本店在岗的同事' });

  const _id = reviewIdOf({ branchId, campaignId: ask.campaignId, topic });
  const [read, { cells }] = await Promise.all([
    reviewById(_id),
    branchNow({ now, today }, ask.campaignId, branchId),
  ]);
  const shown = (review: ReviewDoc) =>
    done(reviewShown(review, cells[0], new Map([[owner._id, owner]]), today));
  if (read?.requestKey === requestKey) return shown(read);
  if (ask.dueOn < today) return refuse({ code: 'bad-ask', field: 'dueOn', detail: '到期日不能早于今天' });
  const isNew = read?.status !== 'open';
  const next: ReviewDoc = {
    _id,
    branchId,
    campaignId: ask.campaignId,
    topic,
    action: ask.action.trim(),
    ownerId: ask.ownerId,
    dueOn: ask.dueOn,
    status: 'open',
    createdAt: isNew ? now : read.createdAt,
    createdBy: isNew ? (scope.staff?._id ?? '') : read.createdBy,
    // What it is measured against stays while it is open: only the words, the owner and the day may be changed.
    baseline: isNew ? measureOf(topic, countedIn(cells[0])) : read.baseline,
    remeasured: null,
    turn: read?.turn ?? 1,
    requestKey,
  };
  return (await saveReview(read, next)) ? shown(next) : null;
}

/**
 * Agrees what to do about a lapse reason or a low tier, who does it and until when; changes it while it is open. One review
 * for each topic of a branch and campaign, written on condition that it is as it was read; the same act again is the same.
 */
export const saveOneReview: Actions<BoardsContract>['review.save'] = {
  who: BOSSES,
  writes: true,
  ask: z.strictObject({
    campaignId: anId,
    branchId: anId.optional(),
    topic: z.string().max(60),
    action: someText(120).min(1, '请写要做什么'),
    ownerId: anId,
    dueOn: aDay,
  }),
  async run(acting, ask) {
    const { scope } = acting;
    const branchId = ask.branchId ?? scope.branchId;
    if (branchId === null) return refuse({ code: 'bad-ask', field: 'branchId', detail: '请先选门店' });
    if (scope.role !== 'hq' && !scope.branchIds.includes(branchId)) return refuse({ code: 'other-branch' });
    const saved = await againWhenRaced(() => save(acting, branchId, ask));
    if (!saved) return refuse({ code: 'busy' });
    return saved.ok ? done({ review: saved.value }) : saved;
  },
};

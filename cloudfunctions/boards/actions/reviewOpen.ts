import * as z from 'zod';
import type { BoardsContract, Review } from '../../../miniprogram/contract/boards';
import { lowTiersOf, paretoOf } from '../../../miniprogram/domain/credit/report/review';
import { mondayOf } from '../../../miniprogram/domain/credit/rollup/periods';
import { addDays, spokenDay } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import type { CellDoc } from '../../common/store/documents';
import { branchesNamed, staffNamed } from '../../common/store/remembered';
import { reviewsOf } from '../../common/store/reviews';
import { staffOfBranch } from '../../common/store/staff';
import { chooseCampaign } from '../campaigns';
import { branchNow, countedIn, reviewShown } from '../review';
import { BOSSES } from '../who';

const LINES = [
  { word: '已联系', key: 'contacted' },
  { word: '已领取', key: 'claimed' },
  { word: '已核销', key: 'redeemed' },
  { word: '已唤醒', key: 'woken' },
] as const;

/** This week so far against the same days of the week before. */
function weekOf(days: CellDoc['days'], today: Day): Review['week'] {
  const monday = mondayOf(today);
  const between = (from: Day, to: Day, key: (typeof LINES)[number]['key']) =>
    days.filter(({ on }) => on >= from && on <= to).reduce((sum, one) => sum + one[key], 0);
  const lines = LINES.map(({ word, key }) => ({
    word,
    now: between(monday, today, key),
    before: between(addDays(monday, -7), addDays(today, -7), key),
  }));
  const last14 = Array.from({ length: 14 }, (_none, i) => addDays(today, i - 13));
  return {
    words: `${spokenDay(monday).slice(5)}至今，与上周同样的几天比`,
    lines,
    days: last14.map((on) => ({ on, woken: between(on, on, 'woken') })),
  };
}

/**
 * 复盘: why customers of a branch stay away, which tiers wake too little, what was agreed and whether it helped, and the
 * week in figures. At most five calls beside the scope; names and campaigns are kept warm.
 */
export const openReview: Actions<BoardsContract>['review.open'] = {
  who: BOSSES,
  writes: false,
  ask: z.strictObject({ campaignId: anId.optional(), branchId: anId.optional() }),
  async run({ scope, now, today }, ask) {
    const branchId = ask.branchId ?? scope.branchId;
    if (branchId === null) return refuse({ code: 'bad-ask', field: 'branchId', detail: '请先选门店' });
    if (scope.role !== 'hq' && !scope.branchIds.includes(branchId)) return refuse({ code: 'other-branch' });
    const [{ chosen, campaigns }, branches] = await Promise.all([
      chooseCampaign(ask.campaignId, now),
      branchesNamed([branchId], now),
    ]);
    const branch = branches.get(branchId);
    if (!branch) return refuse({ code: 'not-found', detail: '这家门店' });
    if (ask.campaignId !== undefined && !chosen) return refuse({ code: 'not-found', detail: '这个活动' });

    const [found, kept, people] = await Promise.all([
      chosen ? branchNow({ now, today }, chosen._id, branchId) : null,
      reviewsOf(branchId),
      staffOfBranch(branchId),
    ]);
    const reviews = kept.filter(({ campaignId }) => campaignId === chosen?._id);
    const cell = found?.cells[0];
    const { reasons, tiers } = countedIn(cell);
    const staff = await staffNamed(
      reviews.map(({ ownerId }) => ownerId),
      now,
    );
    return done({
      today,
      branchId,
      branchName: branch.name,
      campaign: chosen && { campaignId: chosen._id, name: chosen.plan.name },
      campaigns,
      reasons: paretoOf(reasons),
      outcomes: cell?.outcomes ?? [],
      lowTiers: lowTiersOf(tiers, found?.head?.tiers ?? []),
      reviews: reviews.map((review) => reviewShown(review, cell, staff, today)),
      staff: people.filter(({ active }) => active).map(({ _id, name }) => ({ staffId: _id, name })),
      week: weekOf(cell?.days ?? [], today),
      countedAt: found?.head?.rankedAt ?? null,
    });
  },
};

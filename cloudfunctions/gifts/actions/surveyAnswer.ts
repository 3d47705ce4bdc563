import * as z from 'zod';
import type { GiftsContract } from '../../../miniprogram/contract/gifts';
import { addDays } from '../../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { LAPSE_REASON_WORDS } from '../../../miniprogram/domain/outreach/types';
import type { LapseReason } from '../../../miniprogram/domain/outreach/types';
import type { Actions } from '../../common/entry/action';
import { aLink, someText } from '../../common/entry/asks';
import { settleSurvey } from '../../common/flows/settleSurvey';
import type { SurveyDoc } from '../../common/store/documents';
import { table } from '../../common/store/table';
import { giftOf } from '../../common/store/tasks';
import { ANYONE } from '../anyone';

const REASONS = Object.keys(LAPSE_REASON_WORDS) as [LapseReason, ...LapseReason[]];

/**
 * Why she had not come for so long, once a pack, for points. The first answer stands and says what it owes; points and the
 * task follow from it, now, when she sends it again, or by the next pulse.
 */
export const answerSurvey: Actions<GiftsContract>['survey.answer'] = {
  who: ANYONE,
  writes: true,
  ask: z.strictObject({ link: aLink, reason: z.enum(REASONS), note: someText(200) }),
  async run({ scope, now, today, requestKey }, { link, reason, note }) {
    const gift = await giftOf(link);
    if (!gift) return refuse({ code: 'not-found', detail: '这份礼包' });
    const { task, member, coupon } = gift;
    if (member.openid !== scope.openid) return refuse({ code: 'gift-someone-elses' });
    const points = task.offer.surveyPoints;
    if (points === undefined || !coupon) return refuse({ code: 'survey-none' });
    const validDays = task.offer.points?.validDays ?? null;
    const answer: SurveyDoc = {
      _id: task._id,
      memberId: member._id,
      reason,
      note,
      at: now,
      requestKey,
      points,
      expiresOn: validDays === null ? null : addDays(today, validDays),
      owes: 1,
    };
    const isFirst = await table('surveys').addNew(answer);
    const standing = isFirst ? answer : await table('surveys').find(task._id);
    if (standing?.requestKey !== requestKey) return refuse({ code: 'survey-answered' });
    await settleSurvey(standing, now);
    return done({ points });
  },
};

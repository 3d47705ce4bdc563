import * as z from 'zod';
import type { PeopleContract } from '../../../miniprogram/contract/people';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { explainPlacement } from '../../../miniprogram/domain/membership/explain';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { STAFF } from '../../common/entry/scope';
import { recordSignal } from '../../common/flows/recordSignal';
import { reachesMember } from '../../common/people/reach';
import { mergesOf } from '../../common/store/people';
import { chainSettings } from '../../common/store/chain';
import { table } from '../../common/store/table';

/** She was in the shop today (到店). Once a day; tapping again answers the same. About eleven calls, five when repeated. */
export const visitRecord: Actions<PeopleContract>['visit.record'] = {
  who: STAFF,
  writes: true,
  ask: z.strictObject({ memberId: anId }),
  async run({ scope, now, today }, { memberId }) {
    const members = table('members');
    const member =
      (await members.find(memberId)) ??
      (await members.find((await mergesOf([memberId])).get(memberId) ?? memberId));
    if (!member) return refuse({ code: 'not-found', detail: '这位会员' });
    if (!(await reachesMember(scope, member))) return refuse({ code: 'out-of-scope' });
    await recordSignal(member._id, 'visit', { now, today });
    const [after, chain] = await Promise.all([members.find(member._id), chainSettings()]);
    const { facts, placement, lifecycle, value } = after ?? member;
    const sentence = explainPlacement(facts, placement, chain.rules, chain.aovCut, today);
    return done({ on: today, lifecycle, value, sentence });
  },
};

import * as z from 'zod';
import type { MemberExplained, MembersContract } from '../../../miniprogram/contract/members';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { explainPlacement } from '../../../miniprogram/domain/membership/explain';
import type { Action } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { chainSettings } from '../../common/store/chain';
import { branchesNamed } from '../../common/store/remembered';
import { table } from '../../common/store/table';
import { branchIdOfMember, briefOf } from '../brief';

/** Why a member stands where she stands: the rule and the dates in one sentence. */
export const memberExplain: Action<MembersContract['member.explain']['ask'], MemberExplained> = {
  who: ['hq'],
  writes: false,
  ask: z.strictObject({ memberId: anId }),
  async run({ now, today }, { memberId }) {
    const [member, chain] = await Promise.all([table('members').find(memberId), chainSettings()]);
    if (!member) return refuse({ code: 'not-found', detail: '这位会员' });
    const branches = await branchesNamed([branchIdOfMember(member)], now);
    const { facts, placement } = member;
    return done({
      ...briefOf(member, branches),
      placement,
      sentence: explainPlacement(facts, placement, chain.rules, chain.aovCut, today),
      paidOrders: facts.paidOrders,
      paidFen: facts.paidFen,
    });
  },
};

import * as z from 'zod';
import type { MemberExplained, MembersContract } from '../../../miniprogram/contract/members';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { aovOf } from '../../../miniprogram/domain/membership/aov';
import { refillsOf, rhythmOf } from '../../../miniprogram/domain/membership/rhythm';
import { lapsedSubTierOf } from '../../../miniprogram/domain/membership/subTier';
import { tagsOf } from '../../../miniprogram/domain/membership/tags';
import type { Action } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { standingOf } from '../../common/flows/standing';
import { chainSettings } from '../../common/store/chain';
import { branchesNamed } from '../../common/store/remembered';
import { branchIdOfMember, briefOf } from '../brief';
import { reachedMember } from '../history/reach';

/**
 * Why a member stands where she stands, with everything that is computed about her. Two calls beside the caller's scope;
 * some more while new rules are on their way to her or after a merge (see `standingOf`).
 */
export const memberExplain: Action<MembersContract['member.explain']['ask'], MemberExplained> = {
  who: ['hq'],
  writes: false,
  ask: z.strictObject({ memberId: anId }),
  async run({ scope, now, today }, { memberId }) {
    const [reached, chain] = await Promise.all([reachedMember(scope, memberId), chainSettings()]);
    if (!reached.ok) return refuse(reached.failure);
    const member = reached.value;
    const { facts, placement } = member;
    const branchId = branchIdOfMember(member);
    const [branches, standing] = await Promise.all([
      branchesNamed([branchId], now),
      standingOf(member, chain, { now, today }),
    ]);
    const { place = null, birthday, childBirthday = null } = member;
    const branchPlace = (branchId === null ? null : branches.get(branchId)?.place) ?? null;
    return done({
      ...briefOf(member, branches),
      placement,
      sentence: standing.sentence,
      paidOrders: facts.paidOrders,
      paidFen: facts.paidFen,
      aovFen: aovOf(facts),
      rulesVersion: placement.rulesVersion,
      lapsed: placement.quiet === null ? null : lapsedSubTierOf(facts, placement.quiet, standing.cut),
      rhythm: rhythmOf(facts, member.value, chain.rhythm ?? null, today),
      refills: refillsOf(facts, standing.rules, today),
      tags: tagsOf({ facts, birthday, childBirthday, place, branchPlace }, today),
      visits: facts.visits,
      formerNos: member.formerNos ?? [],
      optedOut: member.optOut !== null,
    });
  },
};

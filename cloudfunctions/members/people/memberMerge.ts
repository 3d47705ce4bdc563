import * as z from 'zod';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { MergeVerdict, PeopleContract } from '../../../miniprogram/contract/people';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import { explainPlacement } from '../../../miniprogram/domain/membership/explain';
import { factsOf } from '../../../miniprogram/domain/membership/facts';
import type { Acting, Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { placedBy, placingOn } from '../../common/flows/placing';
import { beginMerge, finishMerge } from '../../common/people/merging';
import { countRows } from '../../common/people/moving';
import { stricterConsent, unitedDays } from '../../common/people/united';
import { campaignById } from '../../common/store/campaigns';
import { chainSettings } from '../../common/store/chain';
import type { MemberDoc, MergeDoc } from '../../common/store/documents';
import { ordersOf } from '../../common/store/orders';
import { branchesNamed } from '../../common/store/remembered';
import { table } from '../../common/store/table';
import { branchIdOfMember, briefOf } from '../brief';

interface Pair {
  keep: MemberDoc;
  gone: MemberDoc;
  /** null = nothing has been done yet */
  merge: MergeDoc | null;
}

const refused = (detail: string): Result<never, Failure> => refuse({ code: 'merge-refused', detail });

/** The two members, the one that goes also from an earlier try of the same merge. Two calls. */
async function pairOf(keepId: string, goneId: string): Promise<Result<Pair, Failure>> {
  if (keepId === goneId) return refused('两个号是同一个会员号');
  const [members, merges] = await Promise.all([
    table('members').findMany([keepId, goneId]),
    table('merges').findMany([keepId, goneId]),
  ]);
  const found = (id: string) => members.find((one) => one._id === id);
  const merge = merges.find((one) => one._id === goneId) ?? null;
  const moved = merges.find((one) => one._id === keepId);
  if (moved) return refused(`要保留的会员号已并入${moved.into}，请改选${moved.into}`);
  if (merge && merge.into !== keepId) return refused(`会员号${goneId}已并入${merge.into}`);
  const keep = found(keepId);
  const gone = found(goneId) ?? merge?.member;
  if (!keep) return refuse({ code: 'not-found', detail: '要保留的会员' });
  if (!gone) return refuse({ code: 'not-found', detail: '要并入的会员' });
  return done({ keep, gone, merge });
}

/** Why two members must stay two; null when they may be merged. A call for each campaign they are in. */
async function objectionTo({ keep, gone }: Pair): Promise<string | null> {
  if (keep.openid !== null && gone.openid !== null && keep.openid !== gone.openid) {
    return '她们绑定了两个不同的微信，可能是两个人，请先和顾客核实';
  }
  for (const id of new Set([keep.campaignId, gone.campaignId])) {
    const campaign = id === null ? null : await campaignById(id);
    if (campaign?.status === 'launching' || campaign?.pausedFrom === 'launching') {
      return '她所在的活动正在下发，请等下发完成后再合并';
    }
  }
  return null;
}

/** What merging would do, from what stands; nothing is written. About eight calls. */
async function foreseen({ keep, gone }: Pair, { now, today }: Acting): Promise<MergeVerdict> {
  const [counts, orders, chain, branches] = await Promise.all([
    countRows(gone._id),
    ordersOf([keep._id, gone._id]),
    chainSettings(),
    branchesNamed([branchIdOfMember(keep), branchIdOfMember(gone)], now),
  ]);
  const facts = factsOf(
    orders,
    unitedDays(keep.visitDays, gone.visitDays),
    unitedDays(keep.browseDays ?? [], gone.browseDays ?? []),
  );
  const { placement } = placedBy(placingOn(chain, today), facts);
  return {
    kept: briefOf(keep, branches),
    gone: briefOf(gone, branches),
    ...counts,
    optedOut: stricterConsent(keep.optOut, gone.optOut) !== null,
    sentence: explainPlacement(facts, placement, chain.rules, chain.aovCut, today),
  };
}

/** What a merge has done, from its own record and the member as she stands now. Three calls. */
async function verdictOn(merge: MergeDoc, { now, today }: Acting): Promise<MergeVerdict> {
  const [keep, chain] = await Promise.all([table('members').find(merge.into), chainSettings()]);
  if (!keep) throw new Error(`member ${merge.into} is missing after a merge`);
  const branches = await branchesNamed([branchIdOfMember(keep), branchIdOfMember(merge.member)], now);
  return {
    kept: briefOf(keep, branches),
    gone: briefOf(merge.member, branches),
    ...merge.counts,
    optedOut: keep.optOut !== null,
    sentence: explainPlacement(keep.facts, keep.placement, chain.rules, chain.aovCut, today),
  };
}

/**
 * Makes two numbers of one person one. The kept number gets orders, tasks, touches, coupons and visits, the stricter
 * consent, and what she left blank; the other leaves every list, and whatever still comes in under it goes to the kept
 * one. Cut off anywhere it is finished by asking again, or by a timer; asking again after it is done answers the same.
 */
export const memberMerge: Actions<PeopleContract>['member.merge'] = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({ keepId: anId, goneId: anId, dryRun: z.boolean() }),
  async run(acting, { keepId, goneId, dryRun }) {
    const found = await pairOf(keepId, goneId);
    if (!found.ok) return found;
    const pair = found.value;
    let { merge } = pair;
    if (!merge) {
      const objection = await objectionTo(pair);
      if (objection !== null) return refused(objection);
      if (dryRun) return done(await foreseen(pair, acting));
      const begun = await beginMerge(pair.keep, pair.gone, acting);
      if (!begun.ok) return begun;
      merge = begun.value;
    }
    if (!dryRun && merge.state === 'moving' && !(await finishMerge(merge, acting))) {
      return refuse({ code: 'busy' });
    }
    return done(await verdictOn(merge, acting));
  },
};

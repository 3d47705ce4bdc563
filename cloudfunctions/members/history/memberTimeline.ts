import * as z from 'zod';
import type { HistoryContract, MemberTimeline } from '../../../miniprogram/contract/history';
import { done } from '../../../miniprogram/domain/kernel/result';
import { timelineOf } from '../../../miniprogram/domain/membership/history/timeline';
import type { Action } from '../../common/entry/action';
import { aDay, anId } from '../../common/entry/asks';
import { standingOf } from '../../common/flows/standing';
import { chainSettings } from '../../common/store/chain';
import type { MemberDoc } from '../../common/store/documents';
import { couponsOfMember, mergesAmong, touchesOf } from '../../common/store/histories';
import { branchesNamed } from '../../common/store/remembered';
import { entriesOfCoupon, entryOfLine, entryOfMerge, entryOfTouch } from './entries';
import { pageOfEntries } from './entries';
import type { DatedEntry } from './entries';
import { knownOf } from './known';
import { reachedMember } from './reach';

const PAGE = 50;

async function entriesOf(member: MemberDoc, now: number, today: MemberTimeline['entries'][number]['on']) {
  const [known, touches, coupons, merges] = await Promise.all([
    knownOf(member, now),
    touchesOf(member._id),
    couponsOfMember(member),
    mergesAmong(member.formerNos ?? []),
  ]);
  const { history, versions, cuts } = known;
  const branches = await branchesNamed(
    history.orders.map((order) => order.branchId),
    now,
  );
  const nameOf = (branchId: string) => branches.get(branchId)?.name;
  const lines = timelineOf(history, versions, cuts, today, nameOf);
  // Entries of one instant keep the order in which they stand here: a turn above the event that brought it about.
  const entries: DatedEntry[] = [
    ...lines.map(entryOfLine),
    ...touches.filter(({ undoneAt }) => undoneAt === undefined).map(entryOfTouch),
    ...coupons.flatMap(entriesOfCoupon),
    ...merges.map(entryOfMerge),
  ];
  return entries;
}

/**
 * A member's life with the shop, newest first, at least 50 entries a page and never half a day. Eight to eleven calls
 * beside the caller's scope, most of them at the same time.
 */
export const memberTimeline: Action<HistoryContract['member.timeline']['ask'], MemberTimeline> = {
  who: ['hq', 'manager', 'clerk'],
  writes: false,
  ask: z.strictObject({ memberId: anId, before: aDay.optional() }),
  async run({ scope, now, today }, { memberId, before }) {
    const reached = await reachedMember(scope, memberId);
    if (!reached.ok) return reached;
    const member = reached.value;
    const [entries, chain] = await Promise.all([entriesOf(member, now, today), chainSettings()]);
    const { sentence } = await standingOf(member, chain, { now, today });
    return done({
      memberId: member._id,
      name: member.name,
      phoneTail: member.phoneTail,
      lifecycle: member.lifecycle,
      value: member.value,
      sentence,
      rulesVersion: member.placement.rulesVersion,
      ...pageOfEntries(entries, before ?? null, PAGE),
    });
  },
};

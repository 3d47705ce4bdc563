import type { Failure } from '../../../miniprogram/contract/failures';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { Moment } from '../flows/retier';
import { retierFromOrders } from '../flows/retier';
import { chainSettings } from '../store/chain';
import type { MemberDoc, MergeDoc } from '../store/documents';
import { awaitPlacing } from '../store/members';
import { mergesInTheWay, unsettledMerges } from '../store/people';
import { againWhenRaced } from '../store/raced';
import { eachForItself } from '../flows/eachForItself';
import { table } from '../store/table';
import { countRows, moveRows } from './moving';
import { consentIs, uniteInto } from './uniting';

/** A merge this old is not being worked on any more. */
const CUT_OFF_MS = 60_000;
/** Whoever looked a number up before it was gone has written by then. */
const SWEEP_AGAIN_MS = 10 * 60_000;

/**
 * Notes that a number goes, so that the merge can be taken up wherever it is cut off. Of two merges that get in each
 * other's way (one into the other, or a chain) both may be refused, never both done. Six calls.
 */
export async function beginMerge(
  keep: MemberDoc,
  gone: MemberDoc,
  { now }: Moment,
): Promise<Result<MergeDoc, Failure>> {
  const note: MergeDoc = {
    _id: gone._id,
    into: keep._id,
    at: now,
    state: 'moving',
    counts: await countRows(gone._id),
    member: gone,
  };
  const merges = table('merges');
  if (!(await merges.addNew(note))) {
    const standing = await merges.find(gone._id);
    if (standing?.into === keep._id) return done(standing);
  } else if ((await mergesInTheWay(keep._id, gone._id)) === 0) {
    return done(note);
  } else {
    await merges.removeAll({ _id: gone._id, into: keep._id, state: 'moving', at: now });
  }
  return refuse({ code: 'merge-refused', detail: '其中一个会员号正在与别的号合并，请过一分钟再试' });
}

/**
 * Takes the document of the number away, if nothing that matters was written on it since it was read: no opt-out, no
 * visit, no account is ever lost with it. (A touch is a row of its own as well, and moves.) Two calls.
 */
async function takeAway(read: MemberDoc): Promise<boolean> {
  await table('merges').changeIf({ _id: read._id }, { member: read });
  const { _id, tieredAt, waiting, openid, optOut, answeredAt, campaignId } = read;
  const asRead = { _id, tieredAt, waiting, openid, campaignId, answeredAt: answeredAt ?? null };
  return (await table('members').removeAll({ ...asRead, ...consentIs(optOut) })) > 0;
}

/** Unites, moves and takes away, from whatever an earlier try has left. @returns null when other writers kept coming */
async function moveOver({ _id: goneId, into }: MergeDoc): Promise<true | null> {
  const gone = await table('members').find(goneId);
  if (gone) await uniteInto(into, gone);
  const keep = await table('members').find(into);
  if (!keep) throw new Error(`member ${into} is missing while ${goneId} moves into her`);
  await moveRows(goneId, keep);
  // Should the rest be cut off, whoever settles places her by the orders that came.
  await awaitPlacing([into]);
  return gone === null || (await takeAway(gone)) ? true : null;
}

/**
 * Brings a merge to its end, from wherever it was cut off. Every step may be repeated; the number leaves `members` only
 * after everything of it has moved, and rows that came meanwhile move after it. At the end the kept member is computed
 * anew from all her orders. About thirty calls, and one for each task and each touch of the contact window.
 *
 * @returns false when other writers kept coming between; what was done stands, and repeating goes on
 */
export async function finishMerge(merge: MergeDoc, at: Moment): Promise<boolean> {
  const { _id: goneId, into } = merge;
  // Numbers that live on in her follow, so that finding anybody is one step.
  await table('merges').changeAll({ into: goneId }, { into });
  if (!(await againWhenRaced(() => moveOver(merge)))) return false;
  const keep = await table('members').find(into);
  if (!keep) return false;
  await moveRows(goneId, keep);
  const chain = await chainSettings();
  const placed = await againWhenRaced(async () =>
    (await retierFromOrders([into], chain, at)).lost.length === 0 ? true : null,
  );
  if (!placed) return false;
  await table('merges').changeIf({ _id: goneId, into, state: 'moving' }, { state: 'swept', at: at.now });
  return true;
}

/**
 * Takes up merges that were cut off, and sweeps once more after those that ended a while ago: a till that had looked the
 * number up before it was gone may have written under it since. For a timer; one call when there is nothing to do.
 *
 * @returns how many were worked on
 */
export async function finishMerges(at: Moment): Promise<number> {
  const merges = await unsettledMerges(at.now - CUT_OFF_MS, at.now - SWEEP_AGAIN_MS);
  const finish = async (merge: (typeof merges)[number]) => {
    const isDone = await finishMerge(merge, at);
    if (isDone && merge.state === 'swept') {
      await table('merges').changeIf({ _id: merge._id, state: 'swept' }, { state: 'done' });
    }
  };
  await eachForItself(merges, ({ _id }) => _id, finish);
  return merges.length;
}

import { startOf } from '../../../miniprogram/domain/kernel/day';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import { takenBack } from '../../../miniprogram/domain/offers/points';
import { nextReferral, rewardDay, USUAL_REFERRAL } from '../../../miniprogram/domain/offers/referral';
import type { ReferralEvent, ReferralTerms } from '../../../miniprogram/domain/offers/referral';
import { isSamePhone } from '../people/phones';
import type { PointsDoc, ReferralDoc } from '../store/documents';
import { command, PAGE_LIMIT, table } from '../store/table';
import { entryOf, refreshLoyalty } from './loyalty';

/** What was promised when the friend came; later settings change nothing of it. */
export const termsFor = ({ terms }: Pick<ReferralDoc, 'terms'>): ReferralTerms => terms ?? USUAL_REFERRAL;

/** Moves one on, if it is still as it was read. @returns the one that stands then; null when others came between */
async function moveOn(
  read: ReferralDoc,
  event: ReferralEvent,
  orderId?: string,
): Promise<ReferralDoc | null> {
  const terms = termsFor(read);
  const next = nextReferral(read, event, terms);
  if (!next.ok || next.value === read) return read;
  const { state, boughtAt } = next.value;
  const change = {
    state,
    boughtAt,
    dueAt: state === 'bought' && boughtAt !== null ? startOf(rewardDay(boughtAt, terms.refundDays)) : null,
    ...(orderId === undefined ? {} : { orderId }),
    ...(state === 'rewarded' || state === 'void' ? { owes: 1 as const } : {}),
  };
  const isMoved = await table('referrals').changeIf({ _id: read._id, state: read.state }, change);
  return isMoved ? { ...read, ...change } : null;
}

/** A friend used a coupon in this order: her invitation has its purchase. One or two calls. */
export async function friendBought(memberId: string, orderId: string, netFen: number, at: Ms): Promise<void> {
  const referral = await table('referrals').findOne({ friendId: memberId, state: 'registered' });
  if (referral) await moveOn(referral, { kind: 'paid', netFen, redeemed: true, at }, orderId);
}

/** An order was returned: an invitation that counted on it does so no longer, and what it brought goes back. */
export async function friendReturned(orderId: string, netFen: number, now: Ms): Promise<void> {
  const referral = await table('referrals').findOne({ orderId });
  if (!referral) return;
  const moved = await moveOn(referral, { kind: 'refunded', netFen, at: now });
  if (moved?.owes === 1) await settleReferral(moved._id, now);
}

/** The lines that an invitation owes its two members' ledgers. */
async function linesFor(referral: ReferralDoc, now: Ms): Promise<PointsDoc[]> {
  const { _id, inviterId, friendId, state } = referral;
  const { inviterPoints, friendPoints } = termsFor(referral);
  const sides = [
    ['inviter', inviterId, inviterPoints],
    ['friend', friendId, friendPoints],
  ] as const;
  const lines: PointsDoc[] = [];
  for (const [side, memberId, points] of sides) {
    if (memberId === null) continue;
    const giving = `referral:${_id}:${side}`;
    if (state === 'rewarded') {
      lines.push({
        _id: giving,
        memberId,
        points,
        at: now,
        expiresOn: null,
        why: 'referral',
      });
      continue;
    }
    const ledger = await table('points').all({ memberId }, PAGE_LIMIT);
    const back = takenBack(ledger.map(entryOf), giving, `back:${giving}`, now);
    if (back) {
      lines.push({
        _id: back.id,
        memberId,
        points: back.points,
        at: now,
        expiresOn: null,
        from: giving,
        why: 'back',
      });
    }
  }
  return lines;
}

/** Gives both their points, or takes them back. Cut off anywhere it is done again by the sweeper. */
export async function settleReferral(id: string, now: Ms): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    const referral = await table('referrals').find(id);
    if (referral?.owes !== 1) return;
    await table('points').addMissing(await linesFor(referral, now));
    for (const memberId of [referral.inviterId, referral.friendId]) {
      if (memberId !== null) await refreshLoyalty(memberId, now);
    }
    // Returned in the meantime: then there is something to take back.
    if (await table('referrals').changeIf({ _id: id, state: referral.state }, { owes: 0 })) return;
  }
}

/**
 * Are the two one person? She may have told her number only after she came, so it is looked at again before anything is
 * given. One call.
 */
async function areOnePerson({ inviterId, friendId }: ReferralDoc): Promise<boolean> {
  if (friendId === null) return false;
  const both = await table('members').findMany([inviterId, friendId]);
  const [one, other] = both;
  return one !== undefined && other !== undefined && isSamePhone(one.phone, other.phone);
}

/** Nobody is rewarded for inviting herself. One call. */
const voidIt = ({ _id }: ReferralDoc): Promise<boolean> =>
  table('referrals').changeIf({ _id, state: 'bought' }, { state: 'void', dueAt: null, isSelf: true });

/** Invitations whose friend's purchase can no longer be returned, and those that were cut off. Two calls when none. */
export async function rewardReferrals({ now, today }: { now: Ms; today: Day }): Promise<number> {
  const ripe = await table('referrals').page({
    where: { state: 'bought', dueAt: command().lte(now) },
    limit: 100,
  });
  for (const referral of ripe) {
    if (await areOnePerson(referral)) await voidIt(referral);
    else await moveOn(referral, { kind: 'day', today });
  }
  const owing = await table('referrals').page({ where: { owes: 1 }, limit: 100 });
  for (const { _id } of owing) await settleReferral(_id, now);
  return owing.length;
}

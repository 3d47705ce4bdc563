import { addDays, dayOf } from '../../../miniprogram/domain/kernel/day';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { keptBy } from '../../../miniprogram/domain/offers/level';
import { couponsIn } from '../../../miniprogram/domain/offers/pack';
import { takenBack } from '../../../miniprogram/domain/offers/points';
import type { CouponDoc, PointsDoc, TaskDoc } from '../store/documents';
import { PAGE_LIMIT, table } from '../store/table';
import type { GiftTask } from '../store/tasks';
import { catchUp } from './catchUp';
import { entryOf, refreshLoyalty } from './loyalty';
import { couponsOfPack, inRound, packCouponId, roundOf } from './packCoupons';

const ATTEMPTS = 8;

/** Adds the coupons of a pack that its claim did not get to. @returns the whole pack */
async function completePack(first: CouponDoc, task: GiftTask): Promise<CouponDoc[]> {
  const ids = couponsIn(task.offer).map((_, n) => packCouponId(task, n));
  const standing = ids.length > 1 ? await table('coupons').findMany(ids) : [first];
  if (standing.length === ids.length || first.seed === undefined) return standing;
  const known = new Set(standing.map(({ _id }) => _id));
  const { stock, budget, seed, device, openid, claimedAt, branchIds } = first;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const all = couponsOfPack({
      task,
      member: { _id: first.memberId, name: first.memberName, phoneTail: first.phoneTail },
      openid,
      claimedAt,
      branchIds,
      seed,
      attempt,
      stock,
      budget: budget && { pot: budget.pot, token: budget.token },
      device,
      owes: false,
    });
    for (const coupon of all) {
      if (!known.has(coupon._id) && (await table('coupons').addNew(coupon))) known.add(coupon._id);
    }
    if (known.size === ids.length) break;
  }
  return table('coupons').findMany(ids);
}

const isUsed = ({ status }: CouponDoc): boolean => status === 'used';

/** A care task has no gift and no coupons. */
const isGift = (task: TaskDoc): task is GiftTask => task.offer !== null;

/** How often the pack's redemption was taken back as a whole. */
const timesBack = (entries: readonly PointsDoc[], packId: string): number =>
  entries.filter(({ _id }) => _id.startsWith(`back:use:${packId}:`)).length;

/** The points line for using the pack, or for taking that back; null when the ledger says what is true. */
function useLine(
  task: GiftTask,
  pack: readonly CouponDoc[],
  entries: PointsDoc[],
  now: Ms,
): PointsDoc | null {
  const { points } = task.offer;
  const memberId = pack[0]?.memberId;
  if (!points || points.on !== 'redeem' || memberId === undefined) return null;
  const packId = packCouponId(task, 0);
  const giving = `use:${packId}:${timesBack(entries, packId)}`;
  const isGiven = entries.some(({ _id }) => _id === giving);
  if (pack.some(isUsed) === isGiven) return null;
  if (!isGiven) {
    const expiresOn = points.validDays === null ? null : addDays(dayOf(now), points.validDays);
    return { _id: giving, memberId, points: points.points, at: now, expiresOn, why: 'use' };
  }
  const back = takenBack(entries.map(entryOf), giving, `back:${giving}`, now);
  // Points that had ended meanwhile: the line stands with nothing in it, so that a later use is a new one.
  return {
    _id: `back:${giving}`,
    memberId,
    points: back?.points ?? 0,
    at: now,
    expiresOn: null,
    from: giving,
    why: 'back',
  };
}

/** Points and the kept level that come with a claim. Each has its natural key, so doing it again does nothing. */
async function grant(first: CouponDoc, task: GiftTask): Promise<boolean> {
  const { points, levelKeep } = task.offer;
  const { memberId, claimedAt } = first;
  const on = dayOf(claimedAt);
  let isNew = false;
  if (points?.on === 'claim') {
    isNew = await table('points').addNew({
      _id: `pack:${first._id}`,
      memberId,
      points: points.points,
      at: claimedAt,
      expiresOn: points.validDays === null ? null : addDays(on, points.validDays),
      why: 'pack',
    });
  }
  if (levelKeep) {
    const kept = keptBy(levelKeep, on);
    isNew =
      (await table('levels').addNew({
        _id: `keep:${first._id}`,
        memberId,
        at: claimedAt,
        why: 'pack',
        ...kept,
      })) || isNew;
  }
  return isNew;
}

/**
 * Brings everything that follows from a pack in line with its coupons: the coupons that are missing, the points and the
 * kept level of the claim, points of using it (and their taking back), the steps of the task. Each step is written
 * under a natural key or on a condition, so it may be cut off anywhere and done again by anybody, in the same call, by
 * the sweeper, or both at once.
 *
 * @param which any coupon of the pack, as it was read
 */
export async function settlePack(which: CouponDoc, read: TaskDoc | null, now: Ms): Promise<void> {
  const standing = read ?? (await table('tasks').find(which.taskId));
  if (!standing || !isGift(standing)) return void (await isSettled(which));
  const round = roundOf(which);
  const task = inRound(standing, round);
  const firstId = packCouponId(task, 0);
  const first = which._id === firstId ? which : await table('coupons').find(firstId);
  if (first) {
    const pack = await completePack(first, task);
    const { points, levelKeep } = task.offer;
    let isNew = await grant(first, task);
    if (points?.on === 'redeem') {
      const entries = await table('points').all({ memberId: first.memberId }, PAGE_LIMIT);
      const line = useLine(task, pack, entries, now);
      if (line) isNew = (await table('points').addNew(line)) || isNew;
    }
    // Also when nothing was new: whoever wrote the line may have died before the member's own document.
    if (isNew || points || levelKeep) await refreshLoyalty(first.memberId, now);
    const used = pack.find(isUsed);
    // A pack of an earlier round has had its steps; those of the task are the newer one's.
    if (round < (standing.round ?? 0)) return void (await isSettled(which));
    await catchUp(standing, { ...first, redeemed: used?.redeemed ?? null }, first.claimedAt);
    if (!used && standing.redeemedAt !== null) {
      await table('tasks').changeIf({ _id: task._id, redeemedAt: standing.redeemedAt }, { redeemedAt: null });
    }
  }
  await isSettled(which);
}

/** Says so, unless the coupon was used or given back meanwhile: then there is something new to look at. */
async function isSettled(read: CouponDoc): Promise<void> {
  if (read.owes !== 1) return;
  await table('coupons').changeIf(
    {
      _id: read._id,
      status: read.status,
      'redeemed.at': read.redeemed?.at ?? null,
    },
    { owes: 0 },
  );
}

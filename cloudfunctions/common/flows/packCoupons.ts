import { stableHash } from '../../../miniprogram/domain/kernel/stableHash';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { worstFenOf } from '../../../miniprogram/domain/offers/margin';
import { couponsIn } from '../../../miniprogram/domain/offers/pack';
import { secretWordOf } from '../../../miniprogram/domain/offers/secretWord';
import { expiryOf } from '../../../miniprogram/domain/offers/validity';
import type { CouponDoc, PotTaken } from '../store/documents';
import type { GiftTask } from '../store/tasks';

/** From this attempt on the word gets two more digits: the plain words of a large chain run low one day. */
const LONGER_FROM = 3;
/** In `heldDue`: nothing will change by the calendar. */
export const NEVER = 9_999_999_999_999;

/** What all coupons of a pack have in common. */
export interface PackClaim {
  task: GiftTask;
  member: { _id: string; name: string; phoneTail: string };
  openid: string;
  claimedAt: Ms;
  /** where the campaign's coupons are good; null = everywhere */
  branchIds: string[] | null;
  seed: string;
  attempt: number;
  stock?: PotTaken | undefined;
  budget?: PotTaken | undefined;
  device?: string | undefined;
  /** something besides the coupons follows, or is left to the sweeper */
  owes: boolean;
}

/** @example digitsOf('k3m9', 8) // → eight digits, the same for the same seed */
function digitsOf(seed: string, length: number): string {
  return String(stableHash(seed) % 10 ** length).padStart(length, '0');
}

/** The eight digits and the secret word of a coupon; each attempt of a pack draws others where they were taken. */
export function drawnFrom(seed: string, attempt: number): Pick<CouponDoc, 'code' | 'secretWord'> {
  const word = secretWordOf(`word:${seed}`);
  return {
    code: digitsOf(`code:${seed}`, 8),
    secretWord: attempt < LONGER_FROM ? word : `${word}${digitsOf(`more:${seed}`, 2)}`,
  };
}

/** The id of the n-th coupon of a task's pack. @example packCouponId({ _id: 'c1:M1', round: 1 }, 2) // → 'c1:M1:12' */
export const packCouponId = ({ _id, round = 0 }: Pick<GiftTask, '_id' | 'round'>, n: number): string =>
  `${_id}:${round * 10 + n}`;

/** The round a coupon was claimed in. @example roundOf({ _id: 'c1:M1:12', taskId: 'c1:M1' }) // → 1 */
export const roundOf = ({ _id, taskId }: Pick<CouponDoc, '_id' | 'taskId'>): number =>
  Math.floor(Number(_id.slice(taskId.length + 1)) / 10);

/** A task as it stood in a round: once the follow-up's offer counts, the first one is the earlier. */
export function inRound(task: GiftTask, round: number): GiftTask {
  const isEarlier = round < (task.round ?? 0);
  return { ...task, round, offer: (isEarlier ? task.earlierOffer : null) ?? task.offer };
}

/** What a coupon without a bound ties up of a budget; the plan refuses such a one, this is for plans of before. */
const UNBOUNDED_FEN = 10_000;

/** The most a pack of this offer ties up of a branch's budget. */
export function packHoldsFen(offer: GiftTask['offer']): number {
  return couponsIn(offer).reduce((sum, { rule }) => sum + (worstFenOf(rule) ?? UNBOUNDED_FEN), 0);
}

/** The coupons of a pack as they are issued; the same claim, seed and attempt always give the same. */
export function couponsOfPack(claim: PackClaim): CouponDoc[] {
  const { task, member, claimedAt, attempt, stock, budget, device } = claim;
  const templates = couponsIn(task.offer);
  return templates.map(({ title, rule, validity, scope, branchIds, stacking }, n): CouponDoc => {
    const seed = n === 0 ? claim.seed : `${claim.seed}:${n}:${attempt}`;
    const expiresAt = expiryOf(validity, claimedAt);
    const worstFen = worstFenOf(rule) ?? UNBOUNDED_FEN;
    return {
      _id: packCouponId(task, n),
      taskId: task._id,
      campaignId: task.campaignId,
      memberId: member._id,
      memberName: member.name,
      phoneTail: member.phoneTail,
      openid: claim.openid,
      title,
      rule,
      ...(scope ? { scope } : {}),
      ...(stacking ? { stacking } : {}),
      trial: n === 0 ? task.offer.trial : null,
      branchIds: branchIds ?? claim.branchIds,
      status: 'unused',
      ...drawnFrom(seed, attempt),
      claimedAt,
      expiresAt,
      redeemed: null,
      ...(stock && n === 0 ? { stock } : {}),
      ...(budget ? { budget: { ...budget, worstFen, heldFen: worstFen }, heldDue: expiresAt } : {}),
      ...(claim.owes && n === 0 ? { owes: 1 as const } : {}),
      ...(templates.length > 1 && n === 0 ? { seed: claim.seed } : {}),
      ...(device === undefined ? {} : { device }),
    };
  });
}

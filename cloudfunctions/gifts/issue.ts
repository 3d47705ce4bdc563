import { stableHash } from '../../miniprogram/domain/kernel/stableHash';
import type { Ms } from '../../miniprogram/domain/kernel/day';
import { couponStatusAt } from '../../miniprogram/domain/offers/coupon';
import { couponExpiry } from '../../miniprogram/domain/offers/claim';
import { secretWordOf } from '../../miniprogram/domain/offers/secretWord';
import type { Acting } from '../common/entry/action';
import type { CampaignDoc, CouponDoc } from '../common/store/documents';
import { table } from '../common/store/table';
import { couponFactOf } from '../common/store/coupons';
import { couponIdOf } from '../common/store/tasks';
import type { Gift } from '../common/store/tasks';
import { couponBranchIds } from './page';

const ATTEMPTS = 8;
/** From this attempt on the word gets two more digits: the plain words of a large chain run low one day. */
const LONGER_FROM = 3;

/** @example digitsOf('k3m9', 8) // → eight digits, the same for the same seed */
function digitsOf(seed: string, length: number): string {
  return String(stableHash(seed) % 10 ** length).padStart(length, '0');
}

function newCoupon(acting: Acting, gift: Gift, campaign: CampaignDoc | null, attempt: number): CouponDoc {
  const { task, member } = gift;
  const seed = acting.newToken(20);
  const word = secretWordOf(`word:${seed}`);
  return {
    _id: couponIdOf(task),
    taskId: task._id,
    campaignId: task.campaignId,
    memberId: member._id,
    memberName: member.name,
    phoneTail: member.phoneTail,
    openid: acting.scope.openid,
    title: task.offer.title,
    rule: task.offer.rule,
    trial: task.offer.trial,
    branchIds: couponBranchIds(campaign),
    status: 'unused',
    code: digitsOf(`code:${seed}`, 8),
    secretWord: attempt < LONGER_FROM ? word : `${word}${digitsOf(`more:${seed}`, 2)}`,
    claimedAt: acting.now,
    expiresAt: couponExpiry(acting.now, task.offer.validHours),
    redeemed: null,
  };
}

/**
 * The coupon of the first round, while it is good: she may have claimed it in the very moment in which the second round
 * began, and nobody holds two. One call.
 */
async function goodFirst({ task }: Gift, now: Ms): Promise<CouponDoc | null> {
  const first = await table('coupons').find(couponIdOf({ _id: task._id }));
  return first && couponStatusAt(couponFactOf(first), now) === 'unused' ? first : null;
}

/**
 * Issues the one coupon of a gift. Its `_id` follows from the task, so of any number of taps one insert succeeds and
 * all others find that coupon. A code or secret word that is taken is drawn again.
 *
 * @returns null when no free code was drawn in eight attempts; the caller then says `busy`
 */
export async function issueCoupon(
  acting: Acting,
  gift: Gift,
  campaign: CampaignDoc | null,
): Promise<CouponDoc | null> {
  const first = (gift.task.round ?? 0) > 0 ? await goodFirst(gift, acting.now) : null;
  if (first) return first;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const coupon = newCoupon(acting, gift, campaign, attempt);
    if (await table('coupons').addNew(coupon)) return coupon;
    const standing = await table('coupons').find(coupon._id);
    if (standing) return standing;
  }
  return null;
}

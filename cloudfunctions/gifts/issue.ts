import type { Ms } from '../../miniprogram/domain/kernel/day';
import { couponStatusAt } from '../../miniprogram/domain/offers/coupon';
import { hasMore } from '../../miniprogram/domain/offers/pack';
import type { Acting } from '../common/entry/action';
import { couponsOfPack, packHoldsFen } from '../common/flows/packCoupons';
import type { CampaignDoc, CouponDoc, PotTaken } from '../common/store/documents';
import { giveBack, takeFrom, takingStands } from '../common/store/pots';
import type { PlannedPot } from '../common/store/pots';
import { table } from '../common/store/table';
import { couponFactOf } from '../common/store/coupons';
import { couponIdOf } from '../common/store/tasks';
import type { Gift } from '../common/store/tasks';
import { couponBranchIds } from './page';
import { budgetOf, stockOf } from './pots';

const ATTEMPTS = 8;

interface Taking extends PotTaken {
  plan: PlannedPot;
  amount: number;
  at: Ms;
}

/** Takes what the pack needs of its budget and its stock, or nothing. `soldOut` names what both mean to the member. */
async function takeAll(
  acting: Acting,
  { task }: Gift,
  campaign: CampaignDoc | null,
): Promise<Taking[] | 'soldOut' | 'busy'> {
  const claim = couponIdOf(task);
  const [stock, budget] = [stockOf(task), budgetOf(task, campaign)];
  const wanted = [
    ...(budget ? [{ plan: budget, amount: packHoldsFen(task.offer) }] : []),
    ...(stock ? [{ plan: stock, amount: 1 }] : []),
  ];
  const taken: Taking[] = [];
  for (const { plan, amount } of wanted) {
    const got = await takeFrom(plan, claim, amount, acting.now, acting.newToken(8));
    if (got === null || got === 'busy') {
      for (const one of taken) await giveBack(one.plan.name, one.pot, claim, one);
      return got === null ? 'soldOut' : 'busy';
    }
    taken.push({ ...got, plan, amount });
  }
  return taken;
}

const potTaken = (taken: readonly Taking[], name: PlannedPot['name']): PotTaken | undefined => {
  const one = taken.find(({ plan }) => plan.name === name);
  return one && { pot: one.pot, token: one.token };
};

/** What a claim that lost to another tap of the same person took besides goes back; the winner's stands. */
async function settleTakings(taken: readonly Taking[], coupon: CouponDoc): Promise<void> {
  for (const one of taken) {
    const kept = one.plan.name === 'stock' ? coupon.stock : coupon.budget;
    if (kept?.token === one.token) takingStands(one.plan.name, one, coupon._id);
    else await giveBack(one.plan.name, one.pot, coupon._id, one);
  }
}

/**
 * The first coupon of the first round, while it is good: she may have claimed it in the very moment in which the second
 * round began, and nobody holds two packs. One call.
 */
async function goodFirst({ task }: Gift, now: Ms): Promise<CouponDoc | null> {
  const first = await table('coupons').find(couponIdOf({ _id: task._id }));
  return first && couponStatusAt(couponFactOf(first), now) === 'unused' ? first : null;
}

/**
 * Issues the coupons of a gift. The first one's `_id` follows from the task and its round: of any number of taps one insert succeeds
 * and all others find that coupon; whatever else the pack holds follows from it. From a limited stock or budget the
 * claim takes first, under its own name, so that a repetition finds its taking instead of taking again; a taking that
 * never gets a coupon is given back by the sweeper. A code or secret word that is taken is drawn again.
 *
 * One call, one more for a stock and one for a budget.
 *
 * @returns `soldOut` when stock or budget is used up; `busy` when no free code was drawn, or others were always faster
 */
export async function issuePack(
  acting: Acting,
  gift: Gift,
  campaign: CampaignDoc | null,
  device: string | undefined,
): Promise<CouponDoc | 'soldOut' | 'busy'> {
  const { task, member } = gift;
  const first = (task.round ?? 0) > 0 ? await goodFirst(gift, acting.now) : null;
  if (first) return first;
  const taken = await takeAll(acting, gift, campaign);
  if (taken === 'soldOut' || taken === 'busy') {
    // The piece may have gone to her own other tap.
    return (await table('coupons').find(couponIdOf(task))) ?? taken;
  }
  const isLeftToSweeper = taken.length > 0 || hasMore(task.offer);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const coupons = couponsOfPack({
      task,
      member,
      openid: acting.scope.openid,
      claimedAt: acting.now,
      branchIds: couponBranchIds(campaign),
      seed: acting.newToken(20),
      attempt,
      stock: potTaken(taken, 'stock'),
      budget: potTaken(taken, 'budgets'),
      device,
      owes: isLeftToSweeper,
    });
    const isIssued = await table('coupons').tryAddAll(coupons);
    const standing = isIssued ? coupons[0] : await table('coupons').find(couponIdOf(task));
    if (standing) {
      await settleTakings(taken, standing);
      return standing;
    }
  }
  return 'busy';
}

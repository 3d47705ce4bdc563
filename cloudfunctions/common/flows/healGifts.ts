import { chunk } from 'lodash-es';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { CouponDoc, PotDoc, PotTaken } from '../store/documents';
import { claimOf, clearTakes, dirtyPots, giveBack, potIsClean } from '../store/pots';
import type { PotName } from '../store/pots';
import { command, PAGE_LIMIT, table } from '../store/table';
import { inFlight } from './inFlight';
import { loyaltyDue, refreshLoyalty } from './loyalty';
import type { Moment } from './retier';
import { rewardReferrals } from './referrals';
import { settleBudget } from './settleBudget';
import { settlePack } from './settleCoupon';
import { owingSurveys, settleSurvey } from './settleSurvey';

/** A taking without a coupon goes back after this long: thirty times what the function that took it lives. */
export const TAKE_LIVES_MS = 600_000;
const PAGE = 200;
const MOST_PAGES = 10;

const takenOf = (name: PotName, coupon: CouponDoc | undefined): PotTaken | undefined =>
  name === 'stock' ? coupon?.stock : coupon?.budget;

/**
 * Looks at the takings of one pot. One whose coupon stands and names it is cleared: the coupon holds the piece now. One
 * whose coupon names another taking goes back, and so does one that never got a coupon and is too old to get one.
 */
async function healPot(name: PotName, pot: PotDoc, now: Ms): Promise<void> {
  const takes = Object.entries(pot.takes).map(([key, take]) => ({ key, claim: claimOf(key), ...take }));
  const coupons = new Map<string, CouponDoc>();
  for (const ids of chunk(
    takes.map(({ claim }) => claim),
    PAGE_LIMIT,
  )) {
    for (const coupon of await table('coupons').findMany(ids)) coupons.set(coupon._id, coupon);
  }
  const stands = takes.filter(({ claim, token }) => takenOf(name, coupons.get(claim))?.token === token);
  for (const some of chunk(stands, 100)) await clearTakes(name, pot._id, some);
  const surplus = takes.filter((take) => {
    const coupon = coupons.get(take.claim);
    return coupon ? takenOf(name, coupon)?.token !== take.token : take.at < now - TAKE_LIVES_MS;
  });
  for (const take of surplus) await giveBack(name, pot._id, take.claim, take);
  if (takes.length === stands.length + surplus.length) {
    const then = await table(name).find(pot._id);
    if (then && Object.keys(then.takes).length === 0) await potIsClean(name, then);
  }
}

/** What one round of the sweeper found to do. */
export interface GiftsHealed {
  packs: number;
  budgets: number;
  pots: number;
  surveys: number;
  members: number;
  referrals: number;
}

/**
 * Sets right what claims, redemptions and refunds left behind when they were cut off, and does what they leave to it on
 * purpose: the task's step of a claim from a limited stock. Everything is found by an index of its own, done by
 * conditional writes, and safe beside the acts themselves and beside another sweeper. Eight calls when there is nothing.
 */
export async function healGifts({ now, today }: Moment, isTimeUp: () => boolean): Promise<GiftsHealed> {
  const healed: GiftsHealed = { packs: 0, budgets: 0, pots: 0, surveys: 0, members: 0, referrals: 0 };
  while (!isTimeUp()) {
    const owing = await table('coupons').page({ where: { owes: 1 }, limit: PAGE });
    if (owing.length === 0) break;
    const tasks = await table('tasks').findMany([...new Set(owing.map(({ taskId }) => taskId))]);
    const byId = new Map(tasks.map((task) => [task._id, task]));
    await inFlight(owing, (coupon) => settlePack(coupon, byId.get(coupon.taskId) ?? null, now));
    healed.packs += owing.length;
    if (owing.length < PAGE) break;
  }
  while (!isTimeUp()) {
    const due = await table('coupons').page({
      where: { heldDue: command().lte(now) },
      limit: PAGE,
      fields: ['_id'],
    });
    // One after another: those of one branch wait for the same document anyway.
    for (const { _id } of due) await settleBudget(_id, now);
    healed.budgets += due.length;
    if (due.length < PAGE) break;
  }
  for (const name of ['stock', 'budgets'] as const) {
    if (isTimeUp()) break;
    const dirty = await dirtyPots(name, PAGE);
    await inFlight(dirty, (pot) => healPot(name, pot, now));
    healed.pots += dirty.length;
  }
  if (!isTimeUp()) {
    const owing = await owingSurveys(PAGE);
    await inFlight(owing, (survey) => settleSurvey(survey, now));
    healed.surveys += owing.length;
  }
  // A file of orders may have moved many; who lost her race is left to the next minute.
  for (let page = 0; page < MOST_PAGES && !isTimeUp(); page++) {
    const due = await loyaltyDue(today, PAGE);
    await inFlight(due, (memberId) => refreshLoyalty(memberId, now));
    healed.members += due.length;
    if (due.length < PAGE) break;
  }
  if (!isTimeUp()) healed.referrals = await rewardReferrals({ now, today });
  return healed;
}

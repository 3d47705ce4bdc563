import { chunk } from 'lodash-es';
import { DAY_MS } from '../../../miniprogram/domain/kernel/day';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { keepsRebate, rebateOf } from '../../../miniprogram/domain/offers/rebate';
import { MOST_REBATE_DAYS } from '../../../miniprogram/domain/offers/settings';
import type { CouponTemplate } from '../../../miniprogram/domain/offers/types';
import { expiryOf } from '../../../miniprogram/domain/offers/validity';
import type { Bearer } from '../people/resolve';
import type { ChainDoc, CouponDoc } from '../store/documents';
import { offersOf } from '../store/offerSettings';
import type { OrderHead } from '../store/orders';
import { command, PAGE_LIMIT, table } from '../store/table';
import { wakeOrderOf } from './creditOrder';
import { inFlight } from './inFlight';
import { linkToken } from './linkToken';
import { drawnFrom } from './packCoupons';

const ATTEMPTS = 8;
const PREFIX = 'rebate:';
/** A trial and a no-threshold coupon. */
const MOST_COUPONS = 2;

/** The coupons an order earns stand under its own number, so it earns them once. @example packOf('pos:A1') // → 'rebate:pos:A1' */
const packOf = (orderId: string): string => `${PREFIX}${orderId}`;

/** The order that earned a coupon of a rebate; null = it is another kind of coupon. */
export const earnedBy = ({ taskId }: Pick<CouponDoc, 'taskId'>): string | null =>
  taskId.startsWith(PREFIX) ? taskId.slice(PREFIX.length) : null;

function couponOf(
  order: OrderHead,
  bearer: Bearer,
  template: CouponTemplate,
  n: number,
  at: { paidAt: Ms; attempt: number },
): CouponDoc {
  const taskId = packOf(order._id);
  return {
    _id: `${taskId}:${n}`,
    taskId,
    // No campaign's: it is nobody's return offer and stands on no board.
    campaignId: '',
    memberId: bearer._id,
    memberName: bearer.name,
    phoneTail: bearer.phoneTail,
    // Her account may come later: her own list finds it by her number then.
    openid: bearer.openid ?? '',
    title: template.title,
    rule: template.rule,
    trial: null,
    branchIds: null,
    status: 'unused',
    ...drawnFrom(linkToken(), at.attempt),
    claimedAt: at.paidAt,
    expiresAt: expiryOf(template.validity, at.paidAt),
    redeemed: null,
  };
}

/** Adds those that do not stand. One call, some more where a code was taken or they stood. */
async function issue(
  order: OrderHead,
  bearer: Bearer,
  templates: readonly CouponTemplate[],
  paidAt: Ms,
): Promise<void> {
  let missing = templates.map((template, n) => ({ template, n }));
  for (let attempt = 0; attempt < ATTEMPTS && missing.length > 0; attempt++) {
    const coupons = missing.map(({ template, n }) =>
      couponOf(order, bearer, template, n, { paidAt, attempt }),
    );
    if (await table('coupons').tryAddAll(coupons)) return;
    const standing = await table('coupons').known(coupons.map(({ _id }) => _id));
    missing = missing.filter(({ n }) => !standing.has(`${packOf(order._id)}:${n}`));
  }
}

const idsOf = (orderId: string): string[] =>
  Array.from({ length: MOST_COUPONS }, (_, n) => `${packOf(orderId)}:${n}`);

/** Takes back what of the orders' rebates nobody has used. One call. @param orderIds at most 500 */
async function takeBack(orderIds: readonly string[]): Promise<void> {
  await table('coupons').changeAll(
    { _id: command().in(orderIds.flatMap(idsOf)), status: 'unused' },
    { status: 'revoked', lock: null },
  );
}

type Due = { give: CouponTemplate[]; paidAt: Ms } | { give: null; isBack: boolean };

/** What an order's rebate comes to now: coupons to give, something to take back, or nothing. */
function dueFor(order: OrderHead, chain: ChainDoc, now: Ms): Due {
  const { paidAt } = order;
  const { rebated } = chain.offers ?? {};
  if (!rebated || paidAt === null || paidAt < rebated.first) return { give: null, isBack: false };
  const { isOn, rule } = offersOf(chain).rebate;
  const { netFen } = wakeOrderOf(order);
  if (!keepsRebate(order.paidFen, netFen, rule))
    return { give: null, isBack: order.refundedFen > 0 || order.status === 'cancelled' };
  if (!isOn || paidAt < rebated.since) return { give: null, isBack: false };
  const good = rebateOf(netFen, rule).filter(({ validity }) => expiryOf(validity, paidAt) > now);
  return good.length > 0 ? { give: good, paidAt } : { give: null, isBack: false };
}

/**
 * 返利: a paid order of a chain that switched it on brings the trial and the no-threshold coupon for the next visit, once;
 * what is returned past the half takes unused ones back. Orders paid before it was switched on bring nothing.
 *
 * No call where it was never on. Where it is: one for a paid order, one for a return; a repeated delivery one more.
 *
 * @param bearer whose order it is; asked only where coupons are given
 */
export async function settleRebate(
  order: OrderHead,
  chain: ChainDoc,
  bearer: () => Promise<Bearer | null>,
  now: Ms,
): Promise<void> {
  const due = dueFor(order, chain, now);
  if (due.give === null) return due.isBack ? takeBack([order._id]) : undefined;
  const who = await bearer();
  if (who) await issue(order, who, due.give, due.paidAt);
}

/** Since when orders may still have a rebate that somebody can use; null = there never was one. */
export function rebatesFrom(chain: ChainDoc, now: Ms): Ms | null {
  const { rebated } = chain.offers ?? {};
  return rebated ? Math.max(rebated.first, now - (MOST_REBATE_DAYS + 1) * DAY_MS) : null;
}

/**
 * The same for many orders at once, as a file tells them. One call to see which have theirs, one for all that is taken
 * back, one for the members and one for each order that gets its coupons.
 */
export async function settleRebates(orders: readonly OrderHead[], chain: ChainDoc, now: Ms): Promise<void> {
  for (const some of chunk(orders, PAGE_LIMIT / MOST_COUPONS)) {
    const due = some.map((order) => ({ order, due: dueFor(order, chain, now) }));
    const back = due.flatMap((one) => (one.due.give === null && one.due.isBack ? [one.order._id] : []));
    if (back.length > 0) await takeBack(back);
    const giving = due.flatMap(({ order, due: { give, ...at } }) =>
      give !== null && 'paidAt' in at ? [{ order, give, paidAt: at.paidAt }] : [],
    );
    const standing = await table('coupons').known(giving.flatMap(({ order }) => idsOf(order._id)));
    const missing = giving.filter(({ order, give }) =>
      give.some((_, n) => !standing.has(`${packOf(order._id)}:${n}`)),
    );
    const bearers = await table('members').findMany([...new Set(missing.map(({ order }) => order.memberId))]);
    const byId = new Map(bearers.map((one) => [one._id, one]));
    await inFlight(missing, async ({ order, give, paidAt }) => {
      const who = byId.get(order.memberId);
      if (who) await issue(order, who, give, paidAt);
    });
  }
}

/**
 * Is a coupon of a rebate, given back because the order it was used in was returned, still earned by the order it came
 * from? One call; true for every other coupon, without a call.
 */
export async function isStillEarned(coupon: Pick<CouponDoc, 'taskId'>, chain: ChainDoc): Promise<boolean> {
  const orderId = earnedBy(coupon);
  if (orderId === null) return true;
  const order = await table('orders').find(orderId);
  return order !== null && keepsRebate(order.paidFen, wakeOrderOf(order).netFen, offersOf(chain).rebate.rule);
}

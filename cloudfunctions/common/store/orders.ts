import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { OrderDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';

/** An order without its lines: what facts and credit are computed from. */
export type OrderHead = Omit<OrderDoc, 'lines' | 'revision' | 'refunds' | 'cancelledAt' | 'isSaleTold'>;
/** With the instants of its refunds and its cancellation: what a past day is seen by. */
export type OrderStory = OrderHead & Pick<OrderDoc, 'refunds' | 'cancelledAt'>;
const HEAD_FIELDS = [
  'memberId',
  'branchId',
  'clerkId',
  'status',
  'createdAt',
  'paidAt',
  'paidFen',
  'refundedFen',
  'withCoupon',
  'categoryFen',
  'priceUnknown',
] as const satisfies (keyof OrderHead)[];
const STORY_FIELDS = [...HEAD_FIELDS, 'refunds', 'cancelledAt'] as const satisfies (keyof OrderStory)[];
type Fields = readonly (keyof OrderStory)[];

/**
 * All orders of these members. One call for each 1000 orders, and one more for each member on whom a page ends.
 *
 * @param memberIds at most 1000
 */
export function ordersOf(memberIds: readonly string[]): Promise<OrderHead[]> {
  return allOf(memberIds, HEAD_FIELDS);
}

/** The same with the instants that replay needs. */
export function storiesOf(memberIds: readonly string[]): Promise<OrderStory[]> {
  return allOf(memberIds, STORY_FIELDS);
}

async function allOf(memberIds: readonly string[], fields: Fields): Promise<OrderStory[]> {
  const found: OrderStory[] = [];
  let wanted = [...memberIds].sort();
  while (wanted.length > 0) {
    const page = await pageOf({ memberId: command().in(wanted) }, fields);
    found.push(...page);
    const last = page.at(-1);
    if (page.length < PAGE_LIMIT || !last) break;
    found.push(...(await restOf(last, fields)));
    wanted = wanted.filter((id) => id > last.memberId);
  }
  return found;
}

/** The orders of one member that stand behind the one on which a page ended. */
async function restOf({ memberId, _id }: OrderHead, fields: Fields): Promise<OrderStory[]> {
  const found: OrderStory[] = [];
  for (let after = _id; ; after = found.at(-1)?._id ?? after) {
    const page = await pageOf({ memberId, _id: command().gt(after) }, fields);
    found.push(...page);
    if (page.length < PAGE_LIMIT) return found;
  }
}

function pageOf(where: Record<string, unknown>, fields: Fields): Promise<OrderStory[]> {
  return table('orders').page({
    where,
    orderBy: [
      ['memberId', 'asc'],
      ['_id', 'asc'],
    ],
    limit: PAGE_LIMIT,
    fields: [...fields],
  });
}

/** What these members paid since an instant. One call for each 1000 orders. @param memberIds at most 1000 */
export async function ordersPaidSince(memberIds: readonly string[], since: Ms): Promise<OrderHead[]> {
  return table('orders').all(
    { memberId: command().in([...memberIds]), paidAt: command().gte(since) },
    PAGE_LIMIT,
    [...HEAD_FIELDS],
  );
}

/** A member's newest paid orders. One call. */
export function lastOrdersOf(memberId: string, limit = 20): Promise<OrderHead[]> {
  return table('orders').page({
    where: { memberId, paidAt: command().gt(0) },
    orderBy: [['paidAt', 'desc']],
    limit,
    fields: [...HEAD_FIELDS],
  });
}

/**
 * Writes what became of an order, if it is still as it was read. One call.
 *
 * @param read null = it did not stand yet
 * @returns false when somebody else wrote it meanwhile
 */
export function saveOrder(read: OrderDoc | null, next: OrderDoc): Promise<boolean> {
  const orders = table('orders');
  if (read === null) return orders.addNew(next);
  const { _id, ...whole } = next;
  return orders.changeIf(
    // An order never changed has no revision yet, which is what null finds.
    { _id, revision: read.revision ?? null },
    { ...whole, revision: (read.revision ?? 0) + 1 },
  );
}

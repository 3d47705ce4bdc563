import type { OrderDoc } from './documents';
import { command, PAGE_LIMIT, table } from './table';

/** An order without its lines: what facts and credit are computed from. */
export type OrderHead = Omit<OrderDoc, 'lines' | 'revision'>;
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
] as const satisfies (keyof OrderHead)[];

/**
 * All orders of these members. One call for each 1000 orders, and one more for each member on whom a page ends.
 *
 * @param memberIds at most 1000
 */
export async function ordersOf(memberIds: readonly string[]): Promise<OrderHead[]> {
  const found: OrderHead[] = [];
  let wanted = [...memberIds].sort();
  while (wanted.length > 0) {
    const page = await headsOf({ memberId: command().in(wanted) });
    found.push(...page);
    const last = page.at(-1);
    if (page.length < PAGE_LIMIT || !last) break;
    found.push(...(await restOf(last)));
    wanted = wanted.filter((id) => id > last.memberId);
  }
  return found;
}

/** The orders of one member that stand behind the one on which a page ended. */
async function restOf({ memberId, _id }: OrderHead): Promise<OrderHead[]> {
  const found: OrderHead[] = [];
  for (let after = _id; ; after = found.at(-1)?._id ?? after) {
    const page = await headsOf({ memberId, _id: command().gt(after) });
    found.push(...page);
    if (page.length < PAGE_LIMIT) return found;
  }
}

function headsOf(where: Record<string, unknown>): Promise<OrderHead[]> {
  return table('orders').page({
    where,
    orderBy: [
      ['memberId', 'asc'],
      ['_id', 'asc'],
    ],
    limit: PAGE_LIMIT,
    fields: [...HEAD_FIELDS],
  });
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

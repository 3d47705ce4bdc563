import { dayOf, startOf } from '../../kernel/day';
import type { Day, Ms } from '../../kernel/day';
import type { Fen } from '../../kernel/fen';
import { money } from '../../kernel/fen';
import type { OrderFact } from '../types';
import { bornAt, orderAsOf, refundsOf } from './orderAsOf';
import type { History } from './replay';

export type HappeningKind = 'paid' | 'refunded' | 'unpaid' | 'cancelled' | 'visit' | 'browse';

/** Something that happened to a member on a day. */
export interface Happening {
  at: Ms;
  on: Day;
  kind: HappeningKind;
  /** as a person reads it, e.g. 消费¥128（东湖店） */
  text: string;
  fen?: Fen;
}

/** How branches are called; a branch it does not know is left out of the text. */
export type BranchNames = (branchId: string) => string | undefined;

const UNNAMED: BranchNames = () => undefined;

function ofOrder(order: OrderFact, nameOf: BranchNames): Happening[] {
  const found: Happening[] = [];
  const name = nameOf(order.branchId);
  const where = name ? `（${name}）` : '';
  const add = (at: Ms, kind: HappeningKind, text: string, fen?: Fen) =>
    found.push({ at, on: dayOf(at), kind, text, ...(fen === undefined ? {} : { fen }) });

  const born = bornAt(order);
  // Paid within the same day it is one thing that happened, not two.
  const evening = orderAsOf(order, startOf(dayOf(born), 24) - 1);
  if (evening?.status === 'unpaid') {
    const worth = order.paidFen > 0 ? money(order.paidFen) : '';
    add(born, 'unpaid', `下单${worth}未付款${where}`, order.paidFen);
  }

  const paidAt = order.paidAt ?? (order.status === 'paid' ? order.createdAt : null);
  if (paidAt !== null) {
    if (order.priceUnknown === true) add(paidAt, 'paid', `消费（金额未记）${where}`);
    else add(paidAt, 'paid', `消费${money(order.paidFen)}${where}`, order.paidFen);
  }
  if (order.status === 'refunded' && order.refundedFen <= 0)
    add(paidAt ?? born, 'refunded', `全额退款${where}`);
  let before = 0;
  for (const { at, fen } of refundsOf(order)) {
    if (fen <= before) continue;
    add(at, 'refunded', `退款${money(fen - before)}${where}`, fen - before);
    before = fen;
  }
  if (order.status === 'cancelled') add(order.cancelledAt ?? born, 'cancelled', `订单取消${where}`);
  return found;
}

/** The days on which something happened that the rules may read, oldest first. */
export function eventDaysOf({ orders, visits, browses }: History): Day[] {
  const days = new Set<Day>([...visits, ...browses]);
  for (const order of orders) {
    const { createdAt, paidAt, cancelledAt } = order;
    for (const at of [bornAt(order), createdAt, paidAt, cancelledAt]) if (at != null) days.add(dayOf(at));
    for (const { at } of refundsOf(order)) days.add(dayOf(at));
  }
  return [...days].sort();
}

/**
 * What happened to a member, oldest first: payments, refunds one by one, orders that stayed unpaid overnight,
 * cancellations, visits and looks at a page of ours.
 *
 * @example happeningsOf({ orders: [paid], visits: [], browses: [] })[0]?.text // → '消费¥128'
 */
export function happeningsOf(history: History, nameOf: BranchNames = UNNAMED): Happening[] {
  const ofDays = (days: readonly Day[], kind: HappeningKind, text: string): Happening[] =>
    [...new Set(days)].map((on) => ({ at: startOf(on, 12), on, kind, text }));
  return [
    ...history.orders.flatMap((order) => ofOrder(order, nameOf)),
    ...ofDays(history.visits, 'visit', '到店'),
    ...ofDays(history.browses, 'browse', '看了会员页面'),
  ].sort((a, b) => a.at - b.at);
}

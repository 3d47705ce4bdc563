import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'papaparse';
import { day, startOf } from '../../../miniprogram/domain/kernel/day';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { OrderFact } from '../../../miniprogram/domain/membership/types';
import type { Book } from './shop';

const unzipped = (folder: string, file: string): string =>
  gunzipSync(readFileSync(path.join(folder, file))).toString();

function paidOrder(paidAt: Ms, paidFen: number, branchId: string): OrderFact {
  return {
    status: 'paid',
    createdAt: paidAt,
    paidAt,
    paidFen,
    refundedFen: 0,
    branchId,
    clerkId: null,
    withCoupon: false,
  };
}

function booksOf(orders: ReadonlyMap<string, OrderFact[]>): Book[] {
  return [...orders].map(([memberId, own]) => ({ memberId, orders: own, visits: [] }));
}

/** A year of grocery baskets: 2,377 households in 2017. */
export function completeJourney(folder: string): Book[] {
  const { data } = parse<Record<string, string>>(
    unzipped(folder, 'completejourney_transactions_sample.csv.gz'),
    { header: true, skipEmptyLines: true },
  );
  const baskets = new Map<string, { memberId: string; order: OrderFact }>();
  for (const row of data) {
    const fen = Math.round(Number(row['sales_value']) * 100);
    const [on = '', time = '00:00:00'] = (row['transaction_timestamp'] ?? '').split(' ');
    const at = startOf(day(on)) + Date.parse(`1970-01-01T${time}Z`);
    const basket = baskets.get(row['basket_id'] ?? '');
    if (basket) basket.order.paidFen += fen;
    else {
      baskets.set(row['basket_id'] ?? '', {
        memberId: row['household_id'] ?? '',
        order: paidOrder(at, fen, row['store_id'] ?? ''),
      });
    }
  }
  const orders = new Map<string, OrderFact[]>();
  for (const { memberId, order } of baskets.values()) {
    orders.set(memberId, [...(orders.get(memberId) ?? []), order]);
  }
  return booksOf(orders);
}

/** A mail order shop's customers: 2,357 who first bought in early 1997, followed for eighteen months. */
export function cdnow(folder: string): Book[] {
  const orders = new Map<string, OrderFact[]>();
  for (const line of unzipped(folder, 'CDNOW_sample.txt.gz').split('\n')) {
    const [, id, date, , dollars] = line.trim().split(/\s+/);
    if (!id || !date) continue;
    const on = day(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`);
    const order = paidOrder(startOf(on, 12), Math.round(Number(dollars) * 100), 'mail');
    orders.set(id, [...(orders.get(id) ?? []), order]);
  }
  return booksOf(orders);
}

import { createHmac } from 'node:crypto';
import type { OrderEvent } from '../start/webhook';

/** What the gateway hands to the function for an order of a till, signed: for benches that count a delivery's database calls. */
export function deliveryOf(order: OrderEvent, secret: string, at: number): object {
  const body = JSON.stringify(order);
  const headers = {
    'x-huitou-timestamp': String(at),
    'x-huitou-signature': createHmac('sha256', secret).update(`${at}.${body}`).digest('hex'),
  };
  return { path: '/orders', httpMethod: 'POST', headers, body };
}

import { createHmac } from 'node:crypto';

/** One event of a till or web shop, as docs/data-formats.md describes it. */
export interface OrderEvent {
  event: 'order.created' | 'order.paid' | 'order.refunded' | 'order.cancelled';
  orderNo: string;
  memberNo: string;
  branchNo: string;
  clerkNo?: string;
  createdAt: number;
  paidAt?: number;
  amountFen: number;
  /** all refunds so far */
  refundedFen?: number;
  refundedAt?: number;
  cancelledAt?: number;
  at?: number;
  couponCode?: string;
  /** counts with the payment */
  lines?: { category: string; fen: number }[];
}

/**
 * Sends an order the way a real till does: over HTTP, signed with HMAC-SHA256 over timestamp and body.
 *
 * @param at the sender's clock, ms
 * @returns what the webhook answered
 */
export async function sendOrder(
  ingestUrl: string,
  secret: string,
  order: OrderEvent,
  at: number,
): Promise<{ status: number; body: unknown }> {
  const body = JSON.stringify(order);
  const answer = await fetch(ingestUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-huitou-timestamp': String(at),
      'x-huitou-signature': createHmac('sha256', secret).update(`${at}.${body}`).digest('hex'),
    },
    body,
  });
  return { status: answer.status, body: await answer.json() };
}

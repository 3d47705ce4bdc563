import type { OrderEvent } from '../../cloudfunctions/common/flows/orderEvent';
import type { MemberDoc } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import { signatureOf } from '../../cloudfunctions/ingest/signature';
import { HOUR_MS } from '../../miniprogram/domain/kernel/day';
import { startChain, TEN_O_CLOCK } from './chain';
import type { Chain } from './chain';
import { seedStaff } from './people';

export const SECRET = 'a secret of the tests';

/** What the door answered. */
export interface Answer {
  status: number;
  body: { ok: boolean; code?: string; sentence?: string; changed?: boolean; orderId?: string };
}

/** A till before the door of a chain that knows its secret. */
export interface Till {
  chain: Chain;
  /** empties the chain but for its staff */
  startAfresh(): Promise<void>;
  post(body: string, headers: Record<string, string>, method?: string): Promise<Answer>;
  /** the event, signed as of now or another moment */
  deliver(event: unknown, at?: number, secret?: string): Promise<Answer>;
}

export async function startTill(): Promise<Till> {
  const environment = { HUITOU_WEBHOOK_SECRET: SECRET };
  const chain = await startChain(['ingest', 'pulse'], { environment });
  const post: Till['post'] = async (body, headers, method = 'POST') => {
    const event = { path: '/ingest', httpMethod: method, headers, body, isBase64Encoded: false };
    const { result } = await chain.send(undefined, 'ingest', event);
    const { statusCode, body: text } = result as { statusCode: number; body: string };
    return { status: statusCode, body: JSON.parse(text) as Answer['body'] };
  };
  const till: Till = {
    chain,
    post,
    async startAfresh() {
      await chain.cloud.drop();
      await seedStaff(chain);
    },
    deliver(event, at = chain.now(), secret = SECRET) {
      const body = JSON.stringify(event);
      return post(body, {
        'X-Huitou-Timestamp': String(at),
        'X-Huitou-Signature': signatureOf(secret, String(at), body),
      });
    },
  };
  await till.startAfresh();
  return till;
}

/** An event of order P1: ¥120 of M1 at B1, made three hours ago, paid two hours ago, a refund of all of it. */
export const anEvent = (event: OrderEvent['event'], known: Partial<OrderEvent> = {}): OrderEvent => ({
  event,
  orderNo: 'P1',
  memberNo: 'M1',
  branchNo: 'B1',
  clerkNo: 'c1',
  createdAt: TEN_O_CLOCK - 3 * HOUR_MS,
  amountFen: 12_000,
  ...(event === 'order.created' || event === 'order.cancelled' ? {} : { paidAt: TEN_O_CLOCK - 2 * HOUR_MS }),
  ...(event === 'order.refunded' ? { refundedFen: 12_000 } : {}),
  ...known,
});

export async function memberOf(id = 'M1'): Promise<MemberDoc> {
  const member = await table('members').find(id);
  if (!member) throw new Error(`no member ${id}`);
  return member;
}

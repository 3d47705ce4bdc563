import { table } from '../../cloudfunctions/common/store/table';
import type { OrderEvent } from '../../cloudfunctions/common/flows/orderEvent';
import { signatureOf } from '../../cloudfunctions/ingest/signature';
import { DAY_MS, HOUR_MS } from '../../miniprogram/domain/kernel/day';
import { startChain, TEN_O_CLOCK } from './chain';
import type { Chain } from './chain';
import { aMember, aTask, quietOrders, seedStaff } from './people';

jest.setTimeout(60_000);
const SECRET = 'a secret of the tests';
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['ingest', 'pulse'], { environment: { HUITOU_WEBHOOK_SECRET: SECRET } });
  await seedStaff(chain);
});
afterAll(() => chain.stop());
async function startAfresh(): Promise<void> {
  await chain.cloud.drop();
  await seedStaff(chain);
}

interface Answer {
  status: number;
  body: { ok: boolean; code?: string; sentence?: string; changed?: boolean; orderId?: string };
}
async function post(body: string, headers: Record<string, string>, method = 'POST'): Promise<Answer> {
  const event = { path: '/ingest', httpMethod: method, headers, body, isBase64Encoded: false };
  const { result } = await chain.send(undefined, 'ingest', event);
  const { statusCode, body: text } = result as { statusCode: number; body: string };
  return { status: statusCode, body: JSON.parse(text) as Answer['body'] };
}
async function deliver(event: unknown, at = chain.now(), secret = SECRET): Promise<Answer> {
  const body = JSON.stringify(event);
  return post(body, {
    'X-Huitou-Timestamp': String(at),
    'X-Huitou-Signature': signatureOf(secret, String(at), body),
  });
}
const anEvent = (event: OrderEvent['event'], known: Partial<OrderEvent> = {}): OrderEvent => ({
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
const memberOf = async (id = 'M1') => {
  const member = await table('members').find(id);
  if (!member) throw new Error(`no member ${id}`);
  return member;
};
async function seedDormant(taskKnown: Partial<ReturnType<typeof aTask>> = {}): Promise<void> {
  const orders = quietOrders('M1');
  const member = aMember('M1', orders, { campaignId: 'spring' });
  await chain.add('orders', orders);
  await chain.add('members', [member]);
  await chain.add('tasks', [aTask('spring', member, { enteredAt: TEN_O_CLOCK - 5 * HOUR_MS, ...taskKnown })]);
}
const task = () => table('tasks').find('spring:M1');

describe('the signature', () => {
  it('keeps out a wrong secret, a changed body, a missing header, and says what to do', async () => {
    const at = String(chain.now());
    const body = JSON.stringify(anEvent('order.paid'));
    const signature = signatureOf(SECRET, at, body);
    const headers = { 'x-huitou-timestamp': at, 'x-huitou-signature': signature };
    const wrong = [
      await deliver(anEvent('order.paid'), chain.now(), 'another secret'),
      await post(body.replace('12000', '99000'), headers),
      await post(body, { 'x-huitou-timestamp': at }),
      await post(body, { ...headers, 'x-huitou-signature': signature.slice(1) }),
      await post(body, { ...headers, 'x-huitou-timestamp': 'now' }),
    ];
    for (const answer of wrong) {
      expect(answer).toMatchObject({ status: 401, body: { ok: false, code: 'bad-signature' } });
      expect(answer.body.sentence).toMatch(/密钥/);
    }
    expect(await table('orders').count({})).toBe(0);
  });

  it('lets a right one in', async () => {
    expect(await deliver(anEvent('order.paid'))).toMatchObject({
      status: 200,
      body: { ok: true, orderId: 'pos:P1', changed: true },
    });
  });

  it('is good for five minutes to either side', async () => {
    // The clock of the cloud runs on, so the edge is taken with a few seconds to spare.
    const now = chain.now();
    expect((await deliver(anEvent('order.paid'), now - 290_000)).status).toBe(200);
    expect((await deliver(anEvent('order.paid'), now + 299_000)).status).toBe(200);
    for (const at of [now - 301_000, now + 400_000]) {
      expect(await deliver(anEvent('order.paid'), at)).toMatchObject({
        status: 401,
        body: { code: 'stale-timestamp' },
      });
    }
  });
});

describe('what cannot be an order', () => {
  beforeAll(startAfresh);
  it.each([
    ['no JSON', 'hello'],
    ['a list', '[]'],
    ['an unknown event', JSON.stringify({ ...anEvent('order.paid'), event: 'order.shipped' })],
    ['yuan instead of fen', JSON.stringify(anEvent('order.paid', { amountFen: 99.5 }))],
    ['a negative amount', JSON.stringify(anEvent('order.paid', { amountFen: -1 }))],
    ['a payment without its time', JSON.stringify({ ...anEvent('order.paid'), paidAt: undefined })],
    ['a refund without its amount', JSON.stringify({ ...anEvent('order.refunded'), refundedFen: undefined })],
    ['a time in seconds', JSON.stringify(anEvent('order.paid', { createdAt: 1_741_140_000 }))],
    ['an order number that is an object', JSON.stringify({ ...anEvent('order.paid'), orderNo: {} })],
  ])('refuses %s', async (_, body) => {
    const at = String(chain.now());
    const answer = await post(body, {
      'x-huitou-timestamp': at,
      'x-huitou-signature': signatureOf(SECRET, at, body),
    });
    expect(answer).toMatchObject({ status: 400, body: { ok: false, code: 'bad-ask' } });
    expect(answer.body.sentence).toMatch(/[\u4e00-\u9fff]/);
    expect(await table('orders').count({})).toBe(0);
  });

  it('refuses an order number that is another member’s', async () => {
    await deliver(anEvent('order.paid'));
    expect(await deliver(anEvent('order.paid', { memberNo: 'M2' }))).toMatchObject({
      status: 400,
      body: { code: 'bad-ask' },
    });
    expect((await table('orders').find('pos:P1'))?.memberId).toBe('M1');
  });
});

describe('an order arrives', () => {
  beforeEach(startAfresh);

  it('moves its member to another tier and turns her task to woken', async () => {
    await seedDormant();
    expect((await memberOf()).lifecycle).toBe('dormant');
    await deliver(anEvent('order.paid', { couponCode: '12345678' }));
    expect(await memberOf()).toMatchObject({
      lifecycle: 'active',
      waiting: 0,
      facts: { paidOrders: 3, ordersWithCoupon: 1, lastClerkId: 'c1' },
    });
    expect(await task()).toMatchObject({
      status: 'woken',
      wakeOrderId: 'pos:P1',
      wakeFen: 12_000,
      wokenAt: TEN_O_CLOCK - 2 * HOUR_MS,
    });
  });

  it('takes the wake back when everything is refunded, and leaves the task where the clerk had it', async () => {
    await seedDormant({ status: 'contacted', contactedAt: TEN_O_CLOCK - HOUR_MS });
    const before = await memberOf();
    await deliver(anEvent('order.paid'));
    await deliver(anEvent('order.refunded', { refundedFen: 4_000 }));
    expect(await task()).toMatchObject({ status: 'woken', wakeFen: 8_000 });
    await deliver(anEvent('order.refunded'));
    expect(await task()).toMatchObject({
      status: 'contacted',
      wokenAt: null,
      wakeOrderId: null,
      wakeFen: null,
    });
    expect(await memberOf()).toMatchObject({ facts: before.facts, placement: before.placement });
  });

  it('measures a held-out member the same way without giving her a task', async () => {
    await seedDormant({ arm: 'heldOut', status: 'heldOut', clerkId: null });
    await deliver(anEvent('order.paid'));
    expect(await task()).toMatchObject({ status: 'heldOut', wokenAt: TEN_O_CLOCK - 2 * HOUR_MS });
  });

  it('credits one purchase to one campaign only, the newest that had begun', async () => {
    await seedDormant({ enteredAt: TEN_O_CLOCK - 10 * DAY_MS });
    await chain.add('tasks', [aTask('summer', await memberOf(), { enteredAt: TEN_O_CLOCK - DAY_MS })]);
    await deliver(anEvent('order.paid'));
    expect((await task())?.wokenAt).toBeNull();
    expect((await table('tasks').find('summer:M1'))?.wakeOrderId).toBe('pos:P1');
  });

  it('does not call a purchase before the campaign a wake', async () => {
    await seedDormant({ enteredAt: TEN_O_CLOCK - 2 * HOUR_MS });
    await deliver(anEvent('order.paid'));
    expect(await task()).toMatchObject({ status: 'open', wokenAt: null });
  });

  it('keeps an unknown member and an unknown branch under their numbers', async () => {
    await deliver(anEvent('order.created', { memberNo: 'NEW-7788', branchNo: '火车站店(2)' }));
    expect(await memberOf('NEW-7788')).toMatchObject({ name: '会员7788', lifecycle: 'orderUnpaid' });
    const order = await table('orders').find('pos:P1');
    expect(await table('branches').find(order?.branchId ?? '')).toMatchObject({ name: '火车站店(2)' });
  });
});

describe('any order of arrival, any number of deliveries', () => {
  beforeEach(startAfresh);

  const story: OrderEvent[] = [
    anEvent('order.created', { amountFen: 13_000 }),
    anEvent('order.paid', { couponCode: '1' }),
    anEvent('order.refunded', { refundedFen: 5_000 }),
    anEvent('order.refunded', { refundedFen: 9_000 }),
  ];
  const ending = async () => {
    const order = await table('orders').find('pos:P1');
    const { facts, placement, waiting } = await memberOf();
    const done = await task();
    return [{ ...order, revision: 0 }, facts, placement, waiting, done && { ...done, link: '' }];
  };

  it('ends in the same state', async () => {
    await seedDormant();
    for (const event of story) expect((await deliver(event)).status).toBe(200);
    const straight = await ending();
    expect(straight[0]).toMatchObject({ status: 'paid', paidFen: 12_000, refundedFen: 9_000 });
    for (const order of [
      [3, 2, 1, 0],
      [1, 0, 3, 3, 2, 1],
      [2, 0, 3, 1, 1],
    ]) {
      await startAfresh();
      await seedDormant();
      for (const i of order) await deliver(story[i]);
      expect(await ending()).toEqual(straight);
    }
  });

  /** Whoever lost too many races leaves her waiting; the next minute places her. */
  async function settledByPulse(): Promise<void> {
    await table('members').changeIf({ _id: 'M1' }, { waiting: 1 });
    await chain.send(undefined, 'pulse', { Type: 'Timer', TriggerName: 'pulse' });
  }

  it('ends in the same state when all arrive at once', async () => {
    await seedDormant();
    for (const event of story) await deliver(event);
    await settledByPulse();
    const straight = await ending();
    await startAfresh();
    await seedDormant();
    const waiting = [...story, ...story];
    while (waiting.length > 0) {
      const batch = waiting.splice(0);
      const answers = await Promise.all(batch.map((event) => deliver(event)));
      // 503 asks for another delivery, as any till does.
      answers.forEach((answer, i) => {
        const event = batch[i];
        if (answer.status !== 200 && event) waiting.push(event);
      });
    }
    await settledByPulse();
    expect(await ending()).toEqual(straight);
  });

  it('says that a repeated delivery told nothing new', async () => {
    await deliver(anEvent('order.paid'));
    expect((await deliver(anEvent('order.paid'))).body.changed).toBe(false);
  });

  it('keeps a cancelled order cancelled, whichever came first', async () => {
    await deliver(anEvent('order.cancelled'));
    await deliver(anEvent('order.created'));
    expect((await table('orders').find('pos:P1'))?.status).toBe('cancelled');
    expect((await memberOf()).lifecycle).toBe('prospect');
  });
});

describe('without a secret', () => {
  it('is never open', async () => {
    const open = await startChain(['ingest']);
    try {
      const at = String(open.now());
      const { result } = await open.send(undefined, 'ingest', {
        httpMethod: 'POST',
        headers: { 'x-huitou-timestamp': at, 'x-huitou-signature': signatureOf('', at, '{}') },
        body: '{}',
      });
      expect(result).toMatchObject({ statusCode: 401 });
    } finally {
      await open.stop();
    }
  });
});

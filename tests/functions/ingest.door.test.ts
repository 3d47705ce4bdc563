import { table } from '../../cloudfunctions/common/store/table';
import { signatureOf } from '../../cloudfunctions/ingest/signature';
import { DAY_MS } from '../../miniprogram/domain/kernel/day';
import { startChain, TEN_O_CLOCK } from './chain';
import type { Chain } from './chain';
import { anEvent, memberOf, SECRET, startTill } from './till';
import type { Till } from './till';

jest.setTimeout(60_000);
let till: Till;
let chain: Chain;
beforeAll(async () => {
  till = await startTill();
  chain = till.chain;
});
afterAll(() => chain.stop());
const startAfresh = () => till.startAfresh();
const deliver: Till['deliver'] = (...ask) => till.deliver(...ask);
const post: Till['post'] = (...ask) => till.post(...ask);

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

describe('a till whose clock is wrong', () => {
  beforeAll(startAfresh);
  const MINUTE = 60_000;

  it.each(['createdAt', 'paidAt', 'refundedAt', 'cancelledAt', 'at'] as const)(
    'is refused a %s more than ten minutes ahead, and told by how much',
    async (field) => {
      const refused = await deliver(anEvent('order.refunded', { [field]: chain.now() + 12 * MINUTE }));
      expect(refused).toMatchObject({ status: 400, body: { ok: false, code: 'bad-ask' } });
      expect(refused.body.sentence).toMatch(/快了1[12]分钟.*校准/);
      expect(refused.body.sentence).toContain(field);
      expect(await table('orders').count({})).toBe(0);
    },
  );

  it('may be some minutes ahead, and behind as long as it likes', async () => {
    expect((await deliver(anEvent('order.paid', { paidAt: chain.now() + 9 * MINUTE }))).status).toBe(200);
    const late = anEvent('order.paid', { orderNo: 'P2', createdAt: TEN_O_CLOCK - 400 * DAY_MS });
    expect((await deliver({ ...late, paidAt: TEN_O_CLOCK - 400 * DAY_MS })).status).toBe(200);
  });
});

describe('a delivery that somebody recorded', () => {
  beforeAll(startAfresh);

  it('can be played again within its five minutes without any effect, and not at all later', async () => {
    const at = String(chain.now());
    const body = JSON.stringify(anEvent('order.paid'));
    const headers = { 'x-huitou-timestamp': at, 'x-huitou-signature': signatureOf(SECRET, at, body) };
    expect(await post(body, headers)).toMatchObject({ status: 200, body: { changed: true } });
    const [order, member] = [await table('orders').find('pos:P1'), await memberOf()];
    expect(await post(body, headers)).toMatchObject({ status: 200, body: { changed: false } });
    await chain.cloud.clock.moveTo(chain.now() + 301_000);
    expect(await post(body, headers)).toMatchObject({ status: 401, body: { code: 'stale-timestamp' } });
    expect(await table('orders').find('pos:P1')).toEqual(order);
    expect((await memberOf()).facts).toEqual(member.facts);
  });

  it('cannot be given a fresh time without the secret', async () => {
    const body = JSON.stringify(anEvent('order.paid'));
    const old = String(chain.now() - 600_000);
    const headers = {
      'x-huitou-timestamp': String(chain.now()),
      'x-huitou-signature': signatureOf(SECRET, old, body),
    };
    expect(await post(body, headers)).toMatchObject({ status: 401, body: { code: 'bad-signature' } });
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
    [
      'a line without its amount',
      JSON.stringify({ ...anEvent('order.paid'), lines: [{ category: '奶粉' }] }),
    ],
    ['a line without a name', JSON.stringify(anEvent('order.paid', { lines: [{ category: ' ', fen: 1 }] }))],
    [
      'a poisoned category',
      JSON.stringify(anEvent('order.paid', { lines: [{ category: '__proto__', fen: 1 }] })),
    ],
    ['lines that are none', JSON.stringify({ ...anEvent('order.paid'), lines: 'milk' })],
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

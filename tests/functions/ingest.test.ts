import type { OrderEvent } from '../../cloudfunctions/common/flows/orderEvent';
import { table } from '../../cloudfunctions/common/store/table';
import { day, DAY_MS, HOUR_MS } from '../../miniprogram/domain/kernel/day';
import { TEN_O_CLOCK } from './chain';
import type { Chain } from './chain';
import { aMember, anOrder, aTask, quietOrders } from './people';
import { anEvent, memberOf, startTill } from './till';
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
async function seedDormant(taskKnown: Partial<ReturnType<typeof aTask>> = {}): Promise<void> {
  const orders = quietOrders('M1');
  const member = aMember('M1', orders, { campaignId: 'spring' });
  await chain.add('orders', orders);
  await chain.add('members', [member]);
  await chain.add('tasks', [aTask('spring', member, { enteredAt: TEN_O_CLOCK - 5 * HOUR_MS, ...taskKnown })]);
}
const task = () => table('tasks').find('spring:M1');

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
    expect(await table('branches').find(order?.branchId ?? '')).toMatchObject({
      name: '火车站店(2)',
      unknown: true,
    });
    expect(await table('branches').find('B1')).not.toHaveProperty('unknown');
  });

  it('remembers what was bought, when it was given back, and when it was cancelled', async () => {
    const lines = [
      { category: '奶粉', fen: 9_000 },
      { category: '纸尿裤', fen: 3_000 },
    ];
    await deliver(anEvent('order.paid', { lines }));
    await deliver(anEvent('order.refunded', { refundedFen: 4_000, refundedAt: TEN_O_CLOCK - HOUR_MS }));
    await deliver(anEvent('order.cancelled', { orderNo: 'P2', cancelledAt: TEN_O_CLOCK - 2 * HOUR_MS }));
    expect(await table('orders').find('pos:P1')).toMatchObject({
      categoryFen: { 奶粉: 9_000, 纸尿裤: 3_000 },
      refunds: [{ at: TEN_O_CLOCK - HOUR_MS, fen: 4_000 }],
    });
    expect((await table('orders').find('pos:P2'))?.cancelledAt).toBe(TEN_O_CLOCK - 2 * HOUR_MS);
    expect((await memberOf()).facts.categories[0]).toMatchObject({ name: '奶粉', orders: 1, fen: 6_000 });
  });

  it('leaves nothing of a refund that came before its payment, nor of a payment before its creation', async () => {
    await deliver(anEvent('order.refunded', { at: TEN_O_CLOCK - HOUR_MS }));
    expect((await memberOf()).facts.paidOrders).toBe(0);
    await deliver(anEvent('order.paid'));
    await deliver(anEvent('order.created'));
    expect((await table('orders').find('pos:P1'))?.status).toBe('refunded');
    expect(await memberOf()).toMatchObject({
      lifecycle: 'prospect',
      facts: { paidOrders: 0, unpaidOn: null },
    });
  });

  it('lands on the member she lives on as, once her number was merged into another', async () => {
    await chain.add('members', [aMember('M1')]);
    const gone = aMember('M1-old');
    const counts = { orders: 0, tasks: 0, touches: 0, coupons: 0 };
    await chain.add('merges', [
      { _id: 'M1-old', into: 'M1', at: TEN_O_CLOCK - DAY_MS, state: 'done', counts, member: gone },
    ]);
    // Paid under the old number before the merge, told again after it.
    const paid = anEvent('order.paid', { memberNo: 'M1-old' });
    expect(await deliver(paid)).toMatchObject({ status: 200, body: { changed: true } });
    expect((await table('orders').find('pos:P1'))?.memberId).toBe('M1');
    expect((await memberOf()).facts.paidOrders).toBe(1);
    expect(await table('members').find('M1-old')).toBeNull();
    expect(await deliver({ ...paid, memberNo: 'M1' })).toMatchObject({
      status: 200,
      body: { changed: false },
    });
    expect(await deliver({ ...paid, memberNo: 'M2' })).toMatchObject({
      status: 400,
      body: { code: 'bad-ask' },
    });
  });

  it('moves an order that a merge has left behind', async () => {
    await chain.add('members', [aMember('M1')]);
    const order = anOrder('x', 'M1-old', day('2025-03-01'), 12_000);
    await chain.add('orders', [{ ...order, _id: 'pos:P1' }]);
    await chain.add('merges', [
      {
        _id: 'M1-old',
        into: 'M1',
        at: TEN_O_CLOCK - DAY_MS,
        state: 'done',
        counts: { orders: 0, tasks: 0, touches: 0, coupons: 0 },
        member: aMember('M1-old'),
      },
    ]);
    expect((await deliver(anEvent('order.refunded', { memberNo: 'M1-old' }))).status).toBe(200);
    expect((await table('orders').find('pos:P1'))?.memberId).toBe('M1');
  });
});

describe('any order of arrival, any number of deliveries', () => {
  beforeEach(startAfresh);

  const story: OrderEvent[] = [
    anEvent('order.created', { amountFen: 13_000 }),
    anEvent('order.paid', { couponCode: '1' }),
    anEvent('order.refunded', { refundedFen: 5_000, refundedAt: TEN_O_CLOCK - HOUR_MS }),
    anEvent('order.refunded', { refundedFen: 9_000, at: TEN_O_CLOCK - HOUR_MS / 2 }),
  ];
  const ending = async () => {
    const order = await table('orders').find('pos:P1');
    const { facts, placement, waiting } = await memberOf();
    const done = await task();
    return [
      { ...order, revision: 0 },
      facts,
      placement,
      waiting,
      done && { ...done, link: '', uncounted: null },
    ];
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

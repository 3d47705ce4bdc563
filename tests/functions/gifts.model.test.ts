import fc from 'fast-check';
import type { TaskDoc } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import type { FaultRule } from '../../devkit/cloud';
import { HOUR_MS } from '../../miniprogram/domain/kernel/day';
import type { MemberOffer } from '../../miniprogram/domain/offers/types';
import { newKey } from './chain';
import { couponsOf, expectBooksBalance, startGiftShop } from './giftShop';
import type { GiftShop } from './giftShop';

/** `GIFT_RUNS=200`: so many random days of a shop. */
const RUNS = Number(process.env['GIFT_RUNS'] ?? 1);
const MEMBERS = 6;

/** Four packs for six members, and a budget for three of them until one is used for less or ends. */
const PACK: Partial<MemberOffer> = {
  rule: { kind: 'percent', pay: 70, minFen: 0, capFen: 10_000 },
  stock: 4,
  branchBudgetFen: 35_000,
  more: [
    {
      title: '无门槛',
      rule: { kind: 'amountOff', offFen: 500, minFen: 0 },
      validity: { kind: 'seconds', seconds: 3600 * 24 },
    },
  ],
  points: { points: 50, validDays: 3, on: 'redeem' },
  surveyPoints: 10,
};

type Act =
  | {
      act: 'claim' | 'open' | 'lock' | 'redeem' | 'unlock' | 'refund' | 'buy' | 'survey';
      member: number;
      n: 0 | 1;
    }
  | { act: 'pulse' }
  | { act: 'wait'; hours: number };

const anAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      act: fc.constantFrom(
        'claim',
        'claim',
        'claim',
        'open',
        'lock',
        'redeem',
        'redeem',
        'unlock',
        'buy',
        'refund',
        'survey',
      ),
      member: fc.nat({ max: MEMBERS - 1 }),
      n: fc.constantFrom(0 as const, 1 as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Act>({ act: 'pulse' }) },
  { weight: 2, arbitrary: fc.nat({ max: 30 }).map((hours): Act => ({ act: 'wait', hours })) },
);
/** What happens in the same instant, one such row after another. */
const aDay = fc.array(fc.array(anAct, { minLength: 1, maxLength: 6 }), { minLength: 4, maxLength: 9 });

let shop: GiftShop;
beforeAll(async () => {
  shop = await startGiftShop();
}, 60_000);
afterAll(() => shop.chain.stop());

async function perform(one: Act, name: string, tasks: readonly TaskDoc[]): Promise<void> {
  const { chain } = shop;
  if (one.act === 'pulse') return shop.pulse();
  if (one.act === 'wait') return void (await chain.cloud.clock.moveTo(chain.now() + one.hours * HOUR_MS));
  const task = tasks[one.member];
  if (!task) throw new Error('no such member');
  const { memberId, link } = task;
  const me = `wx-${memberId}`;
  const couponId = `${task._id}:${one.n}`;
  const clerk = one.member % 2 ? 'wx-c1' : 'wx-c2';
  switch (one.act) {
    case 'claim':
      return void (await chain.call(me, 'gifts', 'gift.claim', { link }));
    case 'open':
      return void (await chain.call(me, 'gifts', 'gift.open', { link }));
    case 'survey':
      return void (await chain.call(me, 'gifts', 'survey.answer', { link, reason: 'price', note: '' }));
    case 'lock':
      return void (await chain.call(clerk, 'gifts', 'coupon.lock', { couponId, basketFen: 20_000 }));
    case 'unlock':
      return void (await chain.call(clerk, 'gifts', 'coupon.unlock', { couponId }));
    case 'redeem':
      return void (await chain.call(
        clerk,
        'gifts',
        'coupon.redeem',
        { couponId, basketFen: 20_000 },
        newKey(),
      ));
    case 'buy':
      return void (await shop.deliver({
        event: 'order.paid',
        orderNo: `${name}-${memberId}`,
        memberNo: memberId,
      }));
    case 'refund':
      return void (await shop.deliver({
        event: 'order.refunded',
        orderNo: `${name}-${memberId}`,
        memberNo: memberId,
        refundedFen: 20_000,
      }));
  }
}

const faultsOf = (seed: number): FaultRule[] =>
  (['gifts', 'ingest', 'pulse'] as const).flatMap((name) =>
    ['database.modifyDocument', 'database.insertDocument', 'database.commitTransaction'].flatMap((action) => [
      { action, function: name, kind: 'dropReply' as const, probability: 0.04 + (seed % 5) / 50 },
      { action, function: name, kind: 'error' as const, probability: 0.04 },
    ]),
  );

let round = 0;
it(`keeps its books through ${RUNS} random days with calls that fail and answers that are lost`, async () => {
  await fc.assert(
    fc.asyncProperty(aDay, fc.nat(), async (day, seed) => {
      const name = `day${(round += 1)}`;
      const tasks = await shop.campaign(
        name,
        Array.from({ length: MEMBERS }, (_, i) => `${name}M${i}`),
        PACK,
      );
      shop.chain.cloud.faults.set(faultsOf(seed), seed);
      for (const row of day) {
        await Promise.all(row.map((one) => perform(one, name, tasks).catch(() => undefined)));
      }
      shop.chain.cloud.faults.clear();
      await shop.settle();
      await expectBooksBalance(name);
      const coupons = await couponsOf(name);
      expect(coupons.filter(({ _id }) => _id.endsWith(':0')).length).toBeLessThanOrEqual(4);
      // All of a pack or nothing of it.
      expect(coupons.length % 2).toBe(0);
      for (const task of await table('tasks').findMany(tasks.map(({ _id }) => _id))) {
        const own = coupons.filter(({ taskId }) => taskId === task._id);
        expect(task.claimedAt !== null).toBe(own.length > 0);
        expect(task.redeemedAt !== null).toBe(own.some(({ status }) => status === 'used'));
      }
    }),
    { numRuns: RUNS, ...(process.env['GIFT_SEED'] ? { seed: Number(process.env['GIFT_SEED']) } : {}) },
  );
}, 3_600_000);

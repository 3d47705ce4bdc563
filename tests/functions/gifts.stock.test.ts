import { chunk } from 'lodash-es';
import { table } from '../../cloudfunctions/common/store/table';
import type { GiftFace, MemberOffer } from '../../miniprogram/domain/offers/types';
import { newKey, replyOf } from './chain';
import { couponsOf, expectBooksBalance, potsOf, startGiftShop } from './giftShop';
import type { GiftShop } from './giftShop';
import { AWAITS, killedAt } from './killing';

/** `GIFT_MEMBERS=2000`: so many members, two taps each, half as many packs. */
const MEMBERS = Number(process.env['GIFT_MEMBERS'] ?? 102);

/** `GIFT_MEMBERS` given: every write of a claim is tried, else the first ones. */
const MOST_WRITES = process.env['GIFT_MEMBERS'] ? 99 : 2;
// With thousands of members a test takes as long as the machine needs.
jest.setTimeout(process.env['GIFT_MEMBERS'] ? 3_600_000 : 120_000);
let shop: GiftShop;
beforeAll(async () => {
  shop = await startGiftShop(['gifts', 'pulse']);
}, 60_000);
afterAll(() => shop.chain.stop());

const claim = (memberId: string, link: string) =>
  shop.chain.call(`wx-${memberId}`, 'gifts', 'gift.claim', { link });
const open = (memberId: string, link: string) =>
  shop.chain.call(`wx-${memberId}`, 'gifts', 'gift.open', { link });

it(`gives ${MEMBERS / 2} packs to ${MEMBERS} members who all tap twice, one each, and not one more`, async () => {
  const stock = MEMBERS / 2;
  const ids = Array.from({ length: MEMBERS }, (_, i) => `S${i}`);
  const tasks = await shop.campaign('hot', ids, { stock });
  const taps = tasks.flatMap((task) => [task, task]);
  const faces: GiftFace[] = [];
  for (const some of chunk(taps, 32)) {
    const answers = await Promise.all(some.map(({ memberId, link }) => claim(memberId, link)));
    faces.push(...answers.map((answer) => replyOf(answer).face));
  }
  const coupons = await couponsOf('hot');
  expect(coupons).toHaveLength(stock);
  expect(new Set(coupons.map(({ memberId }) => memberId)).size).toBe(stock);
  expect(faces.filter((face) => face === 'claimed').length).toBeGreaterThanOrEqual(stock);
  await shop.settle();
  const shards = await potsOf('stock', 'hot');
  expect(shards.length).toBeGreaterThan(1);
  expect(shards.map(({ left }) => left)).toEqual(shards.map(() => 0));
  await expectBooksBalance('hot');
});

it('costs three database calls beside the scope while there are some', async () => {
  const [, task] = await shop.campaign('calls', ['C1', 'C2'], { stock: 10 });
  await claim('C1', 'linkcallsC1');
  await open('C2', task?.link ?? '');
  const { databaseCalls } = await shop.chain.send('wx-C2', 'gifts', {
    action: 'gift.claim',
    ask: { link: task?.link },
    requestKey: newKey(),
  });
  expect(databaseCalls).toBe(4);
});

it('says that all are given out, on the page too, and never while a shard has a piece', async () => {
  const [one, two] = await shop.campaign('last', ['L1', 'L2'], { stock: 1 });
  expect(replyOf(await open('L2', two?.link ?? ''))).toMatchObject({ face: 'claimable', left: 1 });
  expect(replyOf(await claim('L1', one?.link ?? '')).face).toBe('claimed');
  expect(replyOf(await claim('L2', two?.link ?? ''))).toMatchObject({ face: 'outOfStock', coupon: null });
  expect(replyOf(await open('L2', two?.link ?? ''))).toMatchObject({ face: 'outOfStock', left: 0 });
  expect(replyOf(await open('L1', one?.link ?? '')).face).toBe('claimed');
});

it('leaves the step of the task to the next pulse, or to her next look', async () => {
  const [one, two] = await shop.campaign('later', ['T1', 'T2'], { stock: 5 });
  await claim('T1', one?.link ?? '');
  await claim('T2', two?.link ?? '');
  await open('T1', one?.link ?? '');
  expect((await table('tasks').find('later:T1'))?.claimedAt).not.toBeNull();
  expect((await table('tasks').find('later:T2'))?.claimedAt).toBeNull();
  await shop.pulse();
  expect((await table('tasks').find('later:T2'))?.claimedAt).not.toBeNull();
});

it('gives the piece of a claim that died to somebody else, after ten minutes', async () => {
  const [dead, other] = await shop.campaign('dead', ['D1', 'D2'], { stock: 1 });
  await open('D1', dead?.link ?? '');
  const die = () => claim('D1', dead?.link ?? '');
  expect(await killedAt(shop.chain, 'gifts', 1, 'error', die, 'database.insertDocument')).toBe(true);
  await killedAt(shop.chain, 'gifts', 2, 'error', die, 'database.insertDocument');
  expect(await couponsOf('dead')).toHaveLength(0);
  expect(replyOf(await claim('D2', other?.link ?? '')).face).toBe('outOfStock');
  await shop.settle();
  expect(replyOf(await claim('D2', other?.link ?? '')).face).toBe('claimed');
  await shop.settle();
  await expectBooksBalance('dead');
});

const PACK: Partial<MemberOffer> = {
  stock: 3,
  branchBudgetFen: 100_000,
  more: [
    {
      title: '新品体验',
      rule: { kind: 'trial', product: '新茶', worthFen: 1_500, minFen: 0 },
      validity: { kind: 'businessDays', days: 7 },
    },
  ],
  points: { points: 50, validDays: 90, on: 'claim' },
  levelKeep: { level: 'gold', months: 3 },
};

describe.each([
  ['before a write', 'error'],
  ['after a write whose answer was lost', 'dropReply'],
] as const)('a claim killed %s, whichever', (_, kind) => {
  const writes = Array.from({ length: MOST_WRITES }, (_, n) => n + 1);
  it.each([
    ['database.insertDocument', writes],
    ['database.modifyDocument', writes],
    // Whatever it waits for: reads, writes, and being called at all.
    ['*', AWAITS],
  ] as const)(
    'ends whole when she taps again, and when nobody does (%s)',
    async (action, nths) => {
      for (const write of nths) {
        let isStruck = false;
        const name = `k${kind}${action.slice(9, 12)}${write}`;
        const [retried, left] = await shop.campaign(name, [`${name}A`, `${name}B`], PACK);
        for (const task of [retried, left]) {
          await open(task?.memberId ?? '', task?.link ?? '');
          isStruck = await killedAt(
            shop.chain,
            'gifts',
            write,
            kind,
            () => claim(task?.memberId ?? '', task?.link ?? ''),
            action,
          );
        }
        expect(replyOf(await claim(`${name}A`, retried?.link ?? '')).face).toBe('claimed');
        await shop.settle();
        await expectBooksBalance(name);
        const whole = await couponsOf(name);
        expect([2, 4]).toContain(whole.length);
        expect(whole.filter(({ taskId }) => taskId === retried?._id)).toHaveLength(2);
        const { loyalty } = (await table('members').find(`${name}A`)) ?? {};
        expect(loyalty).toMatchObject({ points: 50, level: 'gold' });
        expect(await table('coupons').count({ campaignId: name, owes: 1 })).toBe(0);
        expect((await table('tasks').find(retried?._id ?? ''))?.claimedAt).not.toBeNull();
        expect((await potsOf('stock', name)).map(({ dirty }) => dirty)).toEqual([0]);
        if (!isStruck) break;
      }
    },
    300_000,
  );
});

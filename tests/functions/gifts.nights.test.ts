import { table } from '../../cloudfunctions/common/store/table';
import { addDays, dayOf, DAY_MS, spokenDay } from '../../miniprogram/domain/kernel/day';
import { newKey, refusalOf, replyOf } from './chain';
import { PHONE_KEY, startGiftShop } from './giftShop';
import type { GiftShop } from './giftShop';
import { PACK, packsIn } from './packs';

/** What a night does about gifts, in a shop with few campaigns: it counts each of them anew. */
let shop: GiftShop;
beforeAll(async () => {
  process.env['HUITOU_PHONE_KEY'] = PHONE_KEY;
  shop = await startGiftShop(['gifts', 'ingest', 'nightly', 'pulse']);
}, 60_000);
afterAll(() => shop.chain.stop());
const { claimed, redeem } = packsIn(() => shop);
const night = () => shop.chain.send(undefined, 'nightly', { Type: 'Timer', TriggerName: 'nightly' });

describe('a message about what ends', () => {
  const messages = () => table('outbox').all({ kind: 'pointsEnding' }, 100);
  const later = (days: number) => shop.chain.cloud.clock.moveTo(shop.chain.now() + days * DAY_MS);

  it('is put into the outbox a week before, once, for who said yes, and taken back when the points go', async () => {
    const pack = { ...PACK, points: { points: 50, validDays: 10, on: 'redeem' as const } };
    const [yes, no] = [await claimed('L1', pack), await claimed('L2', pack)];
    for (const { id } of [yes, no]) replyOf(await redeem(id(0)));
    replyOf(await shop.chain.call(yes.me, 'gifts', 'loyalty.remind', { what: 'points' }));
    expect(refusalOf(await shop.chain.call(yes.me, 'gifts', 'loyalty.remind', { what: 'level' }))).toBe(
      'remind-none',
    );
    const order = { orderNo: 'o-L1', memberNo: 'L1', paidAt: shop.chain.now() };
    await shop.deliver({ event: 'order.paid', ...order });
    await later(2);
    await night();
    expect(await messages()).toEqual([]);
    await later(1);
    await night();
    await night();
    const on = addDays(dayOf(shop.chain.now()), 7);
    expect(await messages()).toMatchObject([
      { _id: `pointsEnding:L1:${on}`, status: 'waiting', words: { points: '50', until: spokenDay(on) } },
    ]);
    await shop.deliver({ event: 'order.refunded', ...order, refundedFen: 20_000 });
    expect(await messages()).toMatchObject([{ status: 'dropped' }]);
  });
});

it('keeps findings for the manager of the branch, with the redemptions, until she has looked', async () => {
  const ids = ['F1', 'F2', 'F3', 'F4', 'F5'];
  for (const memberId of ids)
    replyOf(await redeem((await claimed(memberId, { more: [] })).id(0), 9_000, newKey(), 'wx-c2'));
  await night();
  await night();
  const list = async () => replyOf(await shop.chain.call('wx-m1', 'gifts', 'flags.list', {})).flags;
  const [flag] = (await list()).filter(({ clerkName }) => clerkName === '李婷');
  expect(flag).toMatchObject({
    kind: 'onTheSpot',
    branchName: '东湖店',
    settled: null,
    evidence: { length: 5 },
  });
  expect(replyOf(await shop.chain.call('wx-m2', 'gifts', 'flags.list', {})).flags).toEqual([]);
  const flagId = flag?.flagId ?? '';
  expect(flagId).toBe(`onTheSpot:c2:${dayOf(shop.chain.now())}`);
  expect(refusalOf(await shop.chain.call('wx-m2', 'gifts', 'flags.settle', { flagId, note: '' }))).toBe(
    'other-branch',
  );
  replyOf(await shop.chain.call('wx-m1', 'gifts', 'flags.settle', { flagId, note: '试营业当天' }));
  expect((await list()).find((one) => one.flagId === flagId)?.settled).toMatchObject({ byName: '赵店长' });
});

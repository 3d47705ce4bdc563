import type { MemberDoc, OrderDoc } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import { addDays, day, DAY_MS, startOf } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { rulesOf } from '../../miniprogram/domain/membership/presets';
import { refusalOf, replyOf, startChain, TEN_O_CLOCK, TODAY } from './chain';
import type { Chain } from './chain';
import { aMember, anOrder, aTask, CHAIN, quietOrders, seedMember, seedStaff } from './people';

jest.setTimeout(120_000);
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['members']);
});
afterAll(() => chain.stop());
beforeEach(async () => {
  await chain.cloud.drop();
  await seedStaff(chain);
});

const seed = (_id: string, orders?: OrderDoc[], known?: Partial<MemberDoc>) =>
  seedMember(chain, _id, orders, known);
const replay = (openid: string, memberId: string, on: Day) =>
  chain.call(openid, 'members', 'member.replay', { memberId, on });
const timeline = (openid: string, memberId: string, before?: Day) =>
  chain.call(openid, 'members', 'member.timeline', { memberId, ...(before ? { before } : {}) });

describe('where a member stood on a past day', () => {
  it('is what her orders of that day said, with the sentence of that day', async () => {
    await seed('M1');
    expect(replyOf(await replay('wx-hq', 'M1', day('2024-11-01')))).toMatchObject({
      on: '2024-11-01',
      lifecycle: 'drowsy',
      quiet: 'drowsy',
      paidOrders: 2,
      paidFen: 38_400,
      rulesVersion: 1,
      sentence: expect.stringMatching(/^预沉睡：最后一次消费是2024年8月1日，距今已满3个月/) as string,
    });
    expect(replyOf(await replay('wx-hq', 'M1', day('2024-07-31')))).toMatchObject({ paidOrders: 1 });
    expect(replyOf(await replay('wx-hq', 'M1', day('2024-05-31')))).toMatchObject({
      lifecycle: 'prospect',
      paidOrders: 0,
    });
  });

  it('goes by the rules and the cut-off of that day', async () => {
    await seed('M1');
    await table('chain').put({
      ...CHAIN,
      rules: rulesOf('maternity', 2),
      rulesSaved: { at: startOf(day('2025-01-10')), by: '总部小陈', note: '', requestKey: 'k' },
      aovCut: { fen: 10_000, computedOn: day('2025-01-10'), members: 9 },
      recut: { on: day('2025-01-10'), at: startOf(day('2025-01-10')), placedSince: 0 },
    });
    await chain.add('rules', [
      { _id: '1', rules: rulesOf('retail', 1), savedAt: startOf(day('2024-01-01')), savedBy: '', note: '' },
    ]);
    const cut = { fen: 90_000, computedOn: day('2024-01-02'), members: 9 };
    await chain.add('cuts', [
      { _id: String(startOf(day('2024-01-02'))).padStart(15, '0'), at: startOf(day('2024-01-02')), cut },
    ]);
    expect(replyOf(await replay('wx-hq', 'M1', day('2025-01-09')))).toMatchObject({
      lifecycle: 'drowsy',
      value: 'low',
      rulesVersion: 1,
    });
    expect(replyOf(await replay('wx-hq', 'M1', day('2025-01-10')))).toMatchObject({
      lifecycle: 'active',
      value: 'mid',
      rulesVersion: 2,
    });
  });

  it('cannot be tomorrow, nor before any shop kept books', async () => {
    await seed('M1');
    for (const on of [addDays(TODAY, 1), day('1991-12-31')]) {
      const refused = await replay('wx-hq', 'M1', on);
      expect(refused).toMatchObject({ ok: false, failure: { code: 'bad-ask', field: 'on' } });
    }
    expect(refusalOf(await replay('wx-hq', 'nobody', TODAY))).toBe('not-found');
  });

  it('is today what is stored today', async () => {
    const member = await seed('M1');
    const { lifecycle, value, quiet } = replyOf(await replay('wx-hq', 'M1', TODAY));
    expect({ lifecycle, value, quiet }).toEqual({
      lifecycle: member.lifecycle,
      value: member.value,
      quiet: member.quiet,
    });
  });
});

describe('whose history may be looked at', () => {
  const asks = (openid: string, memberId: string) => [
    timeline(openid, memberId),
    replay(openid, memberId, TODAY),
    chain.call(openid, 'members', 'member.diff', { memberId, from: addDays(TODAY, -9), to: TODAY }),
  ];
  const answers = async (openid: string, memberId: string) =>
    new Set((await Promise.all(asks(openid, memberId))).map((one) => (one.ok ? 'ok' : one.failure.code)));

  it('is anybody’s for headquarters, the branch’s for its manager', async () => {
    await seed('M1');
    await seed('M2', [anOrder('M2-1', 'M2', day('2025-01-01'), 100, 'B2')], { homeBranchId: null });
    expect(await answers('wx-hq', 'M1')).toEqual(new Set(['ok']));
    expect(await answers('wx-m1', 'M1')).toEqual(new Set(['ok']));
    expect(await answers('wx-m2', 'M1')).toEqual(new Set(['out-of-scope']));
    // Nobody told her home: she belongs where she was last served.
    expect(await answers('wx-m2', 'M2')).toEqual(new Set(['ok']));
    expect(await answers('wx-m1', 'M2')).toEqual(new Set(['out-of-scope']));
  });

  it('is a clerk’s own members’ and those she has a task of, not her neighbour’s', async () => {
    await seed('M1', quietOrders('M1'), { ownerClerkId: 'c1' });
    const member = await seed('M2');
    await chain.add('tasks', [aTask('spring', member, { clerkId: 'c1', status: 'closed' })]);
    const held = await seed('M3');
    await chain.add('tasks', [aTask('spring', held, { clerkId: 'c1', arm: 'heldOut', status: 'heldOut' })]);
    for (const id of ['M1', 'M2']) {
      expect(await answers('wx-c1', id)).toEqual(new Set(['ok']));
      expect(await answers('wx-c2', id)).toEqual(new Set(['out-of-scope']));
    }
    expect(await answers('wx-c1', 'M3')).toEqual(new Set(['out-of-scope']));
    expect(await answers('wx-M1', 'M1')).toEqual(new Set(['not-staff']));
  });

  it('is found under the number she was merged from', async () => {
    await seed('M1', quietOrders('M1'), { formerNos: ['M0'] });
    const counts = { orders: 0, tasks: 0, touches: 0, coupons: 0 };
    const merge = { _id: 'M0', into: 'M1', at: TEN_O_CLOCK - 3 * DAY_MS, state: 'done' as const, counts };
    await chain.add('merges', [{ ...merge, member: aMember('M0') }]);
    const reply = replyOf(await timeline('wx-hq', 'M0'));
    expect(reply.memberId).toBe('M1');
    expect(reply.entries.find(({ kind }) => kind === 'merged')).toMatchObject({
      on: addDays(TODAY, -3),
      text: '会员号M0并入',
    });
  });
});

describe('the timeline', () => {
  it('tells newest first what happened and where it moved her', async () => {
    const orders = quietOrders('M1');
    const refund = { at: startOf(day('2024-08-05'), 10), fen: 25_600 };
    const [first, second] = orders;
    if (!first || !second) throw new Error('two orders');
    await seed('M1', [first, { ...second, status: 'refunded', refundedFen: 25_600, refunds: [refund] }], {
      visitDays: [day('2024-08-05')],
    });
    const reply = replyOf(await timeline('wx-hq', 'M1'));
    expect(reply).toMatchObject({ memberId: 'M1', lifecycle: 'dormant', rulesVersion: 1, next: null });
    expect(reply.sentence).toMatch(/^沉睡：/);
    expect(reply.entries.map(({ on, text }) => `${on} ${text}`)).toEqual([
      '2024-12-01 满6个月未消费，转为沉睡',
      '2024-09-01 满3个月未消费，转为预沉睡',
      '2024-08-05 退款后，转为一单未复购',
      '2024-08-05 到店',
      '2024-08-05 退款¥256（东湖店）',
      '2024-08-01 有了新消费，转为活跃',
      '2024-08-01 消费¥256（东湖店）',
      '2024-07-02 首单后超过30天没有再买，转为一单未复购',
      '2024-06-01 从这天起有记录：活跃、普通',
      '2024-06-01 消费¥128（东湖店）',
    ]);
  });

  it('comes in pages that never cut a day in two', async () => {
    const orders = Array.from({ length: 70 }, (_, i) =>
      anOrder(`x${i}`, 'M1', addDays(day('2024-01-01'), Math.floor(i / 3)), 100),
    );
    await seed('M1', orders);
    const first = replyOf(await timeline('wx-hq', 'M1'));
    expect(first.next).not.toBeNull();
    const second = replyOf(await timeline('wx-hq', 'M1', first.next ?? TODAY));
    expect(second.next).toBeNull();
    const paid = [...first.entries, ...second.entries].filter(({ kind }) => kind === 'paid');
    expect(paid).toHaveLength(70);
    expect(second.entries.every(({ on }) => on < (first.next ?? TODAY))).toBe(true);
  });

  it('tells that she was contacted, and what became of her coupon', async () => {
    const member = await seed('M1', quietOrders('M1'), { openid: 'wx-M1' });
    const at = TEN_O_CLOCK - DAY_MS;
    const task = aTask('spring', member);
    await chain.add('touches', [
      {
        _id: 'spring:M1:k',
        taskId: task._id,
        memberId: 'M1',
        clerkId: 'c1',
        clerkName: '孙晓梅',
        branchId: 'B1',
        channel: 'call',
        purpose: 'promo',
        scriptId: null,
        scenario: null,
        text: null,
        at,
      },
    ]);
    await chain.add('coupons', [
      {
        _id: 'spring:M1:0',
        taskId: task._id,
        campaignId: 'spring',
        memberId: 'M1',
        memberName: member.name,
        phoneTail: '1234',
        openid: 'wx-M1',
        title: '回归礼',
        rule: task.offer.rule,
        trial: null,
        branchIds: null,
        status: 'unused',
        code: '12345678',
        secretWord: '东风',
        claimedAt: at + 1000,
        expiresAt: at + DAY_MS,
        redeemed: null,
      },
    ]);
    const [newest, before] = replyOf(await timeline('wx-hq', 'M1')).entries;
    expect(newest).toMatchObject({ kind: 'coupon', on: addDays(TODAY, -1) });
    expect(before).toMatchObject({ kind: 'touch', text: '孙晓梅打了电话' });
  });
});

it('answers no day that is none', async () => {
  await seed('M1');
  for (const on of ['2025-02-30', 'gestern', '', 20250101, null, { $gt: '' }]) {
    const outcome = await replay('wx-hq', 'M1', on as Day);
    expect(refusalOf(outcome)).toBe('bad-ask');
  }
});

import type { MemberDoc, OrderDoc } from '../../cloudfunctions/common/store/documents';
import type { MovesPage } from '../../miniprogram/contract/rules';
import { addDays, day } from '../../miniprogram/domain/kernel/day';
import { refusalOf, replyOf, startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { aMember, anOrder, quietOrders, seedMember, seedStaff } from './people';

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
describe('two days of a member', () => {
  it('are told with what lay between them', async () => {
    await seed('M1');
    const ask = { memberId: 'M1', from: day('2024-07-31'), to: TODAY };
    const reply = replyOf(await chain.call('wx-hq', 'members', 'member.diff', ask));
    expect([reply.from.lifecycle, reply.to.lifecycle]).toEqual(['oneOrderOnly', 'dormant']);
    expect(reply.because).toEqual(['消费1次，共¥256（2024年8月1日）']);
    expect(reply.to.sentence).not.toBe(reply.from.sentence);
  });

  it('have to come in order', async () => {
    await seed('M1');
    for (const [from, to] of [
      [TODAY, TODAY],
      [TODAY, addDays(TODAY, -1)],
      [TODAY, addDays(TODAY, 1)],
    ] as const) {
      const outcome = await chain.call('wx-hq', 'members', 'member.diff', { memberId: 'M1', from, to });
      expect(refusalOf(outcome)).toBe('bad-ask');
    }
  });
});

describe('two days of a branch', () => {
  const diff = (openid: string, branchId: string, after: string | null = null) =>
    chain.call(openid, 'members', 'branch.diff', {
      branchId,
      from: day('2025-01-31'),
      to: day('2025-02-02'),
      after,
    });

  it('count who moved, each move with a name and both sentences', async () => {
    await seed('M1');
    await seed('M2');
    await seed('M3', [anOrder('M3-1', 'M3', day('2025-02-01'), 100)]);
    await seed('M4', [anOrder('M4-1', 'M4', day('2024-12-20'), 100)]);
    await seed('M5', quietOrders('M5'), { homeBranchId: 'B2' });
    const reply = replyOf(await diff('wx-m1', 'B1'));
    expect(reply).toMatchObject({ read: 4, total: 4, next: null });
    expect(reply.moves).toEqual([
      {
        from: { lifecycle: 'drowsy', value: 'low' },
        to: { lifecycle: 'dormant', value: 'low' },
        members: 2,
      },
      {
        from: { lifecycle: 'prospect', value: 'low' },
        to: { lifecycle: 'active', value: 'low' },
        members: 1,
      },
    ]);
    expect(reply.examples.map(({ memberId }) => memberId)).toEqual(['M1', 'M3', 'M2']);
    expect(reply.examples[0]?.before).toMatch(/^预沉睡：/);
    expect(reply.examples[0]?.after).toMatch(/^沉睡：.*已满6个月/);
  });

  it('come in pages that count every member once', async () => {
    const members = Array.from({ length: 450 }, (_, i) => `M${1000 + i}`);
    const orders = members.flatMap((id) => quietOrders(id));
    await chain.add('orders', orders);
    await chain.add(
      'members',
      members.map((id) => aMember(id, quietOrders(id))),
    );
    let [after, read, moved, pages]: [string | null, number, number, number] = [null, 0, 0, 0];
    do {
      const page: MovesPage = replyOf(await diff('wx-hq', 'B1', after));
      expect(page.total).toBe(450);
      expect(page.examples.length).toBeLessThanOrEqual(10);
      read += page.read;
      moved += page.moves.reduce((sum, { members: n }) => sum + n, 0);
      pages += 1;
      after = page.next;
    } while (after !== null);
    expect([read, moved, pages]).toEqual([450, 450, 3]);
  });

  it('are the branch’s own manager’s and headquarters’ business', async () => {
    await seed('M1');
    expect(refusalOf(await diff('wx-m2', 'B1'))).toBe('out-of-scope');
    expect(refusalOf(await diff('wx-c1', 'B1'))).toBe('not-allowed');
    expect(refusalOf(await diff('wx-hq', 'no-such'))).toBe('not-found');
    expect((await diff('wx-hq', 'B2')).ok).toBe(true);
  });
});

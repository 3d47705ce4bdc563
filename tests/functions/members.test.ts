import fc from 'fast-check';
import { LIFECYCLES, VALUES } from '../../miniprogram/domain/membership/types';
import { day } from '../../miniprogram/domain/kernel/day';
import { refusalOf, replyOf, startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { aMember, anOrder, quietOrders, seedStaff } from './people';

jest.setTimeout(60_000);
let chain: Chain;

beforeAll(async () => {
  chain = await startChain(['members']);
  await seedStaff(chain);
  await chain.add('members', [
    aMember('M001', quietOrders('M001'), { name: '王芳', openid: 'wx-M001', phoneTail: '8001' }),
    aMember('M002', [anOrder('a', 'M002', day('2025-03-01'), 5_000)], { name: '王小梅', waiting: 2 }),
    aMember('M003', [], { name: '欧阳兰', homeBranchId: null }),
    ...Array.from({ length: 60 }, (_, i) =>
      aMember(`N${100 + i}`, quietOrders(`N${100 + i}`), { name: '李静' }),
    ),
  ]);
});
afterAll(() => chain.stop());

describe('who am I', () => {
  it.each([
    ['wx-hq', { role: 'hq', name: '总部小陈', branch: null }],
    ['wx-m1', { role: 'manager', name: '赵店长', branch: { id: 'B1', name: '东湖店' } }],
    ['wx-c3', { role: 'clerk', name: '周洁', branch: { id: 'B2', name: '西溪店' } }],
    ['wx-M001', { role: 'member', name: '王芳', branch: null }],
    ['wx-nobody', { role: 'stranger', name: '', branch: null }],
  ])('tells %s', async (openid, who) => {
    const session = replyOf(await chain.call(openid, 'members', 'session.open', {}));
    expect(session).toEqual({ ...who, today: TODAY, chain: { name: '半日闲茶集' }, setUp: true });
  });

  it('knows nobody without a WeChat identity', async () => {
    const { result } = await chain.send(undefined, 'members', {
      action: 'session.open',
      ask: {},
      requestKey: 'k123',
    });
    expect(refusalOf(result as never)).toBe('not-signed-in');
  });
});

describe('the matrix', () => {
  it('counts every member once and says who still waits', async () => {
    const overview = replyOf(await chain.call('wx-hq', 'members', 'tier.overview', {}));
    const cells = LIFECYCLES.flatMap((l) => VALUES.map((v) => overview.matrix[l]?.[v] ?? 0));
    expect(cells.reduce((sum, n) => sum + n, 0)).toBe(63);
    expect(overview).toMatchObject({
      members: 63,
      matrix: { dormant: { low: 61 }, prospect: { low: 1 } },
      waiting: 1,
      branches: 2,
      rules: { preset: 'retail' },
      aovCut: null,
    });
  });
});

describe('the list behind a field', () => {
  it('pages by key until every member of the field was shown once', async () => {
    const ask = { lifecycle: 'dormant', value: 'low' } as const;
    const first = replyOf(await chain.call('wx-hq', 'members', 'member.page', ask));
    expect(first.members).toHaveLength(50);
    const next = first.next ?? '';
    const rest = replyOf(await chain.call('wx-hq', 'members', 'member.page', { ...ask, after: next }));
    expect(rest.next).toBeNull();
    expect(new Set([...first.members, ...rest.members].map((one) => one.memberId)).size).toBe(61);
    expect(first.members[0]).toEqual({
      memberId: 'M001',
      name: '王芳',
      phoneTail: '8001',
      branchName: '东湖店',
      lifecycle: 'dormant',
      value: 'low',
      lastPaidOn: '2024-08-01',
    });
  });

  it.each([
    ['王', ['M001', 'M002']],
    ['王小', ['M002']],
    ['M003', ['M003']],
    ['8001', ['M001']],
    ['芳', []],
  ])('finds by the beginning of a name, a number or a phone tail: %s', async (search, ids) => {
    const page = replyOf(await chain.call('wx-hq', 'members', 'member.page', { search }));
    expect(page.members.map((one) => one.memberId)).toEqual(ids);
  });

  it('looks for a name only within the field', async () => {
    const page = replyOf(
      await chain.call('wx-hq', 'members', 'member.page', { search: '王', lifecycle: 'dormant' }),
    );
    expect(page.members.map((one) => one.memberId)).toEqual(['M001']);
  });
});

describe('one member explained', () => {
  it('names the rule and the dates', async () => {
    const told = replyOf(await chain.call('wx-hq', 'members', 'member.explain', { memberId: 'M001' }));
    expect(told.sentence).toContain('沉睡');
    expect(told.sentence).toContain('2024年8月1日');
    expect(told).toMatchObject({ paidOrders: 2, paidFen: 38_400, placement: { quiet: 'dormant' } });
  });

  it('says so when there is no such member', async () => {
    expect(refusalOf(await chain.call('wx-hq', 'members', 'member.explain', { memberId: 'M999' }))).toBe(
      'not-found',
    );
  });
});

describe('who may ask', () => {
  const asks = [
    ['tier.overview', {}],
    ['member.page', {}],
    ['member.explain', { memberId: 'M001' }],
    ['import.orders', { rows: [], dryRun: true }],
    ['import.members', { rows: [], dryRun: true }],
    ['import.settle', {}],
  ] as const;

  it.each(asks)('%s is for headquarters alone', async (action, ask) => {
    for (const openid of ['wx-m1', 'wx-c1', 'wx-c3']) {
      expect(refusalOf(await chain.call(openid, 'members', action, ask as never))).toBe('not-allowed');
    }
    for (const openid of ['wx-M001', 'wx-nobody']) {
      expect(refusalOf(await chain.call(openid, 'members', action, ask as never))).toBe('not-staff');
    }
  });

  it.each(asks.filter(([action]) => action !== 'import.settle'))(
    '%s refuses garbage by name',
    async (action) => {
      await fc.assert(
        fc.asyncProperty(fc.anything(), async (ask) => {
          const outcome = (await chain.call(
            'wx-hq',
            'members',
            action,
            JSON.parse(JSON.stringify({ ask })).ask as never,
          )) as {
            ok: boolean;
          };
          if (!outcome.ok) expect(refusalOf(outcome as never)).toMatch(/^(bad-ask|not-found)$/);
        }),
        { numRuns: 25, seed: 7 },
      );
    },
  );
});

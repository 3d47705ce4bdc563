import { orderAfter } from '../../cloudfunctions/common/flows/orderEvent';
import { announceImport } from '../../cloudfunctions/common/store/imports';
import { table } from '../../cloudfunctions/common/store/table';
import { importIdOf } from '../../cloudfunctions/members/imports/once';
import type { MemberRow, OrderRow } from '../../miniprogram/contract/members';
import { DAY_MS, day, startOf } from '../../miniprogram/domain/kernel/day';
import { factsOf } from '../../miniprogram/domain/membership/facts';
import { newKey, replyOf, startChain, TEN_O_CLOCK, TODAY } from './chain';
import type { Chain } from './chain';
import { aMember, aTask, quietOrders, seedStaff } from './people';

jest.setTimeout(60_000);
let chain: Chain;
beforeEach(async () => {
  await chain.cloud.drop();
  await seedStaff(chain);
});
beforeAll(async () => {
  chain = await startChain(['members']);
});
afterAll(() => chain.stop());

let row = 1;
function aRow(orderNo: string, memberNo: string, known: Partial<OrderRow> = {}): OrderRow {
  const at = startOf(day('2024-08-01'), 15);
  row += 1;
  return {
    row,
    orderNo,
    memberNo,
    branchNo: 'B1',
    paidAt: at,
    createdAt: at,
    amountFen: 10_000,
    refundedFen: 0,
    clerkNo: null,
    withCoupon: false,
    line: null,
    ...known,
  };
}
const importing = async (rows: OrderRow[], dryRun = false, key = newKey()) =>
  replyOf(await chain.call('wx-hq', 'members', 'import.orders', { rows, dryRun }, key));
const importingMembers = async (rows: MemberRow[], dryRun = false) =>
  replyOf(await chain.call('wx-hq', 'members', 'import.members', { rows, dryRun }));
async function settled(): Promise<void> {
  for (;;) if (replyOf(await chain.call('wx-hq', 'members', 'import.settle', {})).finished) return;
}
const orderOf = (no: string) => table('orders').find(`csv:${no}`);
const memberOf = async (id: string) => {
  const member = await table('members').find(id);
  if (!member) throw new Error(`no member ${id}`);
  return member;
};
/** Everything an import may touch, without the times at which it was written. */
async function state(): Promise<unknown> {
  const [orders, members, branches] = await Promise.all([
    table('orders').all({}, 1000),
    table('members').all({}, 1000),
    table('branches').all({}, 1000),
  ]);
  return {
    orders: orders.map((order) => ({ ...order, revision: 0 })),
    members: members.map((member) => ({ ...member, tieredAt: 0 })),
    branches,
  };
}

describe('orders from a file', () => {
  it('adds orders, unknown members and unknown branches, and leaves the members waiting', async () => {
    const verdict = await importing([
      aRow('A1', 'M1', { line: 'milk' }),
      aRow('A1', 'M1', { line: 'bread', amountFen: 500 }),
      aRow('A2', 'M20001', { branchNo: '人民路（二楼）' }),
    ]);
    expect(verdict).toMatchObject({
      rows: 3,
      added: 2,
      changed: 0,
      same: 0,
      newMemberNos: ['M1', 'M20001'],
      newBranchNos: ['人民路（二楼）'],
      addedNos: ['A1', 'A2'],
      refused: [],
    });
    expect(await orderOf('A1')).toMatchObject({ paidFen: 10_500, lines: { milk: 10_000, bread: 500 } });
    expect(await memberOf('M20001')).toMatchObject({ name: '会员0001', waiting: 1 });
    const branches = await table('branches').all({}, 1000);
    expect(branches.map((branch) => branch.name)).toContain('人民路（二楼）');
    expect((await orderOf('A2'))?.branchId).toBe(branches.find((b) => b.name === '人民路（二楼）')?._id);
  });

  it('says the same on a dry run and writes nothing', async () => {
    const rows = [aRow('A1', 'M1'), aRow('A2', 'M2', { branchNo: 'B9' })];
    const before = await state();
    const dry = await importing(rows, true);
    expect(await state()).toEqual(before);
    expect(await importing(rows)).toEqual(dry);
  });

  it('changes nothing when the same rows come again', async () => {
    const rows = [aRow('A1', 'M1', { line: 'a' }), aRow('A1', 'M1', { line: 'b' }), aRow('A2', 'M2')];
    await importing(rows);
    await settled();
    const before = await state();
    expect(await importing(rows)).toMatchObject({
      added: 0,
      changed: 0,
      same: 2,
      newMembers: 0,
      newBranches: 0,
    });
    expect(await state()).toEqual(before);
  });

  it('gives the first verdict again when a call is repeated with its key', async () => {
    const rows = [aRow('A1', 'M1')];
    const key = newKey();
    const first = await importing(rows, false, key);
    expect(await importing(rows, false, key)).toEqual(first);
    expect((await memberOf('M1')).waiting).toBe(1);
  });

  it('writes other rows even when they come with a key used before', async () => {
    const key = newKey();
    await importing([aRow('A1', 'M1')], false, key);
    expect(await importing([aRow('A2', 'M1')], false, key)).toMatchObject({ added: 1, addedNos: ['A2'] });
  });

  it('joins lines of one order that come in several calls, in whatever order', async () => {
    const [a, b, c] = [
      aRow('A1', 'M1', { line: 'a', amountFen: 100 }),
      aRow('A1', 'M1', { line: 'b', amountFen: 200, createdAt: startOf(day('2024-07-31'), 9) }),
      aRow('A1', 'M1', { line: 'c', amountFen: 300, withCoupon: true }),
    ];
    await importing([a]);
    expect(await importing([b, c])).toMatchObject({ added: 0, changed: 1 });
    const oneWay = await orderOf('A1');
    await chain.cloud.drop();
    await seedStaff(chain);
    await importing([c]);
    await importing([b]);
    await importing([a]);
    expect({ ...(await orderOf('A1')), revision: 0 }).toEqual({ ...oneWay, revision: 0 });
    expect(oneWay).toMatchObject({
      paidFen: 600,
      withCoupon: true,
      createdAt: startOf(day('2024-07-31'), 9),
    });
  });

  it('loses no line when calls with lines of the same orders race', async () => {
    const lines = Array.from({ length: 8 }, (_, line) =>
      Array.from({ length: 20 }, (_, o) => aRow(`A${o}`, `M${o % 5}`, { line: `L${line}`, amountFen: 100 })),
    );
    const added = await Promise.all(
      lines.map(async (rows) => {
        // A call that kept losing says busy and is sent again, as the phone does.
        for (const key = newKey(); ;) {
          const outcome = await chain.call('wx-hq', 'members', 'import.orders', { rows, dryRun: false }, key);
          if (outcome.ok) return outcome.reply.added;
          expect(outcome.failure.code).toBe('busy');
        }
      }),
    );
    const orders = await table('orders').all({}, 1000);
    expect(orders).toHaveLength(20);
    expect(added.reduce((sum, n) => sum + n, 0)).toBe(20);
    expect(new Set(orders.map((order) => order.paidFen))).toEqual(new Set([800]));
    await settled();
    expect((await memberOf('M0')).facts).toMatchObject({ paidOrders: 4, paidFen: 3_200 });
  });

  it('never turns paid back to unpaid', async () => {
    await importing([aRow('A1', 'M1')]);
    expect(await importing([aRow('A1', 'M1', { paidAt: null })])).toMatchObject({ same: 1 });
    expect((await orderOf('A1'))?.status).toBe('paid');
  });

  it('turns unpaid into paid, and paid into refunded', async () => {
    await importing([aRow('A1', 'M1', { paidAt: null })]);
    expect((await orderOf('A1'))?.status).toBe('unpaid');
    await importing([aRow('A1', 'M1')]);
    expect((await orderOf('A1'))?.status).toBe('paid');
    await importing([aRow('A1', 'M1', { refundedFen: 10_000 })]);
    expect((await orderOf('A1'))?.status).toBe('refunded');
    await settled();
    expect((await memberOf('M1')).facts).toEqual(factsOf([], []));
  });

  it('refuses an order that belongs to another member, and a bad row stops no other', async () => {
    await importing([aRow('A1', 'M1')]);
    const stolen = aRow('A1', 'M2');
    const wild = aRow('A3', 'M 3<script>');
    const ancient = aRow('A4', 'M4', { createdAt: 0 });
    const verdict = await importing([stolen, aRow('A2', 'M2'), wild, ancient]);
    expect(verdict).toMatchObject({ added: 1, newMemberNos: ['M2'] });
    expect(verdict.refused.map((one) => one.row)).toEqual([stolen.row, wild.row, ancient.row]);
    for (const { reason } of verdict.refused) expect(reason).toMatch(/[\u4e00-\u9fff]/);
    expect((await orderOf('A1'))?.memberId).toBe('M1');
  });
});

describe('settling', () => {
  it('places members by their orders and finds the cut-off in the end', async () => {
    const rows = Array.from({ length: 450 }, (_, i) =>
      aRow(`A${i}`, `M${String(i).padStart(3, '0')}`, { amountFen: 100 * (i + 1) }),
    );
    await importing(rows);
    await settled();
    const members = await table('members').all({}, 1000);
    expect(members.every((one) => one.waiting === 0 && one.lifecycle === 'dormant')).toBe(true);
    expect(members[0]).toMatchObject({
      homeBranchId: 'B1',
      facts: { paidOrders: 1, lastPaidOn: '2024-08-01' },
    });
    // 20 % of 450 are 90: those from 361 yuan up pass one of the two tests.
    const overview = replyOf(await chain.call('wx-hq', 'members', 'tier.overview', {}));
    expect(overview.aovCut).toEqual({ fen: 36_100, medianFen: 22_600, computedOn: TODAY, members: 450 });
    expect(overview).toMatchObject({ waiting: 0, matrix: { dormant: { mid: 90, low: 360 } } });
  });

  it('goes on with the cut-off where another call stopped', async () => {
    await chain.add('members', [
      aMember('M1', quietOrders('M1')),
      aMember('M2', quietOrders('M2')),
      aMember('M3', quietOrders('M3')),
    ]);
    await table('chain').changeIf(
      { _id: 'chain' },
      {
        aovCut: { fen: 10_000, computedOn: TODAY, members: 3 },
        recut: { on: TODAY, placedSince: 0 },
        pass: {
          job: 'cut:1',
          kind: 'cut',
          rulesVersion: 1,
          bounds: [],
          share: 3,
          total: 3,
          startedAt: TEN_O_CLOCK,
          finishedAt: null,
        },
      },
    );
    await chain.add('jobs', [
      {
        _id: 'cut:1:0',
        job: 'cut:1',
        kind: 'cut',
        part: 0,
        parts: 1,
        from: '',
        to: null,
        cursor: 'M1',
        total: 3,
        done: 1,
        changed: 0,
        moves: {},
        ms: 0,
        leaseUntil: 0,
        leaseKey: '',
        startedAt: TEN_O_CLOCK,
        finishedAt: null,
      },
    ]);
    await settled();
    expect([
      (await memberOf('M1')).value,
      (await memberOf('M2')).value,
      (await memberOf('M3')).value,
    ]).toEqual(['low', 'mid', 'mid']);
    expect((await table('chain').find('chain'))?.pass?.finishedAt).not.toBeNull();
  });

  it('credits a purchase that came by file to the task it answers', async () => {
    const member = aMember('M1', quietOrders('M1'));
    await chain.add('members', [member]);
    await chain.add('orders', quietOrders('M1'));
    await chain.add('tasks', [aTask('spring', member)]);
    await importing([aRow('A1', 'M1', { paidAt: TEN_O_CLOCK - 1, createdAt: TEN_O_CLOCK - 1 })]);
    await settled();
    expect(await table('tasks').find('spring:M1')).toMatchObject({
      status: 'woken',
      wakeOrderId: 'csv:A1',
      wokenAt: TEN_O_CLOCK - 1,
    });
  });

  it('finds the members of an import that died after writing', async () => {
    await chain.add('members', [aMember('M1')]);
    await announceImport('wx-hq:dead', ['M1'], chain.now() - DAY_MS);
    const event = {
      event: 'order.paid',
      orderNo: 'X',
      memberNo: 'M1',
      branchNo: 'B1',
      createdAt: TEN_O_CLOCK - DAY_MS,
      paidAt: TEN_O_CLOCK - DAY_MS,
      amountFen: 900,
    } as const;
    await chain.add('orders', [orderAfter(null, event, TEN_O_CLOCK)]);
    await settled();
    expect((await memberOf('M1')).facts.paidFen).toBe(900);
    expect(await table('imports').find('wx-hq:dead')).toBeNull();
  });

  it('finds them at once when the dead call is repeated', async () => {
    const rows = [aRow('A1', 'M1')];
    await importing(rows);
    await settled();
    // As if this call had written the order and died: the order stands, the note does, and nobody waits.
    const key = newKey();
    const id = importIdOf('wx-hq', key, rows);
    await announceImport(id, ['M1'], chain.now());
    expect(await importing(rows, false, key)).toMatchObject({ same: 1 });
    expect((await memberOf('M1')).waiting).toBe(1);
    expect((await table('imports').find(id))?.verdict).toMatchObject({ same: 1 });
  });

  it('leaves a member waiting whose orders changed while she was being placed', async () => {
    await importing([aRow('A1', 'M1')]);
    // Placing and importing at once, again and again: in the end nothing may be missing from her facts.
    await Promise.all([
      ...Array.from({ length: 10 }, (_, i) => importing([aRow(`B${i}`, 'M1')])),
      ...Array.from({ length: 6 }, () => chain.call('wx-hq', 'members', 'import.settle', {})),
    ]);
    await settled();
    expect((await memberOf('M1')).facts.paidOrders).toBe(11);
  });
});

describe('members from a file', () => {
  let line = 1;
  const aMemberRow = (memberNo: string, known: Partial<MemberRow> = {}): MemberRow => ({
    row: (line += 1),
    memberNo,
    name: null,
    phone: null,
    birthday: null,
    branchNo: null,
    clerkNo: null,
    optOut: false,
    ...known,
  });

  it('adds new members, placed, with no more of the phone than its tail', async () => {
    const rows = [
      aMemberRow('M1', { name: '王芳', phone: '13800001234', birthday: day('1990-05-01'), branchNo: 'B7' }),
    ];
    const dry = await importingMembers(rows, true);
    expect(await table('members').find('M1')).toBeNull();
    expect(await importingMembers(rows)).toEqual(dry);
    expect(dry).toMatchObject({ added: 1, newMembers: 1, newBranches: 1, newBranchNos: ['B7'] });
    expect(await memberOf('M1')).toMatchObject({
      name: '王芳',
      phoneTail: '1234',
      birthday: '1990-05-01',
      homeBranchId: 'B7',
      lifecycle: 'prospect',
      waiting: 0,
    });
    expect(JSON.stringify(await memberOf('M1'))).not.toContain('13800001234');
  });

  it('never overwrites with blank', async () => {
    await importingMembers([aMemberRow('M1', { name: '王芳', phone: '13800001234', clerkNo: 'c1' })]);
    expect(await importingMembers([aMemberRow('M1'), aMemberRow('M1', { name: '' })])).toMatchObject({
      same: 1,
    });
    expect(await importingMembers([aMemberRow('M1', { name: '王芬' })])).toMatchObject({ changed: 1 });
    expect(await memberOf('M1')).toMatchObject({ name: '王芬', phoneTail: '1234', ownerClerkId: 'c1' });
  });

  it('can opt somebody out and never in', async () => {
    await importingMembers([aMemberRow('M1', { name: '王芳', optOut: true })]);
    const { optOut } = await memberOf('M1');
    expect(optOut).toMatchObject({ source: 'import' });
    await importingMembers([aMemberRow('M1', { name: '王芳', optOut: false })]);
    await importingMembers([aMemberRow('M1', { optOut: true })]);
    expect((await memberOf('M1')).optOut).toEqual(optOut);
  });

  it('lets a later row about the same member add to the earlier', async () => {
    const verdict = await importingMembers([
      aMemberRow('M1', { name: '王芳' }),
      aMemberRow('M1', { branchNo: 'B2' }),
    ]);
    expect(verdict).toMatchObject({ rows: 2, added: 1 });
    expect(await memberOf('M1')).toMatchObject({ name: '王芳', homeBranchId: 'B2' });
  });

  it('names a member whom an order had brought in', async () => {
    await importing([aRow('A1', 'M1')]);
    await importingMembers([aMemberRow('M1', { name: '王芳' })]);
    await settled();
    expect(await memberOf('M1')).toMatchObject({ name: '王芳', lifecycle: 'dormant' });
  });
});

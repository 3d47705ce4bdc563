import { addDays, DAY_MS, HOUR_MS } from '../../miniprogram/domain/kernel/day';
import type { BranchContract } from '../../miniprogram/contract/branch';
import { refusalOf, replyOf, startChain, TEN_O_CLOCK, TODAY } from './chain';
import type { Chain } from './chain';
import { aCampaign, aMember, aTask, quietOrders, seedStaff } from './people';
import type { TaskDoc } from '../../cloudfunctions/common/store/documents';

let chain: Chain;
const task = (id: string, known: Partial<TaskDoc>): TaskDoc =>
  aTask('spring', aMember(id, quietOrders(id)), known);
const at = TEN_O_CLOCK - DAY_MS;
const LATE = addDays(TODAY, -2);

beforeAll(async () => {
  chain = await startChain(['outreach']);
  await seedStaff(chain);
  await chain.add('staff', [
    { _id: 'c4', openid: 'wx-c4', name: '吴离', role: 'clerk', branchId: 'B1', active: false },
    {
      _id: 'c5',
      openid: 'wx-c5',
      name: '郑双',
      role: 'clerk',
      branchId: 'B2',
      alsoBranchIds: ['B1'],
      active: true,
      awayUntil: addDays(TODAY, 3),
    },
  ]);
  await chain.add('campaigns', [aCampaign('spring')]);
  await chain.add('tasks', [
    task('T01', { dueOn: LATE }),
    task('T02', { dueOn: addDays(TODAY, -1), clerkId: 'c2', urged: true }),
    task('T03', { dueOn: TODAY }),
    task('T04', { dueOn: addDays(TODAY, 2) }),
    task('T05', { dueOn: LATE, clerkId: null }),
    task('T06', { dueOn: TODAY, clerkId: 'c4' }),
    // contacted, and put off by the follow-up: counts in both sides of the rate
    task('T07', { status: 'contacted', contactedAt: at, dueOn: addDays(TODAY, 4) }),
    task('T08', { status: 'woken', contactedAt: at, wokenAt: at, dueOn: LATE }),
    // came by herself before anybody wrote
    task('T09', { status: 'woken', wokenAt: at, dueOn: addDays(TODAY, -1) }),
    // the campaign is over and nothing can be claimed or redeemed
    task('T10', { dueOn: LATE, claimBy: addDays(TODAY, -1) }),
    // over as well, but her coupon is still good
    task('T11', {
      dueOn: LATE,
      claimBy: addDays(TODAY, -1),
      claimedAt: at,
      couponExpiresAt: TEN_O_CLOCK + HOUR_MS,
    }),
    task('T12', { dueOn: LATE, arm: 'heldOut', status: 'heldOut', clerkId: null }),
    task('X01', { dueOn: LATE, branchId: 'B2', clerkId: 'c3' }),
  ]);
}, 60_000);
afterAll(() => chain.stop());

const ask = (openid: string, known: Partial<BranchContract['branch.tasks']['ask']> = {}) =>
  chain.call(openid, 'outreach', 'branch.tasks', { tab: 'overdue', ...known });
const idsOf = async (known: Partial<BranchContract['branch.tasks']['ask']>) =>
  replyOf(await ask('wx-m1', known)).tasks.map((one) => one.memberId);

describe('the manager’s branch', () => {
  it('lists what is overdue, the longest first, whoever has it', async () => {
    const reply = replyOf(await ask('wx-m1'));
    expect(reply).toMatchObject({ branchId: 'B1', branchName: '东湖店', today: TODAY, next: null });
    expect(reply.tasks.map((one) => [one.memberId, one.overdueDays, one.clerkName])).toEqual([
      ['T01', 2, '孙晓梅'],
      ['T05', 2, ''],
      ['T11', 2, '孙晓梅'],
      ['T02', 1, '李婷'],
    ]);
    expect(reply.tasks[3]).toMatchObject({ urged: true, status: 'open', name: '王小2', phoneTail: '1234' });
  });

  it('has what is in hand, what nobody has, and what is done with, the newest first', async () => {
    expect(await idsOf({ tab: 'open' })).toEqual(['T01', 'T11', 'T02', 'T03', 'T06', 'T04', 'T07']);
    expect(await idsOf({ tab: 'unassigned' })).toEqual(['T05']);
    expect(await idsOf({ tab: 'done' })).toEqual(['T09', 'T08']);
    expect(replyOf(await ask('wx-m1', { tab: 'done' })).tasks[0]?.overdueDays).toBe(0);
  });

  it('can be looked at clerk by clerk', async () => {
    expect(await idsOf({ tab: 'overdue', clerkId: 'c2' })).toEqual(['T02']);
    expect(await idsOf({ tab: 'open', clerkId: 'c4' })).toEqual(['T06']);
    expect(await idsOf({ tab: 'done', clerkId: 'c3' })).toEqual([]);
  });

  it('counts the tabs from the same tasks', async () => {
    expect(replyOf(await ask('wx-m1')).counts).toEqual({ overdue: 4, open: 7, unassigned: 1 });
  });

  it('tells how each clerk stands, also one from elsewhere and one who left and still holds a task', async () => {
    const { clerks } = replyOf(await ask('wx-m1'));
    expect(clerks).toEqual([
      {
        clerkId: 'c1',
        name: '孙晓梅',
        open: 5,
        overdue: 2,
        // contacted: T07, T08; due and not contacted: T01, T03, T11
        execution: { contacted: 2, due: 5 },
        awayUntil: null,
        atWork: true,
        overruled: 0,
      },
      expect.objectContaining({ clerkId: 'c2', open: 1, overdue: 1, execution: { contacted: 0, due: 1 } }),
      expect.objectContaining({ clerkId: 'c5', open: 0, awayUntil: addDays(TODAY, 3), atWork: true }),
      expect.objectContaining({ clerkId: 'c4', name: '吴离', open: 1, atWork: false }),
    ]);
  });

  it('costs three calls beside the scope once the names are known', async () => {
    const event = { action: 'branch.tasks', ask: { tab: 'open' } };
    await chain.send('wx-m1', 'outreach', event);
    expect((await chain.send('wx-m1', 'outreach', event)).databaseCalls).toBe(4);
  });
});

describe('pages of fifty', () => {
  beforeAll(async () => {
    const many = Array.from({ length: 120 }, (_, n) =>
      task(`P${String(n).padStart(3, '0')}`, {
        branchId: 'B2',
        clerkId: 'c3',
        dueOn: addDays(TODAY, -3 - (n % 4)),
        ...(n % 2 ? { status: 'closed' } : {}),
      }),
    );
    await chain.add('tasks', many);
  }, 30_000);

  it.each(['overdue', 'done', 'open'] as const)('show every task of %s once, in order', async (tab) => {
    const seen: { id: string; dueOn: string }[] = [];
    for (let after: string | null = ''; after !== null;) {
      const reply: BranchContract['branch.tasks']['reply'] = replyOf(
        await ask('wx-m2', { tab, ...(after ? { after } : {}) }),
      );
      expect(reply.tasks.length).toBeLessThanOrEqual(50);
      seen.push(...reply.tasks.map((one) => ({ id: one.taskId, dueOn: one.dueOn })));
      after = reply.next;
    }
    const keys = seen.map((one) => `${one.dueOn}_${one.id}`);
    const sorted = [...new Set(keys)].sort();
    expect(keys).toEqual(tab === 'done' ? sorted.reverse() : sorted);
    expect(keys).toHaveLength(tab === 'done' ? 60 : 61);
  });

  it('begin anew when the cursor is nonsense', async () => {
    const first = replyOf(await ask('wx-m2')).tasks;
    expect(replyOf(await ask('wx-m2', { after: '2025-02-30_x' })).tasks).toEqual(first);
  });
});

describe('who may look', () => {
  it('is the manager of the branch, naming it or not', async () => {
    expect(replyOf(await ask('wx-m1', { branchId: 'B1' })).branchId).toBe('B1');
    expect(refusalOf(await ask('wx-m1', { branchId: 'B2' }))).toBe('out-of-scope');
  });
  it('is headquarters, who has to say which', async () => {
    expect(replyOf(await ask('wx-hq', { branchId: 'B2' })).branchName).toBe('西溪店');
    expect(refusalOf(await ask('wx-hq'))).toBe('bad-ask');
    expect(refusalOf(await ask('wx-hq', { branchId: 'B9' }))).toBe('not-found');
  });
  it('is no clerk and no member', async () => {
    expect(refusalOf(await ask('wx-c1'))).toBe('not-allowed');
    expect(refusalOf(await ask('wx-M1'))).toBe('not-staff');
  });
  it('never sees a neighbour’s task by naming its clerk', async () => {
    expect(await idsOf({ tab: 'open', clerkId: 'c3' })).toEqual([]);
  });
});

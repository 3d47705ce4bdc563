import { omit } from 'lodash-es';
import type { CellDoc, TaskDoc } from '../../cloudfunctions/common/store/documents';
import { keepBoards } from '../../cloudfunctions/common/flows/boards/keep';
import { recount } from '../../cloudfunctions/common/flows/boards/recount';
import { countAgain } from '../../cloudfunctions/common/store/cells';
import { command, table } from '../../cloudfunctions/common/store/table';
import { DAY_MS } from '../../miniprogram/domain/kernel/day';
import { newKey, refusalOf, replyOf, startChain, TEN_O_CLOCK, TODAY } from './chain';
import type { Chain } from './chain';
import { aCampaign, aMember, anOrder, aPlan, aTask, quietOrders, seedStaff } from './people';
import { addDays } from '../../miniprogram/domain/kernel/day';

let chain: Chain;
const AT = TEN_O_CLOCK;
const never = () => false;
const keep = () => keepBoards({ now: chain.now(), today: TODAY }, never);

const went = (id: string, branchId: string, clerkId: string, steps: Partial<TaskDoc> = {}): TaskDoc =>
  aTask('spring', aMember(id, quietOrders(id)), { branchId, clerkId, ...steps });

/** Cells and boards as they stand, without what counts their writes. */
async function figures() {
  const cells = await table('cells').all({}, 1000);
  const boards = await table('boards').all({}, 1000);
  return {
    cells: cells.map((cell) => omit(cell, 'turn')),
    boards: boards.filter(({ kind }) => kind === 'page'),
  };
}

beforeAll(async () => {
  chain = await startChain(['boards', 'nightly']);
  await seedStaff(chain);
  await chain.add('campaigns', [aCampaign('spring')]);
  const members = Array.from({ length: 12 }, (_none, i) => `R${i}`);
  await chain.add(
    'members',
    members.map((id) => aMember(id, quietOrders(id))),
  );
  await chain.add('orders', members.flatMap(quietOrders));
  await chain.add('tasks', [
    ...members.slice(0, 6).map((id, i) => went(id, 'B1', i % 2 ? 'c1' : 'c2')),
    ...members.slice(6, 10).map((id) => went(id, 'B2', 'c3')),
    ...members
      .slice(10)
      .map((id) => went(id, 'B2', 'c3', { arm: 'heldOut', status: 'heldOut', clerkId: null })),
  ]);
  await chain.add('tasks', [
    aTask('care-birthday', aMember('R0', quietOrders('R0')), { _id: 'care:R0', kind: 'care' }),
  ]);
}, 120_000);
afterAll(() => chain.stop());

describe('boards kept up with the tasks', () => {
  it('count everything once, care tasks not at all, and nothing when nothing happened', async () => {
    expect(await keep()).toMatchObject({ cells: 2, finished: true });
    expect((await table('cells').all({}, 100)).map(({ _id }) => _id)).toEqual(['spring|B1', 'spring|B2']);
    expect(await table('tasks').count({ uncounted: command().gt('') })).toBe(0);
    expect(await keep()).toMatchObject({ cells: 0, ranked: 0 });
  });

  it('follow each step, and equal a rebuild from the rows after every one of them', async () => {
    const steps: (() => Promise<unknown>)[] = [
      () => table('tasks').changeIf({ _id: 'spring:R0' }, { contactedAt: AT, status: 'contacted' }),
      () => table('tasks').changeIf({ _id: 'spring:R1' }, { openedAt: AT, claimedAt: AT }),
      () =>
        table('tasks').changeIf(
          { _id: 'spring:R1' },
          { redeemedAt: AT, wokenAt: AT, status: 'woken', wakeFen: 900 },
        ),
      // The wake is taken back, a task goes to a colleague, a statement is undone, she opts out.
      () => table('tasks').changeIf({ _id: 'spring:R1' }, { wokenAt: null, status: 'open', wakeFen: null }),
      () => table('tasks').changeAll({ _id: command().in(['spring:R2']) }, { clerkId: 'c1' }),
      () => table('tasks').changeIf({ _id: 'spring:R0' }, { contactedAt: null, status: 'open' }),
      async () => {
        await table('members').changeIf({ _id: 'R7' }, { optOut: { at: AT, source: 'member' } });
        await countAgain(['R7']);
      },
      () => table('tasks').changeIf({ _id: 'spring:R10' }, { wokenAt: AT + DAY_MS, wakeFen: 500 }),
    ];
    for (const step of steps) {
      await step();
      expect(await keep()).toMatchObject({ cells: 1, finished: true });
      const kept = await figures();
      await table('cells').removeAll({ _id: command().gt('') });
      expect(await recount('spring', [null, 'B1', 'B2'])).toBe(2);
      expect((await figures()).cells).toEqual(kept.cells);
    }
    const kept = await figures();
    await keep();
    expect(await figures()).toEqual(kept);
    const cell = (await table('cells').find('spring|B2')) as CellDoc;
    expect(cell.by.all?.[0]?.n).toEqual([4, 0, 0, 0, 0, 0, 1, 0]);
    expect(cell.money.heldOut.wakes).toBe(1);
  }, 60_000);

  it('lose nothing when whoever counts dies before the marks are taken off', async () => {
    await table('tasks').changeIf({ _id: 'spring:R3' }, { contactedAt: AT, status: 'contacted' });
    // Counted, and the mark put back as if the worker had died there.
    await keep();
    await countAgain(['R3']);
    const before = await figures();
    expect(await keep()).toMatchObject({ cells: 0, finished: true });
    expect(await figures()).toEqual(before);
  });

  it('do not take the mark off a write that came after the counting', async () => {
    await table('tasks').changeIf({ _id: 'spring:R4' }, { contactedAt: AT, status: 'contacted' });
    const [read] = await table('tasks').page({ where: { _id: 'spring:R4' }, limit: 1 });
    await table('tasks').changeIf({ _id: 'spring:R4' }, { openedAt: AT });
    const taken = await table('tasks').changeIf(
      { _id: 'spring:R4', uncounted: read?.uncounted },
      { uncounted: null },
    );
    expect(taken).toBe(false);
    await keep();
    const cell = (await table('cells').find('spring|B1')) as CellDoc;
    expect(cell.by.all?.reduce((sum, { n }) => sum + (n[2] ?? 0), 0)).toBe(2);
  });

  it('are kept by one at a time', async () => {
    await countAgain(['R5']);
    const both = await Promise.all([keep(), keep()]);
    expect(both.filter((one) => one === null)).toHaveLength(1);
  });

  it('let the night find nothing to change, and set right what was written past the marks', async () => {
    const kept = await figures();
    await chain.send(undefined, 'nightly', { Type: 'Timer', TriggerName: 'nightly' });
    expect((await figures()).cells).toEqual(kept.cells);
    await table('tasks').changeIf(
      { _id: 'spring:R5' },
      { contactedAt: AT, status: 'contacted', uncounted: null },
    );
    await chain.send(undefined, 'nightly', { Type: 'Timer', TriggerName: 'nightly' });
    const cell = (await table('cells').find('spring|B1')) as CellDoc;
    expect(cell.undone.reduce((sum, { n }) => sum + n, 0)).toBe(3);
  });
});

describe('a week, a month, regions and pages', () => {
  it('show the week with its own denominators and the own row also when it is empty', async () => {
    const week = replyOf(await chain.call('wx-m1', 'boards', 'board.branches', { period: 'week' }));
    expect(week.period).toMatchObject({ kind: 'week', from: '2025-03-03', to: '2025-03-09' });
    expect(week.rows.map(({ id }) => id).sort()).toEqual(['B1', 'B2']);
    const long = replyOf(
      await chain.call('wx-m1', 'boards', 'board.branches', { period: 'month', on: addDays(TODAY, -200) }),
    );
    expect(long.rows).toEqual([]);
    expect(long.own).toMatchObject({ id: 'B1', place: null });
  });

  it('have regions once headquarters has entered them', async () => {
    expect(replyOf(await chain.call('wx-hq', 'boards', 'board.branches', { by: 'region' })).rows).toEqual([]);
    await table('branches').changeIf({ _id: 'B1' }, { region: '东区' });
    await countAgain(['R0', 'R7']);
    await table('tasks').changeIf({ _id: 'spring:R0' }, { contactedAt: AT, status: 'contacted' });
    const regions = replyOf(await chain.call('wx-m1', 'boards', 'board.branches', { by: 'region' }));
    expect(regions.rows).toMatchObject([{ id: '东区', assigned: 6 }]);
  });
});

describe('the rows behind a number', () => {
  const rows = (openid: string, ask: Parameters<Chain['call']>[3]) =>
    chain.call(openid, 'boards', 'board.rows', ask as never);

  it('are a clerk’s own, a manager’s branch’s, and headquarters’ all', async () => {
    const ids = async (openid: string) =>
      replyOf(await rows(openid, { campaignId: 'spring', step: 'assigned' })).rows.map(
        ({ taskId }) => taskId,
      );
    expect(await ids('wx-c1')).toHaveLength(4);
    expect(await ids('wx-m1')).toHaveLength(6);
    expect(await ids('wx-hq')).toHaveLength(10);
  });

  it('are as many as the number says', async () => {
    const contacted = replyOf(await rows('wx-m1', { campaignId: 'spring', step: 'contacted' }));
    const board = replyOf(await chain.call('wx-m1', 'boards', 'board.branches', {}));
    expect(contacted.rows).toHaveLength(board.own?.contacted ?? -1);
  });

  it('refuse another branch, another clerk, and the held-out to who would write to them', async () => {
    const ask = { campaignId: 'spring', step: 'assigned' };
    expect(refusalOf(await rows('wx-m1', { ...ask, branchId: 'B2' }))).toBe('other-branch');
    expect(refusalOf(await rows('wx-c1', { ...ask, clerkId: 'c2' }))).toBe('out-of-scope');
    expect(refusalOf(await rows('wx-m1', { ...ask, arm: 'heldOut' }))).toBe('not-allowed');
    expect(replyOf(await rows('wx-hq', { ...ask, arm: 'heldOut' })).rows).toHaveLength(2);
  });
});

describe('an export', () => {
  it('needs its own right, is written to the audit once, and holds no member', async () => {
    expect(refusalOf(await chain.call('wx-hq', 'boards', 'board.export', {}))).toBe('export-not-allowed');
    await table('staff').changeIf({ _id: 'hq' }, { mayExport: true });
    await table('staff').changeIf({ _id: 'm1' }, { mayExport: true });
    const key = newKey();
    const csv = replyOf(await chain.call('wx-hq', 'boards', 'board.export', {}, key));
    expect(csv.rows).toBe(2);
    expect(csv.csv).toContain('东湖店');
    expect(csv.csv).not.toContain('王小');
    await chain.call('wx-hq', 'boards', 'board.export', {}, key);
    expect(await table('audit').count({ what: 'export', staffId: 'hq' })).toBe(1);
    expect(replyOf(await chain.call('wx-m1', 'boards', 'board.export', {})).rows).toBe(1);
  });
});

describe('the report', () => {
  it('tells headquarters of the chain, a manager of her branch, and refuses a winner too early', async () => {
    const { report } = replyOf(await chain.call('wx-hq', 'boards', 'report.campaign', {}));
    expect(report?.funnel[0]).toMatchObject({ step: 'assigned', count: 10 });
    expect(report?.lift).toMatchObject({ verdict: 'tooFew', heldOut: { hits: 1, of: 2 } });
    const own = replyOf(await chain.call('wx-m1', 'boards', 'report.campaign', {})).report;
    expect(own).toMatchObject({ branchId: 'B1', lift: { verdict: 'noHoldout' } });
    expect(refusalOf(await chain.call('wx-m1', 'boards', 'report.campaign', { branchId: 'B2' }))).toBe(
      'other-branch',
    );
    expect(JSON.stringify(report)).not.toMatch(/NaN|Infinity/);
  });

  it('stays a report when the campaign is closed early and when nobody was held out', async () => {
    await table('campaigns').changeIf({ _id: 'spring' }, { status: 'closed' });
    await chain.add('campaigns', [
      aCampaign('bare', { createdAt: AT + 1, plan: aPlan({ name: '无对照', holdout: 0 }) }),
    ]);
    await chain.add('members', [aMember('Z1', quietOrders('Z1'))]);
    await chain.add('tasks', [aTask('bare', aMember('Z1', quietOrders('Z1')))]);
    const closed = replyOf(await chain.call('wx-hq', 'boards', 'report.campaign', { campaignId: 'spring' }));
    expect(closed.report?.funnel[0]?.count).toBe(10);
    const bare = replyOf(await chain.call('wx-hq', 'boards', 'report.campaign', { campaignId: 'bare' }));
    expect(bare.report?.lift.sentence).toContain('没有可比的对照组');
  });
});

describe('a review', () => {
  const ask = {
    campaignId: 'spring',
    topic: 'reason:price',
    action: '推小包装',
    ownerId: 'c1',
    dueOn: addDays(TODAY, 7),
  };

  it('shows the branch’s lapse reasons, is agreed once, and is measured again when it is closed', async () => {
    const followUp = {
      outcome: 'notNow',
      lapseReason: 'price',
      note: '',
      nextContactOn: null,
      at: AT,
      requestKey: 'f',
    };
    await table('tasks').changeIf({ _id: 'spring:R0' }, { followUp });
    const opened = replyOf(await chain.call('wx-m1', 'boards', 'review.open', { campaignId: 'spring' }));
    expect(opened.reasons).toMatchObject([{ reason: 'price', count: 1, of: 1, isVital: true }]);
    const key = newKey();
    const first = replyOf(await chain.call('wx-m1', 'boards', 'review.save', ask, key));
    expect(replyOf(await chain.call('wx-m1', 'boards', 'review.save', ask, key))).toEqual(first);
    await table('tasks').changeIf({ _id: 'spring:R1' }, { followUp: { ...followUp, lapseReason: 'moved' } });
    const { review } = replyOf(
      await chain.call('wx-m1', 'boards', 'review.close', { reviewId: first.review.reviewId }),
    );
    expect(review).toMatchObject({ status: 'done' });
    expect(review.measured).toContain('定的时候 1/1');
    expect(review.measured).toContain('之后 0/1');
  });

  it('is closed to another branch, and its owner has to work there', async () => {
    const reviewId = 'B1:spring:reason:price';
    expect(refusalOf(await chain.call('wx-m2', 'boards', 'review.close', { reviewId }))).toBe('other-branch');
    expect(
      refusalOf(await chain.call('wx-m2', 'boards', 'review.open', { campaignId: 'spring', branchId: 'B1' })),
    ).toBe('other-branch');
    expect(refusalOf(await chain.call('wx-m1', 'boards', 'review.save', { ...ask, ownerId: 'c3' }))).toBe(
      'clerk-unfit',
    );
  });
});

describe('a test of two scripts', () => {
  it('counts a task once, for the script it was begun with, and tells no winner of two', async () => {
    const touch = (key: string, taskId: string, scriptId: string, at: number, undone = false) => ({
      _id: `${taskId}:${key}`,
      taskId,
      memberId: taskId.slice(7),
      clerkId: 'c1',
      clerkName: '孙晓梅',
      branchId: 'B1',
      channel: 'copy' as const,
      purpose: 'promo' as const,
      scriptId,
      scenario: null,
      text: null,
      at,
      ...(undone ? { undoneAt: at + 1 } : {}),
    });
    await chain.add('touches', [
      touch('k1', 'spring:R0', 'usual', AT),
      touch('k2', 'spring:R0', 'tried', AT + 5),
      touch('k3', 'spring:R1', 'tried', AT),
      touch('k4', 'spring:R2', 'usual', AT, true),
    ]);
    await chain.add('orders', [anOrder('late', 'R1', TODAY, 5_000)]);
    const { reading } = replyOf(
      await chain.call('wx-hq', 'boards', 'tests.read', { usual: 'usual', tried: 'tried' }),
    );
    expect(reading).toMatchObject({ usual: { of: 1 }, tried: { of: 1 }, suggestion: 'wait' });
  });
});

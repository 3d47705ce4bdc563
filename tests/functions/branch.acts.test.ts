import { table } from '../../cloudfunctions/common/store/table';
import { addDays } from '../../miniprogram/domain/kernel/day';
import { newKey, refusalOf, replyOf, startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { aCampaign, aMember, aPlan, aTask, quietOrders, seedStaff, STAFF } from './people';
import type { StaffDoc, TaskDoc } from '../../cloudfunctions/common/store/documents';

let chain: Chain;
const task = (id: string, known: Partial<TaskDoc> = {}): TaskDoc =>
  aTask('spring', aMember(id, quietOrders(id)), known);
const id = (memberId: string): string => `spring:${memberId}`;
const taskOf = (memberId: string) => table('tasks').find(id(memberId));
const clerk = (_id: string, known: Partial<StaffDoc>): StaffDoc => ({
  _id,
  openid: `wx-${_id}`,
  name: `导购${_id}`,
  role: 'clerk',
  branchId: 'B1',
  active: true,
  ...known,
});

beforeAll(async () => {
  chain = await startChain(['outreach', 'campaigns']);
  await seedStaff(chain);
  await chain.add('staff', [
    clerk('gone', { active: false }),
    clerk('away', { awayUntil: TODAY }),
    clerk('both', { branchId: 'B2', alsoBranchIds: ['B1'], awayUntil: addDays(TODAY, -1) }),
  ]);
  await chain.add('campaigns', [aCampaign('spring')]);
}, 60_000);
afterAll(() => chain.stop());
beforeEach(async () => {
  await table('tasks').removeAll({ campaignId: 'spring' });
  await table('staff').changeIf({ _id: 'c1' }, { awayUntil: null });
});

const urge = (openid: string, taskIds: string[], key?: string) =>
  chain.call(openid, 'outreach', 'task.urge', { taskIds }, key);
const regroup = (openid: string, taskIds: string[], toClerkId: string, key?: string, reason = '孙晓梅太忙') =>
  chain.call(openid, 'outreach', 'task.regroup', { taskIds, toClerkId, reason }, key);
const away = (openid: string, known: object, key?: string) =>
  chain.call(
    openid,
    'outreach',
    'clerk.away',
    { clerkId: 'c1', untilOn: addDays(TODAY, 2), spread: true, ...known },
    key,
  );

describe('urging', () => {
  it('puts the task first on the clerk’s list, once a day', async () => {
    await chain.add('tasks', [
      task('U1', { dueOn: addDays(TODAY, -9) }),
      task('U2', { dueOn: addDays(TODAY, -1) }),
    ]);
    expect(replyOf(await urge('wx-m1', [id('U2')]))).toEqual({ urged: 1, already: 0 });
    const list = replyOf(await chain.call('wx-c1', 'outreach', 'task.list', { tab: 'overdue' }));
    expect(list.cards.map((card) => [card.memberId, card.urged])).toEqual([
      ['U2', true],
      ['U1', false],
    ]);
    expect(replyOf(await urge('wx-m1', [id('U1'), id('U2')]))).toEqual({ urged: 1, already: 1 });
  });

  it('is possible again the day after', async () => {
    await chain.add('tasks', [task('U3', { urged: true, urgedOn: addDays(TODAY, -1) })]);
    expect(replyOf(await urge('wx-m1', [id('U3')]))).toEqual({ urged: 1, already: 0 });
  });

  it('answers the same when it is repeated, also eight times at once', async () => {
    await chain.add('tasks', [task('U4')]);
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 8 }, () => urge('wx-m1', [id('U4')], key)));
    for (const answer of answers) expect(replyOf(answer)).toEqual({ urged: 1, already: 0 });
    expect((await taskOf('U4'))?.acts).toEqual([key]);
  });

  it('passes over what is not hers, with nobody, or over, and refuses an ask with nothing of hers', async () => {
    await chain.add('tasks', [
      task('U5'),
      task('U6', { branchId: 'B2', clerkId: 'c3' }),
      task('U7', { clerkId: null }),
      task('U8', { status: 'woken' }),
      task('U9', { arm: 'heldOut', status: 'heldOut', clerkId: null }),
    ]);
    const all = ['U5', 'U6', 'U7', 'U8', 'U9', 'nobody'].map(id);
    expect(replyOf(await urge('wx-m1', all))).toEqual({ urged: 1, already: 0 });
    for (const untouched of ['U6', 'U7', 'U8', 'U9']) expect((await taskOf(untouched))?.urged).toBe(false);
    expect(refusalOf(await urge('wx-m1', [id('U6')]))).toBe('out-of-scope');
    expect(refusalOf(await urge('wx-m1', [id('U9')]))).toBe('out-of-scope');
    expect(replyOf(await urge('wx-hq', [id('U6')]))).toEqual({ urged: 1, already: 0 });
  });

  it('takes up to a hundred', async () => {
    const many = Array.from({ length: 101 }, (_, n) => id(`H${n}`));
    expect(refusalOf(await urge('wx-m1', many))).toBe('bad-ask');
    expect(refusalOf(await urge('wx-m1', []))).toBe('bad-ask');
    expect(refusalOf(await urge('wx-c1', [id('U5')]))).toBe('not-allowed');
  });
});

describe('giving tasks to another clerk', () => {
  it('moves them with the reason, and the list moves with them', async () => {
    await chain.add('members', [aMember('R1', quietOrders('R1'))]);
    await chain.add('tasks', [
      task('R1'),
      task('R2', { clerkId: null }),
      task('R3', { status: 'contacted' }),
    ]);
    const reply = replyOf(await regroup('wx-m1', ['R1', 'R2', 'R3'].map(id), 'c2'));
    expect(reply).toEqual({ moved: 3, refused: [] });
    expect((await taskOf('R1'))?.assignReason).toBe('店长赵店长改派：孙晓梅太忙');
    const list = async (openid: string) =>
      replyOf(await chain.call(openid, 'outreach', 'task.list', { tab: 'today' })).cards.length;
    expect([await list('wx-c1'), await list('wx-c2')]).toEqual([0, 3]);
    expect(refusalOf(await chain.call('wx-c1', 'outreach', 'task.open', { taskId: id('R1') }))).toBe(
      'out-of-scope',
    );
  });

  it('answers the same when it is repeated', async () => {
    await chain.add('tasks', [task('R4'), task('R5', { status: 'closed' })]);
    const key = newKey();
    const first = await regroup('wx-m1', [id('R4'), id('R5')], 'c2', key);
    expect(replyOf(first)).toEqual({ moved: 1, refused: [{ taskId: id('R5'), reason: '这条任务已经结束' }] });
    expect(replyOf(await regroup('wx-m1', [id('R4'), id('R5')], 'c2', key)).moved).toBe(1);
    expect((await taskOf('R4'))?.acts).toEqual([key]);
  });

  it('lets one of two managers’ moves win for each task', async () => {
    await chain.add('tasks', [task('R6')]);
    const [a, b] = await Promise.all([
      regroup('wx-m1', [id('R6')], 'c2'),
      regroup('wx-hq', [id('R6')], 'both'),
    ]);
    const owner = (await taskOf('R6'))?.clerkId;
    expect(owner === 'c2' ? replyOf(a).moved : replyOf(b).moved).toBe(1);
  });

  it('goes only to a clerk who is at work in her branch', async () => {
    await chain.add('tasks', [task('R7')]);
    for (const unfit of ['gone', 'away', 'c3', 'm1', 'nobody'])
      expect(refusalOf(await regroup('wx-m1', [id('R7')], unfit))).toBe('clerk-unfit');
    expect(replyOf(await regroup('wx-m1', [id('R7')], 'both')).moved).toBe(1);
    expect(replyOf(await regroup('wx-hq', [id('R7')], 'c3')).refused[0]?.reason).toContain('门店');
  });

  it('says of each foreign task that it is not hers, and refuses an ask of foreign ones alone', async () => {
    await chain.add('tasks', [task('R8'), task('R9', { branchId: 'B2', clerkId: 'c3' })]);
    const reply = replyOf(await regroup('wx-m1', [id('R8'), id('R9')], 'c2'));
    expect(reply).toMatchObject({ moved: 1, refused: [{ taskId: id('R9') }] });
    expect(refusalOf(await regroup('wx-m1', [id('R9')], 'c2'))).toBe('out-of-scope');
    expect((await taskOf('R9'))?.clerkId).toBe('c3');
  });
});

describe('being away', () => {
  it('gives what falls due meanwhile to the others, least loaded first, and tells why', async () => {
    await chain.add('tasks', [
      task('W1'),
      task('W2', { dueOn: addDays(TODAY, 2) }),
      task('W3', { dueOn: addDays(TODAY, 3) }),
      task('W4', { status: 'contacted' }),
      task('W5', { clerkId: 'both', dueOn: addDays(TODAY, 9) }),
    ]);
    expect(replyOf(await away('wx-m1', { dryRun: true })).moved).toBe(2);
    const key = newKey();
    const reply = replyOf(await away('wx-m1', {}, key));
    expect(reply).toMatchObject({ moved: 2, clerk: { awayUntil: addDays(TODAY, 2), open: 2 } });
    const owners = await Promise.all(
      ['W1', 'W2', 'W3', 'W4'].map(async (one) => (await taskOf(one))?.clerkId),
    );
    // both has one in hand, c2 none; away is away herself
    expect(owners).toEqual(['c2', 'both', 'c1', 'c1']);
    expect((await taskOf('W1'))?.assignReason).toContain('孙晓梅请假到2025年3月7日');
    expect(replyOf(await away('wx-m1', {}, key)).moved).toBe(2);

    const back = replyOf(await away('wx-m1', { untilOn: null }));
    expect(back).toMatchObject({ moved: 0, clerk: { awayUntil: null, open: 2 } });
    expect((await taskOf('W1'))?.clerkId).toBe('c2');
  });

  it('leaves everything with her when nothing is to be spread', async () => {
    await chain.add('tasks', [task('W6')]);
    expect(replyOf(await away('wx-m1', { spread: false })).moved).toBe(0);
    expect((await taskOf('W6'))?.clerkId).toBe('c1');
  });

  it('is for the manager of her branch or headquarters, and for days to come', async () => {
    expect(refusalOf(await away('wx-m2', {}))).toBe('out-of-scope');
    expect(refusalOf(await away('wx-c1', {}))).toBe('not-allowed');
    expect(refusalOf(await away('wx-m1', { untilOn: addDays(TODAY, -1) }))).toBe('bad-ask');
    expect(refusalOf(await away('wx-m1', { untilOn: addDays(TODAY, 400) }))).toBe('bad-ask');
    for (const clerkId of ['gone', 'm1', 'nobody'])
      expect(refusalOf(await away('wx-m1', { clerkId }))).toBe('not-found');
    expect(replyOf(await away('wx-hq', { untilOn: TODAY })).clerk.awayUntil).toBe(TODAY);
  });

  it('keeps a new campaign from giving her members, from the day it starts', async () => {
    await chain.add(
      'members',
      ['L1', 'L2'].map((one) => aMember(one, quietOrders(one), { ownerClerkId: 'c1' })),
    );
    const clerksOf = async (startsOn = TODAY) => {
      const plan = aPlan({ holdout: 0, startsOn, endsOn: addDays(startsOn, 9) });
      const preview = replyOf(await chain.call('wx-hq', 'campaigns', 'campaign.preview', { plan }));
      return JSON.stringify(preview);
    };
    expect(await clerksOf()).toContain('孙晓梅');
    await away('wx-m1', { spread: false });
    expect(await clerksOf()).not.toContain('孙晓梅');
    expect(await clerksOf(addDays(TODAY, 3))).toContain('孙晓梅');
    expect(STAFF.some((one) => one.name === '孙晓梅')).toBe(true);
  });
});

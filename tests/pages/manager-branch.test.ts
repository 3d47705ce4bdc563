import type { BranchContract, BranchTask, ClerkLoad } from '../../miniprogram/contract/branch';
import type { Session } from '../../miniprogram/contract/members';
import { addDays, day } from '../../miniprogram/domain/kernel/day';
import { dayChoices } from '../../miniprogram/manager/branch/deeds/words';
import { clerksShown, headShown, rowShown } from '../../miniprogram/manager/branch/view';
import {
  askedFor,
  hands,
  loses,
  mountPage,
  phone,
  refuses,
  replies,
  settled,
  startOver,
  tap,
  textOf,
} from './mount';
import { boardOf } from './hq-samples';

const TODAY = day('2024-03-05');
const aSession: Omit<Session, 'role'> = {
  name: '赵店长',
  branch: { id: 'B1', name: '东湖店' },
  today: TODAY,
  chain: { name: '半日闲茶集' },
  setUp: true,
};
type Reply = BranchContract['branch.tasks']['reply'];

function aTask(n: number, over: Partial<BranchTask> = {}): BranchTask {
  return {
    taskId: `spring:M${n}`,
    memberId: `M${n}`,
    name: `王芳${n}`,
    phoneTail: '1234',
    lifecycle: 'dormant',
    value: 'high',
    status: 'open',
    clerkId: 'c1',
    clerkName: '孙晓梅',
    dueOn: addDays(TODAY, -3),
    overdueDays: 3,
    urged: false,
    contactedAt: null,
    whyNow: '买过12次，已经214天没来了',
    ...over,
  };
}
function aClerk(clerkId: string, name: string, over: Partial<ClerkLoad> = {}): ClerkLoad {
  return {
    clerkId,
    name,
    open: 10,
    overdue: 0,
    overruled: 0,
    execution: { contacted: 6, due: 8 },
    awayUntil: null,
    atWork: true,
    ...over,
  };
}
function aReply(over: Partial<Reply> = {}): Reply {
  return {
    branchId: 'B1',
    branchName: '东湖店',
    today: TODAY,
    counts: { overdue: 2, open: 30, unassigned: 0 },
    clerks: [
      aClerk('c1', '孙晓梅', { open: 20, overdue: 5, execution: { contacted: 3, due: 12 } }),
      aClerk('c2', '李婷'),
      aClerk('c3', '周洁', { awayUntil: addDays(TODAY, 2) }),
      aClerk('c4', '吴离', { atWork: false, open: 1 }),
    ],
    tasks: [aTask(1), aTask(2, { urged: true })],
    next: null,
    ...over,
  };
}

describe('what the page shows', () => {
  it('has a rate with what it is made of, over all clerks', () => {
    const head = headShown(aReply());
    expect(head).toMatchObject({ branchName: '东湖店', overdue: '2', isLate: true, execution: '58.3%' });
    expect(head.fraction).toBe('已联系 21/36');
    expect(headShown(aReply({ clerks: [] })).execution).toBe('—');
    const counts = (picked: string) => headShown(aReply(), picked).tabs.map((tab) => tab.count);
    expect([counts(''), counts('c1')]).toEqual([
      ['2', '30', '0', ''],
      ['5', '20', '0', ''],
    ]);
  });

  it('draws the fullest hands full, the overdue part within, and marks who cannot be given work', () => {
    const clerks = clerksShown(aReply().clerks, 'c2');
    expect(clerks.map((one) => [one.bar, one.lateBar, one.fit, one.on])).toEqual([
      [100, 25, true, false],
      [50, 0, true, true],
      [50, 0, false, false],
      [5, 0, false, false],
    ]);
    expect(clerks.map((one) => one.mark)).toEqual(['', '', '请假到3月7日', '已不在店 · 待交接']);
    expect(
      clerksShown([aClerk('c9', '新人', { open: 0, execution: { contacted: 0, due: 0 } })], '')[0],
    ).toMatchObject({
      bar: 0,
      execution: '还没有到期的',
    });
  });

  it('tells when a task is due, and nothing of it once it is over', () => {
    expect(rowShown(aTask(1), TODAY, false)).toMatchObject({ due: '逾期 3 天', isLate: true, state: '' });
    expect(rowShown(aTask(1, { dueOn: TODAY, overdueDays: 0 }), TODAY, false).due).toBe('今天到期');
    const later = aTask(1, { dueOn: addDays(TODAY, 3), overdueDays: 0, clerkId: null, clerkName: '' });
    expect(rowShown(later, TODAY, false)).toMatchObject({ due: '3月8日到期', clerk: '还没有导购' });
    const over = aTask(1, { status: 'woken', overdueDays: 0, urged: true });
    expect(rowShown(over, TODAY, false)).toMatchObject({
      due: '',
      state: '已唤醒',
      urged: false,
      isRunning: false,
    });
  });

  it('counts days of leave with their last', () => {
    expect(dayChoices(TODAY).map((one) => one.on)).toEqual([
      '2024-03-05',
      '2024-03-06',
      '2024-03-07',
      '2024-03-11',
    ]);
  });
});

describe('the page', () => {
  const page = () => mountPage('manager/branch/branch');
  const deeds = '.deeds--';
  beforeEach(() => {
    startOver();
    replies('outreach', 'branch.tasks', () => aReply());
  });

  it('opens with what is overdue, in one call', async () => {
    const mounted = await page();
    expect(textOf(mounted)).toContain('东湖店');
    expect(textOf(mounted)).toContain('王芳1');
    expect(askedFor('branch.tasks').map((call) => call.ask)).toEqual([{ tab: 'overdue' }]);
  });

  it('is for headquarters too, which names the branch', async () => {
    await mountPage('manager/branch/branch', { branchId: 'B7' });
    expect(askedFor('branch.tasks')[0]?.ask).toEqual({ tab: 'overdue', branchId: 'B7' });
  });

  it('opens a customer without picking her task', async () => {
    const mounted = await page();
    await tap(mounted, '.main--line__open', 0);
    expect(phone.navigateTo).toHaveBeenLastCalledWith({
      url: '/clerk/customer/customer?taskId=spring%3AM1',
    });
    expect(mounted.data['picked']).toBe(0);
  });

  it('turns to another tab and to one clerk, and back to all', async () => {
    const mounted = await page();
    await tap(mounted, '.main--tabs__one', 1);
    await tap(mounted, '.main--clerk', 0);
    expect(textOf(mounted)).toContain('只看孙晓梅的任务');
    await tap(mounted, '.main--clerk', 0);
    expect(askedFor('branch.tasks').map((call) => call.ask)).toEqual([
      { tab: 'overdue' },
      { tab: 'open' },
      { tab: 'open', clerkId: 'c1' },
      { tab: 'open' },
    ]);
  });

  it('urges those that were picked, and none before', async () => {
    replies('outreach', 'task.urge', () => ({ urged: 1, already: 1 }));
    const mounted = await page();
    expect(mounted.dom.querySelector('.main--bottom-bar')).toBeNull();
    await tap(mounted, '.main--line', 0);
    await tap(mounted, '.main--line', 1);
    expect(textOf(mounted)).toContain('催办 2 个');
    await hands(mounted, 'urge', {});
    expect(askedFor('task.urge')).toMatchObject([
      { ask: { taskIds: ['spring:M1', 'spring:M2'] }, requestKey: expect.any(String) },
    ]);
    expect(phone.showToast).toHaveBeenCalledWith(
      expect.objectContaining({ title: '已催办 1 个，1 个今天催过了' }),
    );
    expect(mounted.data['picked']).toBe(0);
  });

  it('picks the whole page and lets go again', async () => {
    replies('outreach', 'branch.tasks', () =>
      aReply({ tasks: [aTask(1), aTask(2), aTask(3, { status: 'woken' })] }),
    );
    const mounted = await page();
    await hands(mounted, 'toggleAll', {});
    expect(mounted.data['picked']).toBe(2);
    await hands(mounted, 'toggleAll', {});
    expect(mounted.data['picked']).toBe(0);
  });

  it('goes on with the next page and keeps what is picked', async () => {
    replies('outreach', 'branch.tasks', ({ after }) =>
      after ? aReply({ tasks: [aTask(3)] }) : aReply({ next: '2024-03-02_spring:M2' }),
    );
    const mounted = await page();
    await tap(mounted, '.main--line', 0);
    await hands(mounted, 'onReachBottom', {});
    expect(textOf(mounted)).toContain('王芳3');
    expect(textOf(mounted)).toContain('就这些了');
    expect(mounted.data['picked']).toBe(1);
  });

  it('offers only clerks at work for a regroup, and says what was not moved', async () => {
    replies('outreach', 'task.regroup', () => ({
      moved: 1,
      refused: [{ taskId: 'spring:M2', reason: '这条任务已经结束' }],
    }));
    const mounted = await page();
    await hands(mounted, 'toggleAll', {});
    await hands(mounted, 'openRegroup', {});
    const takers = [...mounted.dom.querySelectorAll(`${deeds}taker`)].map((node) => node.textContent);
    expect(takers).toHaveLength(2);
    await tap(mounted, `${deeds}taker`, 1);
    await tap(mounted, `${deeds}act`, 0);
    expect(askedFor('task.regroup')[0]?.ask).toEqual({
      taskIds: ['spring:M1', 'spring:M2'],
      toClerkId: 'c2',
      reason: '',
    });
    expect(phone.showModal).toHaveBeenCalledWith(
      expect.objectContaining({ content: expect.stringContaining('这条任务已经结束') }),
    );
  });

  it('shows what leave would move before it is noted', async () => {
    replies('outreach', 'clerk.away', ({ dryRun }) => ({
      clerk: aClerk('c1', '孙晓梅'),
      moved: dryRun ? 4 : 3,
    }));
    const mounted = await page();
    await tap(mounted, '.main--clerk', 0);
    await hands(mounted, 'openAway', {});
    await settled(20);
    expect(textOf(mounted)).toContain('期间到期、还没联系的 4 个任务会分给其他人');
    await tap(mounted, `${deeds}chip`, 2);
    await tap(mounted, `${deeds}act`, 0);
    expect(askedFor('clerk.away').at(-1)?.ask).toEqual({
      clerkId: 'c1',
      untilOn: '2024-03-07',
      spread: true,
    });
  });

  it('hands over until it is finished, always with the same key', async () => {
    let turn = 0;
    replies('outreach', 'clerk.handover', ({ dryRun }) => {
      if (dryRun) return { members: 230, tasks: 62, left: 292, finished: false };
      turn += 1;
      return { members: 115 * turn, tasks: 31 * turn, left: turn === 2 ? 0 : 146, finished: turn === 2 };
    });
    const mounted = await page();
    await tap(mounted, '.main--clerk', 0);
    await hands(mounted, 'openHandover', {});
    await settled(20);
    expect(textOf(mounted)).toContain('230 位专属会员和 62 个任务会交给店里其他在岗导购');
    await tap(mounted, `${deeds}act`, 0);
    await settled(20);
    const acts = askedFor('clerk.handover').filter((call) => !(call.ask as { dryRun?: boolean }).dryRun);
    expect(acts).toHaveLength(2);
    expect(acts[0]?.ask).toEqual({ fromClerkId: 'c1', toClerkId: null });
    expect(acts[0]?.requestKey).toBe(acts[1]?.requestKey);
    expect(mounted.data['clerkId']).toBe('');
  });

  it('says why a handover cannot be', async () => {
    refuses('outreach', 'clerk.handover', { code: 'clerk-unfit', detail: '店里没有其他在岗导购可以分' });
    const mounted = await page();
    await tap(mounted, '.main--clerk', 0);
    await hands(mounted, 'openHandover', {});
    await settled(20);
    expect(textOf(mounted, `${deeds}refusal`)).toContain('店里没有其他在岗导购');
  });

  it('says that nothing is overdue, and why it cannot be read', async () => {
    replies('outreach', 'branch.tasks', () => aReply({ tasks: [] }));
    expect(textOf(await page())).toContain('没有逾期的任务');
    loses('outreach', 'branch.tasks');
    const mounted = await page();
    expect(textOf(mounted)).toContain('网络断开了');
    replies('outreach', 'branch.tasks', () => aReply());
    await tap(mounted, '.load-state--state-face__button');
    expect(textOf(mounted)).toContain('王芳1');
  });
});

describe('the way from the board', () => {
  const session = (role: 'manager' | 'clerk' | 'hq') =>
    replies('members', 'session.open', () => ({ ...aSession, role }));
  beforeEach(() => {
    startOver();
    replies('boards', 'board.branches', () => boardOf([['B1', '东湖店', 41, 3]], 'B1'));
  });

  it('is open to a manager', async () => {
    session('manager');
    const board = await mountPage('manager/board/board');
    await tap(board, '.main--own-branch__line');
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/manager/branch/branch' });
  });

  it('leads headquarters from a row to that branch', async () => {
    session('hq');
    replies('boards', 'board.branches', () => boardOf([['B1', '东湖店', 41, 3]], null));
    const board = await mountPage('manager/board/board');
    await hands(board, 'openRow', {}, { id: 'B1' });
    await hands(board, 'openTasks', {});
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/manager/branch/branch?branchId=B1' });
  });

  it('is not offered to a clerk', async () => {
    session('clerk');
    const board = await mountPage('manager/board/board');
    await hands(board, 'openRow', {}, { id: 'B1' });
    expect(board.data).toMatchObject({ ownBranch: false, mayOpenTasks: false });
  });
});

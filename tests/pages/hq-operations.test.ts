import type { Figures, Operations } from '../../miniprogram/contract/operations';
import { day, DAY_MS } from '../../miniprogram/domain/kernel/day';
import { shownOf } from '../../miniprogram/hq/operations/view';
import { waysShown } from '../../miniprogram/clerk/customer/ways';
import {
  asked,
  askedFor,
  mountComponent,
  mountPage,
  phone,
  refuses,
  replies,
  settled,
  startOver,
  tap,
  textOf,
} from './mount';

const NOW = Date.now();
const letter = (messageId: string, notAfter: number) => ({
  messageId,
  kind: 'couponEnding' as const,
  channel: 'sms' as const,
  memberId: 'M1',
  memberName: '王小姐',
  reason: '发送通道答复 503',
  tries: 6,
  endedAt: NOW - DAY_MS,
  notAfter,
});
const FIGURES: Figures = {
  jobs: [
    { id: 'rebuild:4:0', kind: 'rebuild', done: 400, total: 1200, startedAt: NOW - DAY_MS, isStuck: true },
  ],
  timers: [
    { name: 'pulse', last: { at: NOW, ms: 900, isOk: true }, isLate: false },
    { name: 'nightly', last: null, isLate: true },
  ],
  days: [{ on: day('2025-03-05'), calls: 1000, failed: 3, databaseCalls: 4200, costFen: 12.6 }],
  cost: { soFarFen: 1200, forecastFen: 6100, restsOnDays: 4, budgetFen: 5000, isOver: true },
  troubles: [
    {
      id: '2025-03-05:0badcafe',
      on: day('2025-03-05'),
      kind: 'error',
      text: 'x of null (list.js:12:3)',
      page: 'clerk/list/list',
      count: 4,
      lastAt: NOW,
    },
  ],
};
const HQ: Operations = {
  figures: FIGURES,
  outbox: {
    counts: { waiting: 12, sending: 0, sent: 340, dead: 2, dropped: 25 },
    dead: [letter('m1', NOW + DAY_MS), letter('m2', NOW - 1)],
  },
  optedOut: { member: 3, clerk: 0, import: 120 },
  mayExport: true,
  branches: [
    { branchId: 'B1', name: '东湖店' },
    { branchId: 'B2', name: '西溪店' },
  ],
  exports: [
    {
      mark: 'k7m4q2xp9a',
      staffName: '总部小陈',
      what: 'members',
      branchName: null,
      phones: 'whole',
      at: NOW,
      rows: 603,
      isFinished: true,
    },
  ],
};
const MANAGER: Operations = {
  ...HQ,
  figures: null,
  outbox: null,
  optedOut: null,
  branches: [{ branchId: 'B1', name: '东湖店' }],
  exports: [],
};
const files = new Map<string, string>();
const wx = (globalThis as unknown as { wx: Record<string, unknown> }).wx;

beforeEach(() => {
  startOver();
  files.clear();
  Object.assign(wx, {
    env: { USER_DATA_PATH: 'wxfile://usr' },
    getDeviceInfo: () => ({ platform: 'ios' }),
    shareFileMessage: jest.fn(() => Promise.resolve()),
    getFileSystemManager: () => ({
      writeFile: ({ filePath, data, success }: { filePath: string; data: string; success(): void }) => {
        files.set(filePath, data);
        success();
      },
      unlink: () => undefined,
    }),
  });
  replies('members', 'operations.overview', () => HQ);
  replies('members', 'outbox.retry', () => ({ state: 'waiting' as const }));
  replies('members', 'outbox.discard', () => ({ state: 'dropped' as const }));
  replies('members', 'optOut.list', ({ after }) => ({
    members: [
      {
        memberId: after ? 'M9' : 'M1',
        name: after ? '李小姐' : '王小姐',
        phoneTail: '1234',
        scope: 'promo' as const,
        at: NOW,
      },
    ],
    next: after ? null : 'M1',
  }));
  replies('members', 'export.begin', () => ({ mark: 'abc', matching: 2, head: '# 头\n列\n' }));
  replies('members', 'export.page', ({ after }) => ({
    lines: after ? '二\n' : '一\n',
    rows: 1,
    next: after ? null : 'M1',
  }));
});

const open = () => mountPage('hq/operations/operations');

describe('运营', () => {
  it('shows in one call what waits, what died and why, and who took what', async () => {
    const page = await open();
    expect(asked).toHaveLength(1);
    expect(textOf(page)).toContain('王小姐 · 券快到期');
    expect(textOf(page)).toContain('发送通道答复 503');
    expect(textOf(page)).toContain('全部门店 · 603 行 · 完整手机号');
  });

  it('offers to send anew only what is still in time', async () => {
    const { letters, moreDead } = shownOf(HQ, NOW);
    expect(letters.map(({ maySend }) => maySend)).toEqual([true, false]);
    expect(moreDead).toBe('');
    expect(
      shownOf({ ...HQ, outbox: { counts: { ...HQ.outbox!.counts, dead: 60 }, dead: [] } }, NOW).moreDead,
    ).toMatch(/^还有 60 条/);
    const page = await open();
    expect(page.dom.querySelectorAll('.main--letter__act--main')).toHaveLength(1);
  });

  it('asks before it sends anew or lets go, repeats a lost act with its key, and reads the page again', async () => {
    const page = await open();
    refuses('members', 'outbox.retry', { code: 'busy' });
    await tap(page, '.main--letter__act--main');
    await settled(20);
    replies('members', 'outbox.retry', () => ({ state: 'waiting' as const }));
    await tap(page, '.main--letter__act--main');
    await settled(20);
    const [first, second] = askedFor('outbox.retry');
    expect(second).toMatchObject({ ask: { messageId: 'm1' }, requestKey: first?.requestKey });
    expect(askedFor('operations.overview').length).toBeGreaterThan(2);
    phone.showModal.mockResolvedValueOnce({ confirm: false, cancel: true });
    await tap(page, '.main--letter__act');
    expect(askedFor('outbox.discard')).toEqual([]);
  });

  it('shows a manager her exports and nothing of the outbox', async () => {
    replies('members', 'operations.overview', () => MANAGER);
    const page = await open();
    expect(textOf(page)).not.toContain('系统消息');
    expect(textOf(page)).toContain('我最近的导出');
    expect(textOf(page)).toContain('还没有人导出过');
  });

  it('says what to do when the page cannot be read', async () => {
    refuses('members', 'operations.overview', { code: 'not-allowed' });
    expect(textOf(await open())).toContain('你的角色不能做这件事');
  });
});

describe('退订的会员', () => {
  it('opens a list by how we know it, page by page', async () => {
    const list = mountComponent('hq/operations/opt-outs/opt-outs', { counts: HQ.optedOut });
    expect(textOf(list)).toBe('会员自己退订3 位 ▾导购替她记下0 位导入时带来120 位 ▾');
    await list.instance['toggle']?.({ currentTarget: { dataset: { id: 'member' } } });
    expect(textOf(list)).toContain('王小姐');
    await list.instance['more']?.();
    expect(textOf(list)).toContain('李小姐');
    expect(askedFor('optOut.list').map(({ ask }) => ask)).toEqual([
      { source: 'member', after: null },
      { source: 'member', after: 'M1' },
    ]);
  });
});

describe('导出', () => {
  const box = (known: object = {}) =>
    mountComponent('hq/operations/export-box/export-box', {
      mayExport: true,
      isHq: true,
      branches: HQ.branches,
      ...known,
    });

  it('says how to get the right where it is missing', () => {
    expect(textOf(box({ mayExport: false, isHq: false }))).toContain('请总部为你打开');
    expect(textOf(box({ mayExport: false }))).toContain('总部也要单独打开');
  });

  it('reads all pages and hands over one file that a spreadsheet can read', async () => {
    const mounted = box();
    await mounted.instance['begin']?.();
    await settled(20);
    expect(askedFor('export.begin')[0]?.ask).toEqual({
      what: 'members',
      branchId: null,
      phones: 'masked',
      since: null,
    });
    expect([...files]).toEqual([['wxfile://usr/回头客-会员-abc.csv', '\ufeff# 头\n列\n一\n二\n']]);
    expect(textOf(mounted)).toContain('已取 2 / 2 行，文件已交给你');
  });

  it('gives a manager her branch only, and no whole numbers to choose', async () => {
    const mounted = box({ isHq: false, branches: MANAGER.branches });
    expect(textOf(mounted)).not.toMatch(/全部门店|完整手机号/);
    await mounted.instance['begin']?.();
    expect(askedFor('export.begin')[0]?.ask).toMatchObject({ branchId: 'B1', phones: 'masked' });
  });

  it('asks before whole numbers leave, and never sends that wish with another file', async () => {
    const mounted = box();
    const pick = (of: string, id: string) =>
      mounted.instance['pick']?.({ currentTarget: { dataset: { of, id } } });
    pick('phones', 'whole');
    phone.showModal.mockResolvedValueOnce({ confirm: false, cancel: true });
    await mounted.instance['begin']?.();
    expect(asked).toEqual([]);
    pick('what', 'tasks');
    await mounted.instance['begin']?.();
    expect(askedFor('export.begin')[0]?.ask).toMatchObject({ what: 'tasks', phones: 'masked' });
  });

  it('stops where a page is refused, hands over nothing and says why', async () => {
    refuses('members', 'export.page', { code: 'export-not-allowed' });
    const mounted = box();
    await mounted.instance['begin']?.();
    expect(files.size).toBe(0);
    expect(textOf(mounted)).toContain('你没有导出权限');
  });
});

it('更多 offers a way only where the installation and the phone have it', () => {
  const words = (moreWays: ('sms' | 'wecom')[], isInWecom: boolean) =>
    waysShown({ moreWays, giftPath: '/member/gift/gift?l=x' }, isInWecom).map(({ word }) => word);
  expect(words([], true)).toEqual(['记跟进结果', '打电话', '她今天到店了', '她说不要再发']);
  expect(words(['sms', 'wecom'], false)).toContain('发短信');
  expect(words(['sms', 'wecom'], false)).not.toContain('企业微信发礼包卡');
  expect(words(['wecom'], true)).toContain('企业微信发礼包卡');
  // WeChat shows six lines at most.
  expect(words(['sms', 'wecom'], true)).toHaveLength(6);
});

describe('系统状况', () => {
  it('says which timer is late, what is stuck, what it costs and that this is over the budget', async () => {
    const words = textOf(await open());
    expect(words).toContain('夜间盘点要看一下还没有跑过 · 该跑了还没跑');
    expect(words).toContain('400 / 1,200');
    expect(words).toContain('十分钟没有动了');
    expect(words).toContain('本月已用约 ¥12，照这样到月底约 ¥61按最近 4 个整天估');
    expect(words).toContain('超出每月 ¥50 的预算');
    expect(words).toContain('3（0.30%）');
    expect(words).toContain('页面报错 · 4 次x of null (list.js:12:3) · clerk/list/list');
  });

  it('takes a budget in yuan, an empty one as none, and nothing that is no amount', async () => {
    replies('members', 'operations.budget', ({ monthFen }) => ({ monthFen }));
    const box = mountComponent('hq/operations/machine-box/machine-box', { figures: FIGURES });
    for (const typed of ['60.5', '', '很多']) {
      box.instance['type']?.({ detail: { value: typed } });
      await box.instance['save']?.();
    }
    expect(askedFor('operations.budget').map(({ ask }) => ask)).toEqual([
      { monthFen: 6050 },
      { monthFen: null },
    ]);
    expect(phone.showToast).toHaveBeenLastCalledWith(
      expect.objectContaining({ title: '填一个金额，例如 50' }),
    );
  });
});

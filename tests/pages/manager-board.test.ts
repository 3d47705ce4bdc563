import type { Mounted } from './mount';
import { day } from '../../miniprogram/domain/kernel/day';
import { boardShown, detailShown } from '../../miniprogram/manager/board/view';
import { rowShown } from '../../miniprogram/manager/rows/view';
import { boardOf } from './hq-samples';
import {
  askedFor,
  hands,
  loses,
  mountPage,
  refuses,
  replies,
  settled,
  startOver,
  tap,
  textOf,
} from './mount';

const BOARD = boardOf(
  [
    ['B1', '徐汇店', 41, 3],
    ['B2', '静安寺店', 50, 10],
    ['B3', '五角场店', 100, 20],
    ['B4', '新开店', 0, 0],
    ['B5', '陆家嘴店', 50, 10],
  ],
  'B1',
);

describe('the leaderboard', () => {
  const shown = boardShown(BOARD);

  it('prints what every rate is made of', () => {
    expect(shown.rows.find((row) => row.id === 'B1')).toMatchObject({ fraction: '3/41', rate: '7.3%' });
    expect(shown.total).toMatchObject({ fraction: '43/241', rate: '17.8%' });
  });

  it('gives no places before the first wake', () => {
    const level = boardShown(
      boardOf(
        [
          ['b1', '五角场店', 20, 0],
          ['b2', '静安寺店', 10, 0],
        ],
        null,
      ),
    );
    expect(level.rows.map((row) => row.place)).toEqual(['–', '–']);
    expect(level.rows[0]?.spoken).not.toContain('名');
  });

  it('puts the fair score first and lets equals share a place', () => {
    expect(shown.rows.map((row) => [row.name, row.place])).toEqual([
      ['五角场店', '1'],
      ['静安寺店', '2'],
      ['陆家嘴店', '2'],
      ['徐汇店', '4'],
      ['新开店', '–'],
    ]);
  });

  it('draws the interval across the bar and marks the chain’s average', () => {
    for (const row of shown.rows.slice(0, 4)) {
      expect(row.whiskerFrom).toBeLessThan(row.bar);
      expect(row.whiskerFrom + row.whiskerLong).toBeGreaterThan(row.bar);
      expect(row.whiskerFrom + row.whiskerLong).toBeLessThanOrEqual(100);
    }
    expect(shown.mark).toBeGreaterThan(0);
    expect(shown.rows.at(-1)).toMatchObject({ bar: 0, whiskerLong: 0, score: '—' });
  });

  it('says how a place moved, when there is a period before', () => {
    const moved = (before: number | null) =>
      boardShown({
        ...BOARD,
        before: '年货节召回',
        rows: BOARD.rows.slice(1, 2).map((row) => ({ ...row, before })),
      }).rows[0]?.movement;
    expect([moved(5), moved(1), moved(2), moved(null)]).toEqual(['↑3', '↓1', '持平', '新']);
    expect(shown.rows[1]?.movement).toBe('');
  });

  it('shows no rate where nothing was issued', () => {
    expect(shown.rows.at(-1)).toMatchObject({ rate: '—', fraction: '0/0', isTop: false });
  });

  it('pins the own row, also when it is far down', () => {
    expect(shown.own?.name).toBe('徐汇店');
    expect(boardShown({ ...BOARD, ownId: null, own: null }).own).toBeNull();
  });

  it('ends the table with the total', () => {
    const total = shown.table.at(-1);
    expect([total?.name, ...(total?.cells.map((cell) => cell.text) ?? [])]).toEqual([
      '合计',
      '—',
      '17.8%',
      '241',
      '237',
      '51',
      '47',
      '43',
      '43',
      '',
      '',
    ]);
  });

  it('tells a chain without a campaign from a campaign without tasks', () => {
    expect(boardShown({ ...BOARD, campaign: null, campaigns: [], rows: [] }).empty).toContain(
      '还没有召回活动',
    );
    expect(boardShown({ ...BOARD, rows: [] }).empty).toContain('还没有下发任务');
  });

  it('opens a row as a funnel whose shares are all of what was issued', () => {
    const row = BOARD.rows.find((each) => each.id === 'B2');
    if (!row) throw new Error('the sample has B2');
    const detail = detailShown(row, true, true);
    expect(detail.rates[0]).toMatchObject({ definition: 'wake.netPaid.28', text: '10/50 = 20.0%' });
    expect(detail.why).toContain('50 位里唤醒了 10 位');
    expect(detail.funnel.map((step) => step.text)).toEqual([
      '50',
      '49 · 98.0%',
      '12 · 24.0%',
      '11 · 22.0%',
      '10 · 20.0%',
      '10 · 20.0%',
    ]);
  });
});

describe('the page', () => {
  const world = globalThis as unknown as { wx: Record<string, unknown> };
  beforeAll(() => {
    Object.assign(world.wx, {
      getAppBaseInfo: () => ({ theme: 'light' }),
      getWindowInfo: () => ({ pixelRatio: 2 }),
      onThemeChange: () => undefined,
      offThemeChange: () => undefined,
    });
  });
  beforeEach(() => {
    startOver();
    replies('boards', 'board.branches', () => BOARD);
    replies('boards', 'board.clerks', () => boardOf([['k1', '李静', 20, 4]], null));
  });

  it('shows the newest campaign through one call', async () => {
    const page = await mountPage('manager/board/board');
    expect(textOf(page)).toContain('五角场店');
    expect(askedFor('board.branches')).toMatchObject([{ ask: {} }]);
  });

  it('opens the campaign of the address and switches to another', async () => {
    const page = await mountPage('manager/board/board', { campaignId: 'c1' });
    await hands(page, 'pickCampaign', { value: '1' });
    expect(askedFor('board.branches').map((call) => call.ask)).toEqual([
      { campaignId: 'c1' },
      { campaignId: 'c0' },
    ]);
  });

  it('reads the numbers again when it is seen again, and keeps them when that fails', async () => {
    const page = await mountPage('manager/board/board');
    loses('boards', 'board.branches');
    page.instance['onShow']?.();
    await settled();
    expect(askedFor('board.branches')).toHaveLength(2);
    expect(textOf(page)).toContain('五角场店');
    replies('boards', 'board.branches', () => boardOf([['b9', '新天地店', 20, 5]], null));
    page.instance['onShow']?.();
    await settled();
    expect(textOf(page)).toContain('新天地店');
  });

  it('shows clerks on the other tab', async () => {
    const page = await mountPage('manager/board/board');
    await tap(page, '.main--tabs__one', 1);
    expect(textOf(page)).toContain('李静');
  });

  it('opens a row with its counts', async () => {
    const page = await mountPage('manager/board/board');
    await tap(page, '.main--places .main--place');
    expect(textOf(page)).toContain('20/100 = 20.0%');
    expect(textOf(page)).toContain('第 1 名');
  });

  it('lets a manager see her own branch’s clerks from its row, and no other’s', async () => {
    const page = await mountPage('manager/board/board');
    await hands(page, 'openRow', {}, { id: 'B3' });
    expect(page.data['mayOpenClerks']).toBe(false);
    await hands(page, 'openRow', {}, { id: 'B1' });
    expect(page.data['mayOpenClerks']).toBe(true);
    page.instance['openClerks']?.();
    await settled();
    expect(askedFor('board.clerks')).toMatchObject([{ ask: { branchId: 'B1' } }]);
  });

  it('has the raw numbers one tap away', async () => {
    const page = await mountPage('manager/board/board');
    await tap(page, '.main--bar-head__swap');
    expect(textOf(page, '.main--table')).toContain('合计');
  });

  it('says why it cannot be read and tries again', async () => {
    refuses('boards', 'board.branches', { code: 'network-lost' });
    const page = await mountPage('manager/board/board');
    expect(textOf(page)).toContain('网络断开了');
    replies('boards', 'board.branches', () => BOARD);
    await tap(page, '.load-state--state-face__button');
    expect(textOf(page)).toContain('五角场店');
  });

  describe('as a file', () => {
    const written: { filePath: string; data: string }[] = [];
    beforeAll(() => {
      Object.assign(world.wx, {
        env: { USER_DATA_PATH: 'wxfile://usr' },
        getDeviceInfo: () => ({ platform: 'android' }),
        shareFileMessage: jest.fn(() => Promise.resolve()),
        getFileSystemManager: () => ({
          writeFile: ({ filePath, data, success }: { filePath: string; data: string; success(): void }) => {
            written.push({ filePath, data });
            success();
          },
          unlink: () => undefined,
        }),
      });
    });
    beforeEach(() => {
      written.length = 0;
      replies('boards', 'board.branches', () => ({ ...BOARD, mayExport: true }));
      replies('boards', 'board.export', () => ({ fileName: '春/夏-2025.csv', csv: '门店,唤醒', rows: 3 }));
    });
    const begin = async (page: Mounted) => {
      await tap(page, '.board-export--board-export');
      await settled(20);
    };

    it('is offered only to whoever has the right, and not of one branch’s clerks', async () => {
      const page = await mountPage('manager/board/board');
      expect(page.data['exportAsk']).toEqual({ campaignId: 'c1', by: 'branch' });
      await hands(page, 'openRow', {}, { id: 'B1' });
      page.instance['openClerks']?.();
      await settled();
      expect(page.data['exportAsk']).toBeNull();
      replies('boards', 'board.branches', () => BOARD);
      const other = await mountPage('manager/board/board');
      expect(textOf(other)).not.toContain('导出');
    });

    it('is asked for by one key until it is in her hands, under a name a file may have', async () => {
      const page = await mountPage('manager/board/board');
      loses('boards', 'board.export');
      await begin(page);
      expect(textOf(page)).toContain('网络断开了');
      replies('boards', 'board.export', () => ({ fileName: '春/夏-2025.csv', csv: '门店,唤醒', rows: 3 }));
      await begin(page);
      expect(written.map(({ filePath }) => filePath)).toEqual(['wxfile://usr/春_夏-2025.csv']);
      expect(textOf(page)).toContain('3 行，文件已交给你');
      await begin(page);
      const keys = askedFor('board.export').map(({ requestKey }) => requestKey);
      expect(keys[0]).toBe(keys[1]);
      expect(keys[2]).not.toBe(keys[1]);
    });
  });
});

describe('the rows behind a number', () => {
  const row = {
    taskId: 'spring:M1',
    memberName: '张三',
    phoneTail: '0001',
    tier: 'dormant.high' as const,
    branchName: '东湖店',
    clerkName: '孙晓梅',
    enteredOn: day('2025-03-01'),
    at: null,
  };
  it('name the branch only where there is more than one', () => {
    expect(rowShown(row, '已唤醒', false).where).toBe('东湖店 · 孙晓梅');
    expect(rowShown(row, '已唤醒', true).where).toBe('孙晓梅');
    expect(rowShown(row, '已唤醒', true).when).toContain('进入');
  });
});

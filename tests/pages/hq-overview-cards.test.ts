import type { BranchTiers, RunShown } from '../../miniprogram/contract/rules';
import { day } from '../../miniprogram/domain/kernel/day';
import { branchRow, spanOf } from '../../miniprogram/hq/overview/branch-tiers/view';
import { jobsLines, runSentence, tookText } from '../../miniprogram/hq/overview/night-jobs/view';
import { trendRows, trendSpan } from '../../miniprogram/hq/overview/tier-trend/view';
import { rebuildShown } from '../../miniprogram/hq/parts/rebuildShown';
import { rebuildOf, RUN, TODAY } from './hq-samples';
import { askedFor, loses, mountComponent, refuses, replies, settled, startOver, tap, textOf } from './mount';
import type { Mounted } from './mount';

const branchOf = (n: number, counts: BranchTiers['counts'] = { active: 3, lost: 1 }): BranchTiers => ({
  branchId: `B${n}`,
  name: `第${n}店`,
  members: Object.values(counts).reduce((sum, count) => sum + count, 0),
  counts,
});

describe('a branch as one bar', () => {
  it('prints its members and how many of them are asleep or gone', () => {
    expect(branchRow(branchOf(1, { active: 3, dormant: 2, lost: 1 })).text).toBe('6 位 · 沉睡流失 50%');
  });

  it('puts who never bought under one word, and says every share in the table', () => {
    const row = branchRow(branchOf(1, { active: 2, prospect: 1, visitedNoOrder: 1 }));
    expect(row.parts?.at(-1)).toEqual({ tone: 'none', value: 2 });
    expect(row.notes).toEqual(['活跃 2（50%）', '还没成交 2（50%）']);
  });

  it('divides by nobody without harm', () => {
    expect(branchRow(branchOf(1, {})).text).toBe('0 位 · 沉睡流失 0%');
  });

  it('says which branches are drawn', () => {
    expect(spanOf(10, 4, true)).toBe('第 11–14 家，后面还有');
  });
});

describe('the trend', () => {
  const points = [
    { on: day('2025-02-03'), counts: { dormant: 100, lost: 9 } },
    { on: day('2025-02-10'), counts: { dormant: 90, lost: 9 } },
    { on: day('2025-03-05'), counts: { dormant: 120 } },
  ];

  it('tells what became more and what fewer, and leaves out tiers nobody was in', () => {
    expect(trendRows(points).map((row) => [row.label, row.text])).toEqual([
      ['沉睡', '120（+20）'],
      ['流失', '0（−9）'],
    ]);
  });

  it('places nights by their dates, also where some are missing', () => {
    expect(trendRows(points)[0]?.points?.map((point) => point.at)).toEqual([0, 7 / 30, 1]);
  });

  it('names its lowest and highest night', () => {
    expect(trendRows(points)[0]?.notes).toEqual(['最少 90（2月10日）', '最多 120（3月5日）']);
  });

  it('says from when to when, with the years where they differ', () => {
    expect(trendSpan(points)).toContain('2月3日–3月5日，共 3 夜');
    const older = { on: day('2024-12-31'), counts: {} };
    expect(trendSpan([older, ...points])).toContain('2024年12月31日–2025年3月5日');
    expect(trendSpan([older])).toContain('再过几天');
    expect([trendRows([]), trendSpan([])]).toEqual([[], '']);
  });

  it('shows one night without claiming a change', () => {
    expect(trendRows(points.slice(0, 1)).map((row) => row.text)).toEqual(['100', '9']);
  });
});

describe('a night in words', () => {
  const said = (change: Partial<RunShown>): string => runSentence({ ...RUN, ...change }, TODAY);

  it('names the largest moves', () => {
    expect(said({})).toBe('昨夜读了812位，317位换了分层：预沉睡→沉睡 197，活跃→预沉睡 120');
    const many = (['active', 'oneOrderOnly', 'drowsy', 'dormant', 'lost'] as const).map((to, i) => ({
      from: 'orderUnpaid' as const,
      to,
      members: i + 1,
    }));
    expect(said({ moves: many, changed: 15 })).toMatch(/下单未支付→一单未复购 2等$/);
  });

  it('tells those who changed in value apart from those who moved', () => {
    expect(said({ changed: 400 })).toContain('400位换了分层或价值：');
    expect(said({ changed: 5, moves: [] })).toBe('昨夜读了812位，5位换了分层或价值');
  });

  it('says when nothing was to be done, and when something was left', () => {
    expect(said({ read: 0, changed: 0, moves: [] })).toBe('昨夜没有会员到换分层的日子');
    expect(said({ changed: 0, moves: [] })).toBe('昨夜读了812位，没有人换分层');
    expect(said({ left: 20 })).toContain('还有20位没来得及，会接着做');
  });

  it('dates older nights and rebuilds', () => {
    expect(said({ on: day('2025-03-04') })).toMatch(/^3月4日凌晨读了/);
    expect(said({ job: 'rebuild', on: day('2025-03-04') })).toMatch(/^3月4日按新规则重排了812位/);
  });

  it('speaks of time as people do', () => {
    expect([300, 2345, 125_000].map(tookText)).toEqual(['300 毫秒', '2.3 秒', '2 分 5 秒']);
  });

  it('tells what waits for the next night', () => {
    const jobs = { rebuild: null, waiting: 0, due: 1320, runs: [] };
    expect(jobsLines(jobs, TODAY).due).toBe('1,320 位到了换分层的日子，今夜会重新算');
    expect(jobsLines({ ...jobs, due: 0 }, TODAY).due).toContain('没有会员');
  });
});

it('says how far new rules are', () => {
  expect(rebuildShown(rebuildOf(4440))).toEqual({
    percent: 37,
    sentence: '正在按第4版规则重新分层 37%，数字会随之变化',
    text: '已重排 4,440 / 12,000 位，444 位换了位置',
  });
  expect(rebuildShown({ ...rebuildOf(12_000), finished: false }).percent).toBe(99);
  expect(rebuildShown(rebuildOf(12_000)).percent).toBe(100);
});

describe('the cards that read for themselves', () => {
  beforeAll(() => {
    const world = globalThis as unknown as { wx: Record<string, unknown> };
    Object.assign(world.wx, {
      getAppBaseInfo: () => ({ theme: 'light' }),
      getWindowInfo: () => ({ pixelRatio: 2 }),
      onThemeChange: () => undefined,
      offThemeChange: () => undefined,
    });
  });
  beforeEach(startOver);
  async function mounted(name: string): Promise<Mounted> {
    const card = mountComponent(`hq/overview/${name}/${name}`, { fresh: 1, today: TODAY });
    await settled(20);
    return card;
  }

  it('turns to the next ten branches, asking only for what it does not have yet', async () => {
    replies('members', 'tier.branches', ({ after }) =>
      after === undefined
        ? { branches: Array.from({ length: 20 }, (_, i) => branchOf(i + 1)), next: 'B20' }
        : { branches: [branchOf(21), branchOf(22)], next: null },
    );
    const card = await mounted('branch-tiers');
    expect(textOf(card)).toContain('第 1–10 家，后面还有');
    await tap(card, '.main--turn__act', 1);
    expect(askedFor('tier.branches')).toHaveLength(1);
    await tap(card, '.main--turn__act', 1);
    expect(textOf(card)).toContain('第 21–22 家');
    expect(askedFor('tier.branches').map((call) => call.ask)).toEqual([{}, { after: 'B20' }]);
    await tap(card, '.main--turn__act', 1);
    expect(textOf(card)).toContain('第 21–22 家');
    await tap(card, '.main--turn__act', 0);
    expect(textOf(card)).toContain('第 11–20 家');
  });

  it('says why branches cannot be shown, and tries again', async () => {
    loses('members', 'tier.branches');
    const card = await mounted('branch-tiers');
    expect(textOf(card)).toContain('网络断开了');
    replies('members', 'tier.branches', () => ({ branches: [], next: null }));
    await tap(card, '.load-state--state-face__button');
    expect(textOf(card)).toContain('还没有门店');
  });

  it('reads another span of the trend, and shows the answer to the last one picked', async () => {
    replies('members', 'tier.trend', async ({ days }) => {
      if (days === 90) await settled(60);
      return { points: days === 30 ? [] : [{ on: TODAY, counts: { lost: days } }] };
    });
    const card = await mounted('tier-trend');
    expect(textOf(card)).toContain('还没有夜间记录');
    await tap(card, '.main--spans__one', 1);
    await tap(card, '.main--spans__one', 2);
    await settled(80);
    expect(askedFor('tier.trend').map((call) => call.ask)).toEqual([
      { days: 30 },
      { days: 90 },
      { days: 365 },
    ]);
    expect(card.data['rows']).toMatchObject([{ value: 365 }]);
  });

  it('unfolds the older nights', async () => {
    const runs = Array.from({ length: 5 }, (_, i) => ({ ...RUN, id: `n${i}`, read: 800 + i }));
    replies('members', 'jobs.list', () => ({ rebuild: null, waiting: 0, due: 0, runs }));
    const card = await mounted('night-jobs');
    expect(textOf(card)).not.toContain('读了804位');
    await tap(card, '.main--run__more');
    expect(textOf(card)).toContain('读了804位');
  });

  it('says that no night ran yet, or why it cannot say', async () => {
    replies('members', 'jobs.list', () => ({ rebuild: null, waiting: 0, due: 0, runs: [] }));
    expect(textOf(await mounted('night-jobs'))).toContain('还没有跑过夜间盘点');
    refuses('members', 'jobs.list', { code: 'not-allowed' });
    expect(textOf(await mounted('night-jobs'))).toContain('你的角色不能做这件事');
  });
});

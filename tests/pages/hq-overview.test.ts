import { ENTRIES } from '../../miniprogram/hq/overview/entries';
import type { Entry } from '../../miniprogram/hq/overview/entries';
import { LIFECYCLES } from '../../miniprogram/domain/membership/types';
import { countText } from '../../miniprogram/components/stat-tile/count';
import { matrixShown } from '../../miniprogram/hq/overview/matrix';
import { cutText, ruleLines, rulesShort } from '../../miniprogram/hq/parts/ruleWords';
import { campaignShown, overviewShown } from '../../miniprogram/hq/overview/view';
import { BRIEF, OVERVIEW, rebuildOf, RUN, SESSION } from './hq-samples';
import { askedFor, mountPage, phone, refuses, replies, settled, startOver, tap, textOf } from './mount';

const BRANCH = { branchId: 'B1', name: '徐汇店', members: 4, counts: { active: 3, lost: 1 } };

describe('the matrix of lifecycle and value', () => {
  const shown = matrixShown(OVERVIEW.matrix);
  const rowOf = (lifecycle: string) => shown.rows.find((row) => row.lifecycle === lifecycle);

  it('stands coldest at the bottom', () => {
    expect(shown.rows.map((row) => row.lifecycle)).toEqual([...LIFECYCLES]);
    expect(shown.rows.at(-1)?.word).toBe('流失');
  });

  it('adds up on both edges', () => {
    expect(rowOf('active')?.total).toBe('500');
    expect(shown.totals.map((each) => each.text)).toEqual(['403', '1', '100', '504']);
  });

  it('shows nobody as a dash without tint, and tints by share', () => {
    expect(rowOf('lost')?.cells[0]).toMatchObject({ text: '–', tint: 0 });
    const tints = rowOf('active')?.cells.map((cell) => cell.tint) ?? [];
    expect(tints[0]).toBeGreaterThan(tints[2] ?? 1);
    expect(tints[2]).toBeGreaterThan(0);
  });
});

it('never claims more people than there are when a count is shortened', () => {
  expect([99_999, 100_000, 123_999, 9_999_999, 12_000_000].map(countText)).toEqual([
    '99,999',
    '10万',
    '12.3万',
    '999.9万',
    '1200万',
  ]);
});

describe('how tiers are defined', () => {
  const { rules, aovCut } = OVERVIEW;
  const bySpend = {
    ...rules,
    value: { by: 'annualSpend' as const, highFen: 2_000_000, midFen: 500_000 },
  };

  it('is said in few lines', () => {
    expect(rulesShort(rules)).toEqual([
      '预沉睡 3 个月 · 沉睡 6 个月 · 流失 12 个月未消费',
      '高价值：近 3 个月至少 3 单，且客单价在前 20%',
      '中价值：满足其中一项',
    ]);
    expect(rulesShort(bySpend).slice(1)).toEqual([
      '高价值：近 12 个月消费满 ¥20,000',
      '中价值：近 12 个月消费满 ¥5,000',
    ]);
  });

  it('is said line by line, with categories where there are any', () => {
    const lines = ruleLines({ ...rules, cycles: { 奶粉: 30, 纸尿裤: 28 } });
    expect(lines.map((line) => line.label)).toEqual([
      '预沉睡',
      '沉睡',
      '流失',
      '一单未复购',
      '下单未支付',
      '高价值',
      '中价值',
      '品类周期',
    ]);
    expect(lines.at(-1)?.text).toBe('奶粉 30 天 · 纸尿裤 28 天');
    expect(ruleLines({ ...rules, cycles: {} }).map((line) => line.label)).not.toContain('品类周期');
  });

  it('tells the cut-off with its day and how many it was read from', () => {
    expect(cutText(rules, aovCut)).toBe('前 20% 的标准：¥180，3月4日按 4,000 位算出');
    expect(cutText(rules, null)).toBe('前 20% 的标准：有会员消费后算出');
    expect(cutText(bySpend, aovCut)).toBe('');
  });
});

it('shows a campaign with its launch only while tasks are still being written', () => {
  expect(campaignShown(BRIEF)).toMatchObject({ status: '进行中', span: '3月1日–3月14日', launch: null });
  const launching = {
    ...BRIEF,
    status: 'launching' as const,
    launch: { done: 1200, total: 4120, finished: false },
  };
  expect(campaignShown(launching).launch).toEqual({ percent: 29, text: '已下发 1,200 / 4,120' });
});

it('says in words that members wait for their tiers', () => {
  expect(overviewShown(OVERVIEW).waiting).toBe('');
  expect(overviewShown({ ...OVERVIEW, waiting: 1204 }).waiting).toContain('1,204 位会员');
});

describe('the page', () => {
  beforeAll(() => {
    const world = globalThis as unknown as { wx: Record<string, unknown> };
    Object.assign(world.wx, {
      getAppBaseInfo: () => ({ theme: 'light' }),
      getWindowInfo: () => ({ pixelRatio: 2 }),
      onThemeChange: () => undefined,
      offThemeChange: () => undefined,
    });
  });
  beforeEach(() => {
    startOver();
    replies('members', 'tier.branches', () => ({ branches: [BRANCH], next: null }));
    replies('members', 'tier.trend', () => ({ points: [] }));
    replies('members', 'jobs.list', () => ({ rebuild: null, waiting: 0, due: 320, runs: [RUN] }));
    replies('members', 'session.open', () => SESSION);
    replies('members', 'tier.overview', () => OVERVIEW);
    replies('campaigns', 'campaign.list', () => ({ campaigns: [BRIEF] }));
  });

  it('shows chain, members, matrix and campaigns', async () => {
    const page = await mountPage('hq/overview/overview');
    const text = textOf(page);
    for (const words of ['青禾生活', '2025年3月5日', '预沉睡', '春季回归周', '4,120'])
      expect(text).toContain(words);
    expect(askedFor('tier.overview')).toHaveLength(1);
  });

  it('opens the members of the cell that was tapped', async () => {
    const page = await mountPage('hq/overview/overview');
    await tap(page, '.main--matrix__cell', LIFECYCLES.indexOf('dormant') * 4);
    expect(phone.navigateTo).toHaveBeenCalledWith({
      url: '/hq/members/members?lifecycle=dormant&value=high',
    });
  });

  it('keeps the tiers visible when only the campaigns cannot be read', async () => {
    refuses('campaigns', 'campaign.list', { code: 'server-error' });
    const text = textOf(await mountPage('hq/overview/overview'));
    expect(text).toContain('系统出了点问题');
    expect(text).toContain('预沉睡');
  });

  it('says why it cannot show anything, and tries again', async () => {
    refuses('members', 'tier.overview', { code: 'not-allowed' });
    const page = await mountPage('hq/overview/overview');
    expect(textOf(page)).toContain('你的角色不能做这件事');
    replies('members', 'tier.overview', () => OVERVIEW);
    await tap(page, '.load-state--state-face__button');
    expect(textOf(page)).toContain('预沉睡');
  });

  it('works through the members who wait, and then reads the new numbers', async () => {
    let waiting = 900;
    replies('members', 'tier.overview', () => ({ ...OVERVIEW, waiting }));
    replies('members', 'import.settle', () => {
      waiting -= 300;
      return { done: 900 - waiting, total: 900, finished: waiting === 0 };
    });
    const page = await mountPage('hq/overview/overview');
    expect(textOf(page)).toContain('900 位会员的新订单还没有计入分层');
    await tap(page, '.main--act--small');
    await settled(30);
    expect(askedFor('import.settle')).toHaveLength(3);
    expect(textOf(page)).not.toContain('还没有计入分层');
  });

  it('reads the cards below for itself, and the cut-off stands with the rules', async () => {
    const page = await mountPage('hq/overview/overview');
    await settled(20);
    const text = textOf(page);
    expect(text).toContain('昨夜读了812位，317位换了分层：预沉睡→沉睡 197，活跃→预沉睡 120');
    expect(text).toContain('320 位到了换分层的日子');
    expect(text).toContain('前 20% 的标准：¥180，3月4日按 4,000 位算出');
    expect(text).toContain('还没有夜间记录');
    for (const action of ['tier.branches', 'tier.trend', 'jobs.list'])
      expect(askedFor(action)).toHaveLength(1);
  });

  it('tries one card again without reading the others', async () => {
    refuses('members', 'jobs.list', { code: 'server-error' });
    const page = await mountPage('hq/overview/overview');
    await settled(20);
    expect(textOf(page)).toContain('系统出了点问题');
    replies('members', 'jobs.list', () => ({ rebuild: null, waiting: 0, due: 0, runs: [] }));
    await tap(page, '.load-state--state-face__button');
    await settled(20);
    expect(textOf(page)).toContain('没有会员到了换分层的日子');
    expect(askedFor('tier.overview')).toHaveLength(1);
  });

  it('leads everywhere headquarters goes, campaigns first, then data, words, people and operations', async () => {
    const page = await mountPage('hq/overview/overview');
    const order: Entry[] = [
      'recalls',
      'report',
      'board',
      'members',
      'changes',
      'paste',
      'scripts',
      'care',
      'offers',
      'staff',
      'rules',
      'operations',
      'setup',
    ];
    for (const [nth, to] of order.entries()) {
      await tap(page, '.main--entrance', nth);
      expect(phone.navigateTo).toHaveBeenLastCalledWith({ url: ENTRIES[to] });
    }
    expect(new Set(order).size).toBe(Object.keys(ENTRIES).length);
  });

  it('says that new rules are on their way, helps them along and then reads the new numbers', async () => {
    let done = 4000;
    replies('members', 'tier.overview', () => ({
      ...OVERVIEW,
      rebuild: done < 12_000 ? rebuildOf(done) : null,
    }));
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    replies('members', 'rebuild.step', async () => {
      await held;
      done = 12_000;
      return rebuildOf(done);
    });
    const page = await mountPage('hq/overview/overview');
    expect(textOf(page)).toContain('正在按第4版规则重新分层 33%，数字会随之变化');
    letGo();
    await settled(30);
    expect(textOf(page)).not.toContain('正在按第4版规则');
    expect(askedFor('tier.overview')).toHaveLength(2);
  });

  it('says that the cloud goes on when this phone cannot help the rebuild', async () => {
    replies('members', 'tier.overview', () => ({ ...OVERVIEW, rebuild: rebuildOf(4000) }));
    refuses('members', 'rebuild.step', { code: 'server-error' });
    const page = await mountPage('hq/overview/overview');
    await settled(20);
    expect(textOf(page)).toContain('后台会接着做');
    expect(askedFor('tier.overview')).toHaveLength(1);
  });
});

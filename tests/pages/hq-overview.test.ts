import { LIFECYCLES } from '../../miniprogram/domain/membership/types';
import { countText } from '../../miniprogram/components/stat-tile/count';
import { matrixShown } from '../../miniprogram/hq/overview/matrix';
import { rulesShown } from '../../miniprogram/hq/overview/rules';
import { campaignShown, overviewShown } from '../../miniprogram/hq/overview/view';
import { percentOf, untilFinished } from '../../miniprogram/hq/parts/untilFinished';
import { BRIEF, OVERVIEW, SESSION } from './hq-samples';
import { askedFor, mountPage, phone, refuses, replies, settled, startOver, tap, textOf } from './mount';

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

describe('how tiers are defined, in two lines', () => {
  it('names the months and the chain’s own cut-off', () => {
    expect(rulesShown(OVERVIEW.rules, OVERVIEW.aovCut)).toEqual({
      lifecycle: '预沉睡 3 个月 · 沉睡 6 个月 · 流失 12 个月未消费',
      value: '高价值：近 3 个月至少 3 单，且客单价在前 20%（¥180 起，截至3月4日）；中价值：满足其一',
    });
  });

  it('says when the cut-off is not known yet', () => {
    expect(rulesShown(OVERVIEW.rules, null).value).toContain('导入订单后算出');
  });

  it('speaks of money where value is by annual spend', () => {
    const rules = {
      ...OVERVIEW.rules,
      value: { by: 'annualSpend' as const, highFen: 2_000_000, midFen: 500_000 },
    };
    expect(rulesShown(rules, null).value).toBe('高价值：近 12 个月消费满 ¥20,000；中价值：满 ¥5,000');
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

describe('keeping a long job going', () => {
  const wait = async (): Promise<void> => undefined;
  const job = (dones: number[]) => {
    let call = 0;
    return {
      step: async () => {
        const done = dones[Math.min(call++, dones.length - 1)] ?? 0;
        return { ok: true as const, reply: { done, total: 3, finished: done >= 3 } };
      },
      calls: () => call,
    };
  };

  it('asks until it is finished', async () => {
    const { step, calls } = job([1, 2, 3]);
    expect(await untilFinished({ step, wait, onProgress: () => undefined, left: () => false })).toBeNull();
    expect(calls()).toBe(3);
  });

  it('waits while someone else does the work, and says so when nothing moves for long', async () => {
    expect(
      await untilFinished({ ...job([1, 1, 1, 3]), wait, onProgress: () => undefined, left: () => false }),
    ).toBeNull();
    const failure = await untilFinished({
      ...job([1]),
      wait,
      onProgress: () => undefined,
      left: () => false,
    });
    expect(failure).toEqual({ code: 'busy' });
  });

  it('asks no more once the page was left', async () => {
    const { step, calls } = job([1]);
    expect(
      await untilFinished({ step, wait, onProgress: () => undefined, left: () => calls() >= 2 }),
    ).toBeNull();
    expect(calls()).toBe(2);
  });

  it('never shows 100 before the end', () => {
    expect(percentOf({ done: 999, total: 1000 })).toBe(99);
    expect(percentOf({ done: 0, total: 0 })).toBe(100);
  });
});

describe('the page', () => {
  beforeEach(() => {
    startOver();
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
});

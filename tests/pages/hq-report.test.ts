import type { CampaignReport } from '../../miniprogram/contract/boards';
import { cellOf } from '../../miniprogram/domain/credit/rollup/count';
import { liftFor } from '../../miniprogram/domain/credit/report/lift';
import { definedRate } from '../../miniprogram/domain/credit/definitions';
import { funnelOf, habitsOf, trendOf, wakeReadings } from '../../miniprogram/domain/credit/report/figures';
import { tallySum } from '../../miniprogram/domain/credit/rollup/sum';
import { day, DAY_MS, startOf } from '../../miniprogram/domain/kernel/day';
import { marginTyped, reportShown } from '../../miniprogram/hq/report/view';
import { aCountedTask, ENTERED } from '../domain/credit/knownTruth';
import { askedFor, hands, mountPage, phone, refuses, replies, startOver, tap, textOf } from './mount';

/** A report over so many treated and held-out members, of whom so many woke. */
function reportOf(treated: [number, number], heldOut: [number, number]): CampaignReport {
  const side = ([hits, of]: [number, number], arm: 'treated' | 'heldOut') =>
    Array.from({ length: of }, (_none, i) =>
      aCountedTask({
        arm,
        status: arm === 'heldOut' ? 'heldOut' : 'open',
        wokenAt: i < hits ? ENTERED + DAY_MS : null,
        wakeFen: i < hits ? 10_000 + i : null,
      }),
    );
  const cell = cellOf([...side(treated, 'treated'), ...side(heldOut, 'heldOut')]);
  const n = tallySum(cell.by.all ?? []);
  return {
    campaignId: 'c1',
    name: '春季回归周',
    startsOn: day('2025-03-01'),
    endsOn: day('2025-03-14'),
    status: 'live',
    branchId: '',
    funnel: funnelOf(n),
    execution: definedRate('execution', 0, 0),
    completion: definedRate('completion', treated[0], treated[1]),
    wakes: wakeReadings(cell.tiers),
    lift: liftFor(cell.tiers, heldOut[1] > 0 ? heldOut[1] / (heldOut[1] + treated[1]) : 0),
    byTier: [],
    byScript: [],
    byOffer: [],
    byBranch: [],
    habits: habitsOf(cell.money.treated),
    money: cell.money,
    trend: trendOf(cell.days, treated[1], heldOut[1]),
    unripe: 0,
    countedAt: startOf(day('2025-03-05'), 10),
  };
}

describe('what a report claims', () => {
  it('is a gain when the interval lies above zero', () => {
    const shown = reportShown(reportOf([300, 2000], [10, 220]), null);
    expect(shown.lift).toMatchObject({ tone: 'good', value: '+10.5 个百分点' });
    expect(shown.lift.sentence).toContain('带回了本来不会回来的人');
    expect(shown.money.sentence).toContain('填上毛利率才能说值不值');
  });
  it('is nothing while the interval holds zero, with too few members, and without a holdout', () => {
    expect(reportShown(reportOf([80, 800], [8, 90]), 40).lift.sentence).toContain('包含 0');
    expect(reportShown(reportOf([3, 20], [1, 5]), 40).lift).toMatchObject({
      value: '还不能说',
      tone: 'plain',
    });
    const bare = reportShown(reportOf([80, 800], [0, 0]), 40);
    expect(bare.lift.sentence).toContain('没有可比的对照组');
    expect(bare.money.sentence).toContain('值不值说不清');
  });
  it('is worth it or not by the margin that was typed', () => {
    const report = reportOf([300, 2000], [10, 220]);
    expect(reportShown(report, 40).money.sentence).toMatch(/^值得/);
    const dear = { ...report, money: { ...report.money, offFen: 900_000_00 } };
    expect(reportShown(dear, 1).money.sentence).toMatch(/^不值/);
  });
  it('never shows a number of nothing', () => {
    const empty = reportShown(reportOf([0, 0], [0, 0]), 40);
    expect(JSON.stringify(empty)).not.toMatch(/NaN|Infinity|undefined/);
    expect(empty.lift.sentence).toContain('还没有下发任务');
  });
  it.each([
    ['40', 40],
    ['35.5%', 35.5],
    ['0', null],
    ['101', null],
    ['四成', null],
  ])('reads the margin “%s” as %p', (typed, percent) => {
    expect(marginTyped(typed)).toBe(percent);
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
    replies('boards', 'report.campaign', () => ({
      campaigns: [{ campaignId: 'c1', name: '春季回归周' }],
      report: reportOf([300, 2000], [10, 220]),
    }));
  });

  it('shows the report through one call and opens a number’s definition and rows', async () => {
    const page = await mountPage('hq/report/report', { campaignId: 'c1' });
    expect(askedFor('report.campaign')).toMatchObject([{ ask: { campaignId: 'c1' } }]);
    expect(textOf(page)).toContain('300/2000 = 15.0%');
    await hands(page, 'openDefinition', {}, { id: 'wake.netPaid.28' });
    expect(textOf(page)).toContain('进入活动后 28 天内净付款的会员');
    page.instance['openRows']?.();
    expect(phone.navigateTo).toHaveBeenCalledWith({
      url: '/manager/rows/rows?campaignId=c1&step=woken',
    });
  });
  it('says whether it was worth it as soon as a margin is typed, without asking again', async () => {
    const page = await mountPage('hq/report/report');
    await hands(page, 'typeMargin', { value: '40' });
    expect(textOf(page)).toContain('值得');
    expect(askedFor('report.campaign')).toHaveLength(1);
  });
  it('says why it cannot be read, and that there is nothing yet', async () => {
    refuses('boards', 'report.campaign', { code: 'network-lost-reading' });
    const page = await mountPage('hq/report/report');
    expect(textOf(page)).toContain('网络断开了');
    replies('boards', 'report.campaign', () => ({ campaigns: [], report: null }));
    await tap(page, '.load-state--state-face__button');
    expect(textOf(page)).toContain('还没有召回活动');
  });
});

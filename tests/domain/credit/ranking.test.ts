import {
  definedRate,
  definitionOf,
  rateSentence,
  allDefinitions,
} from '../../../miniprogram/domain/credit/definitions';
import { DAY_MS } from '../../../miniprogram/domain/kernel/day';
import { boardCsv, cellText } from '../../../miniprogram/domain/credit/csv';
import { rankFairly, whyThisPlace, yardstickOf } from '../../../miniprogram/domain/credit/ranking';
import type { RankedUnit } from '../../../miniprogram/domain/credit/ranking';
import { largestOf } from '../../../miniprogram/domain/credit/report/figures';
import { lowTiersOf, paretoOf, remeasured } from '../../../miniprogram/domain/credit/report/review';
import { readTest, staleSentence, useWindows } from '../../../miniprogram/domain/credit/report/scriptTest';
import { sinceThen, topicOf } from '../../../miniprogram/domain/credit/report/topic';
import { STEPS } from '../../../miniprogram/domain/credit/rollup/cell';
import type { Step, Tier } from '../../../miniprogram/domain/credit/rollup/cell';
import { sampleLacking } from '../../../miniprogram/domain/credit/statistics/enough';

const tally = (known: Partial<Record<Step, number>>) => STEPS.map((step) => known[step] ?? 0);
const unit = (id: string, tiers: [Tier, number, number][]): RankedUnit => ({
  id,
  tiers: tiers.map(([tier, assigned, woken]) => ({ tier, n: tally({ assigned, woken }) })),
  late: 0,
});
const placesOf = (units: RankedUnit[]) =>
  rankFairly(units, yardstickOf(units)).map(({ id, place }) => [id, place]);

describe('the fair leaderboard', () => {
  it('puts who woke more than her tiers let expect above who had the easier customers', () => {
    const others = Array.from({ length: 10 }, (_none, i) =>
      unit(`x${i}`, [
        ['drowsy.high', 100, 10 + 4 * i],
        ['lost.low', 100, 1 + i],
      ]),
    );
    const easy = unit('easy', [['drowsy.high', 100, 28]]);
    const hard = unit('hard', [['lost.low', 100, 20]]);
    const order = placesOf([easy, hard, ...others]).map(([id]) => id);
    expect(order.indexOf('hard')).toBeLessThan(order.indexOf('easy'));
  });
  it('lets equals share a place, skips the next, and gives none to who was given nobody', () => {
    const same = (id: string) => unit(id, [['dormant.mid', 50, 5]]);
    expect(placesOf([unit('none', []), same('b'), same('a'), unit('c', [['dormant.mid', 50, 1]])])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 3],
      ['none', null],
    ]);
  });
  it('is a board of one without a number of nothing', () => {
    const rows = rankFairly(
      [unit('a', [['dormant.mid', 1, 0]])],
      yardstickOf([unit('a', [['dormant.mid', 1, 0]])]),
    );
    expect(JSON.stringify(rows)).not.toMatch(/null,"low"|NaN/);
    expect(rows[0] && whyThisPlace(rows[0])).toContain('还没有人被唤醒');
  });
  it('says why in one sentence with its numbers, and that few members lean on the average', () => {
    const row = { n: tally({ assigned: 12, woken: 4 }), expected: 2.34, score: 1.2, low: 0.8, high: 1.7 };
    expect(whyThisPlace(row)).toBe(
      '12 位里唤醒了 4 位；按同样的分层组合，全连锁平均会唤醒 2.3 位，所以公平分 1.20（95% 区间 0.80–1.70）。人数只有 12 位，分数主要参考了全连锁平均。',
    );
    expect(whyThisPlace({ ...row, n: tally({ assigned: 20, woken: 4 }) })).not.toContain('人数只有');
    expect(whyThisPlace({ ...row, n: tally({}) })).toContain('没有名次');
  });
});

describe('definitions', () => {
  it('tell numerator, denominator and window of every number', () => {
    for (const one of allDefinitions()) {
      expect(definitionOf(one.id)).toBe(one);
      expect([one.word, one.numerator, one.denominator, one.window].every((text) => text.length > 0)).toBe(
        true,
      );
    }
  });
  it('make a sentence of a rate, also of nothing', () => {
    expect(rateSentence(definedRate('execution', 7, 20))).toBe('执行率：7/20 = 35.0%');
    expect(rateSentence(definedRate('completion', 0, 0))).toBe('完成率：还没有可以算的任务');
  });
});

describe('the minimum sample', () => {
  it.each([
    [60, 300, 5, 30, true],
    [60, 300, 5, 29, false],
    [60, 600, 12, 120, true],
    [6, 600, 1, 120, false],
  ])('%d/%d against %d/%d is enough: %p', (a, m, b, n, isEnough) => {
    expect(sampleLacking({ hits: a, of: m }, { hits: b, of: n }) === null).toBe(isEnough);
  });
  it('says how many are missing', () => {
    expect(sampleLacking({ hits: 20, of: 200 }, { hits: 5, of: 40 })).toEqual({ members: 8 });
    expect(sampleLacking({ hits: 0, of: 0 }, { hits: 0, of: 0 })).toEqual({ members: 30 });
  });
});

describe('a test of two scripts', () => {
  const share = (hits: number, of: number) => ({ hits, of });
  it.each([
    [share(1, 10), share(9, 10), 'wait'],
    [share(50, 1000), share(150, 1000), 'rollOut'],
    [share(150, 1000), share(50, 1000), 'keepUsual'],
    [share(100, 1000), share(110, 1000), 'wait'],
    [share(5000, 50_000), share(5010, 50_000), 'noDifference'],
  ])('%o against %o: %s', (usual, tried, suggestion) => {
    expect(readTest(usual, tried).suggestion).toBe(suggestion);
  });
  it('calls a script stale only when it is clearly answered less', () => {
    const use = (recent: [number, number], earlier: [number, number]) => ({
      recent: share(...recent),
      earlier: share(...earlier),
    });
    expect(staleSentence([])).toBeNull();
    expect(staleSentence([use([2, 20], [9, 20])])).toBeNull();
    expect(staleSentence([use([190, 1000], [200, 1000])])).toBeNull();
    expect(staleSentence([use([50, 1000], [200, 1000])])).toContain('50/1000 = 5.0%');
    expect(staleSentence([use([200, 1000], [50, 1000])])).toBeNull();
  });
  it('does not call a script stale because it was sent to the easy customers first', () => {
    // One in three of the easy and one in thirty of the hard ones answer, in both spans of time.
    const easy = { recent: share(30, 90), earlier: share(300, 900) };
    const hard = { recent: share(30, 900), earlier: share(3, 90) };
    expect(staleSentence([{ recent: share(60, 990), earlier: share(303, 990) }])).not.toBeNull();
    expect(staleSentence([easy, hard])).toBeNull();
  });
  it('looks only at messages that have had a week for their answer', () => {
    const now = 100 * DAY_MS;
    const { recent, earlier } = useWindows(now);
    expect([recent.until, recent.after]).toEqual([now - 7 * DAY_MS, now - 35 * DAY_MS]);
    expect([earlier.until, earlier.after]).toEqual([recent.after, now - 63 * DAY_MS]);
  });
});

describe('a breakdown', () => {
  const row = (key: string, assigned: number) => ({ key, n: tally({ assigned, woken: 1 }) });
  it('shows the largest and puts a tail of small ones together', () => {
    const { rows, others } = largestOf([row('a', 3), row('b', 9), row('c', 2), row('d', 4)], 2);
    expect(rows).toEqual([row('b', 9), row('d', 4), { key: '…', n: tally({ assigned: 5, woken: 2 }) }]);
    expect(others).toBe(2);
  });
  it('names a single small one rather than calling it the rest', () => {
    expect(largestOf([row('a', 3), row('b', 9), row('d', 4)], 2).rows.map(({ key }) => key)).toEqual([
      'b',
      'd',
      'a',
    ]);
    expect(largestOf([], 2)).toEqual({ rows: [], others: 0 });
  });
});

describe('a review', () => {
  it('calls the fewest reasons that make up four fifths vital', () => {
    const bars = paretoOf([
      { key: 'price', n: 50 },
      { key: 'moved', n: 30 },
      { key: 'other', n: 20 },
    ]);
    expect(bars.map(({ isVital }) => isVital)).toEqual([true, true, false]);
  });
  it('flags a tier only with thirty members and clearly below the chain, and names the step that loses most', () => {
    const chain = [
      { tier: 'dormant.mid' as const, n: tally({ assigned: 1000, contacted: 800, opened: 400, woken: 200 }) },
    ];
    const low = (known: Partial<Record<Step, number>>) =>
      lowTiersOf([{ tier: 'dormant.mid', n: tally(known) }], chain);
    expect(low({ assigned: 29 })).toEqual([]);
    expect(low({ assigned: 60, contacted: 48, opened: 24, woken: 10 })).toEqual([]);
    expect(low({ assigned: 60, contacted: 6, opened: 3, woken: 1 })[0]?.suggestion).toContain('先补联系');
  });
  it('measures only what came since', () => {
    expect(sinceThen('tier:dormant.mid', { hits: 4, of: 40 }, { hits: 10, of: 40 })).toEqual({
      hits: 6,
      of: 36,
    });
    expect(remeasured({ hits: 4, of: 40 }, { hits: 20, of: 40 })).toContain('明显上升');
    expect(remeasured({ hits: 4, of: 40 }, { hits: 0, of: 0 })).toContain('还没有新的数');
  });
  it('reads topics from outside and no others', () => {
    expect(topicOf('reason:price')).toBe('reason:price');
    expect(topicOf('tier:dormant.high')).toBe('tier:dormant.high');
    for (const wrong of ['reason:luck', 'tier:dormant', 'tier:dormant.high.x', 'x', ''])
      expect(topicOf(wrong)).toBeNull();
  });
});

it('exports no name as a formula', () => {
  expect([cellText('=1+1'), cellText('a,"b"'), cellText(-3)]).toEqual(["'=1+1", '"a,""b"""', '-3']);
  expect(boardCsv([]).startsWith('\uFEFF名次,')).toBe(true);
});

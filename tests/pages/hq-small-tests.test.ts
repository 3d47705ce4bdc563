import { rangeWords, readingShown, rivalsOf, testCards } from '../../miniprogram/hq/scripts/small-tests/view';
import { saidWords, usageOf } from '../../miniprogram/hq/scripts/view';
import { readTest } from '../../miniprogram/domain/credit/report/scriptTest';
import type { ScriptShown } from '../../miniprogram/contract/scripts';
import type { TestShown } from '../../miniprogram/contract/scriptTests';
import { addDays, startOf } from '../../miniprogram/domain/kernel/day';
import { askedFor, hands, mountPage, phone, refuses, replies, settled, startOver, textOf } from './mount';
import { SESSION } from './hq-samples';
import { TODAY } from './samples';

const aScript = (scriptId: string, known: Partial<ScriptShown> = {}): ScriptShown => ({
  scriptId,
  version: 1,
  owner: { kind: 'hq' },
  tone: 'care',
  occasion: 'survey',
  purpose: 'care',
  lifecycles: ['dormant'],
  values: ['high', 'mid', 'low'],
  scenario: `问问原因 ${scriptId}`,
  notFor: '刚问过别再问',
  text: '{称呼}，我是{导购}，您都好吧？',
  active: true,
  savedAt: null,
  used: { copied: 0, edited: 0, answered: 0 },
  feedback: { good: 0, bad: 0, words: [] },
  ...known,
});
const variant = (scriptId: string, sent: number) => ({
  scriptId,
  scenario: '',
  text: `说法${scriptId}`,
  sent,
  claimed: 3,
  woken: 1,
});
const aTest = (known: Partial<TestShown> = {}): TestShown => ({
  testId: 'survey:care:1',
  version: 1,
  occasion: 'survey',
  tone: 'care',
  variants: [variant('a', 1280), variant('b', 320)],
  share: 0.2,
  startedAt: startOf(TODAY, 10),
  startedBy: '王总',
  endedAt: null,
  chosen: null,
  ...known,
});

/** What the board answers, of so many woken of so many. */
const read = ([uHits, uOf]: [number, number], [tHits, tOf]: [number, number], stale: string[] = []) => ({
  reading: readTest({ hits: uHits, of: uOf }, { hits: tHits, of: tOf }),
  definition: 'wake.netPaid.28' as const,
  stale: stale.map((scriptId) => ({ scriptId, sentence: '近 28 天有回应 2/100 = 2.0%：换一条吧。' })),
});

jest.setTimeout(30_000);
beforeEach(startOver);

describe('a small test as headquarters sees it', () => {
  it('shows how many were sent which and what came after it, and names no winner', () => {
    const [card] = testCards([aTest()], TODAY);
    expect(card?.told).toBe('3月5日王总开始，20%的顾客试新说法；同一位顾客总是同一种');
    expect(card?.variants.map(({ word, counts }) => `${word}：${counts}`)).toEqual([
      '原来的：发给 1,280 位 · 之后领取 3 位 · 回来消费 1 位',
      '新说法：发给 320 位 · 之后领取 3 位 · 回来消费 1 位',
    ]);
  });

  it('stays in sight for thirty days after its end, with what was decided', () => {
    const ended = (days: number) =>
      testCards([aTest({ endedAt: startOf(addDays(TODAY, -days), 12), chosen: 'b' })], TODAY);
    expect(ended(30)[0]).toMatchObject({ isRunning: false });
    expect(ended(30)[0]?.variants[1]?.isChosen).toBe(true);
    expect(ended(31)).toEqual([]);
  });

  it('is offered only against scripts it can be compared with', () => {
    const others = [
      aScript('b'),
      aScript('off', { active: false }),
      aScript('tone', { tone: 'thanks' }),
      aScript('branch', { owner: { kind: 'branch', branchId: 'B1', branchName: '东湖店' } }),
    ];
    expect(rivalsOf(aScript('a'), [aScript('a'), ...others]).map(({ scriptId }) => scriptId)).toEqual(['b']);
  });

  it('begins with two choices, is shown at once, and ends with one', async () => {
    replies('members', 'session.open', () => SESSION);
    const scripts = [aScript('a'), aScript('b')];
    replies('outreach', 'script.list', () => ({ scripts, today: TODAY, tests: [] }));
    replies('outreach', 'test.start', () => aTest());
    replies('boards', 'tests.read', () => read([12, 480], [40, 500]));
    const page = await mountPage('hq/scripts/scripts');
    phone.showActionSheet.mockResolvedValueOnce({ tapIndex: 0 }).mockResolvedValueOnce({ tapIndex: 1 });
    await hands(page, 'tryOut', {}, { id: 'b' });
    expect(askedFor('test.start')[0]?.ask).toEqual({ usualId: 'a', triedId: 'b', share: 0.2 });
    expect(textOf(page)).toContain('小测试中');
    await settled(20);
    expect(askedFor('tests.read').map(({ ask }) => ask)).toEqual([
      { usual: 'a', tried: 'b', sinceOn: TODAY },
    ]);
    expect(textOf(page)).toContain('新说法更好，可以推广');
    expect(textOf(page)).toContain('新说法回来消费40/500 = 8.0%');
    await hands(page, 'onTestEnded', aTest({ endedAt: startOf(TODAY, 11), chosen: 'b' }));
    expect(textOf(page)).not.toContain('小测试中');
    expect(askedFor('script.list')).toHaveLength(2);
  });
});

describe('what a small test says today', () => {
  const pair = { usual: 'a', tried: 'b' };
  const shown = (usual: [number, number], tried: [number, number]) => readingShown(pair, read(usual, tried));

  it('has both rates in full, and names a winner only when the interval leaves zero', () => {
    expect(shown([12, 480], [40, 500])).toMatchObject({
      rates: [
        { word: '原来的', text: '12/480 = 2.5%' },
        { word: '新说法', text: '40/500 = 8.0%' },
      ],
      verdict: '新说法更好，可以推广',
      tone: 'good',
      suggested: 'b',
    });
    expect(shown([40, 500], [12, 480])).toMatchObject({ suggested: 'a', tone: 'bad' });
    const open = shown([20, 480], [24, 500]);
    expect(open).toMatchObject({ verdict: '还看不出差别', suggested: '' });
    expect(open.range).toMatch(/^新说法比原来的少 .+ 到多 .+ 个百分点，都有可能/);
  });

  it('gives no interval while there are too few', () => {
    expect(shown([1, 12], [2, 15])).toMatchObject({
      verdict: '人数还太少，还看不出差别',
      range: '',
      suggested: '',
    });
    expect(shown([0, 0], [0, 0]).rates[0]?.text).toBe('还没有发过');
  });

  it('says an interval on one side of zero as one range', () => {
    expect(rangeWords({ value: 0.055, low: 0.02, high: 0.09 })).toContain('多 2.0 到 9.0 个百分点');
    expect(rangeWords({ value: -0.055, low: -0.09, high: -0.02 })).toContain('少 2.0 到 9.0 个百分点');
  });

  it('flags a script that has worn out, and is read again where it could not be', async () => {
    replies('members', 'session.open', () => SESSION);
    replies('outreach', 'script.list', () => ({ scripts: [aScript('a')], today: TODAY, tests: [aTest()] }));
    refuses('boards', 'tests.read', { code: 'server-error' });
    const page = await mountPage('hq/scripts/scripts');
    await settled(20);
    expect(textOf(page)).toContain('重新读取');
    replies('boards', 'tests.read', () => read([12, 480], [14, 500], ['a']));
    const again = await mountPage('hq/scripts/scripts');
    await settled(20);
    expect(textOf(again)).toContain('该换了 近 28 天有回应 2/100');
    expect(textOf(again)).toContain('还看不出差别');
  });
});

describe('what is said about a script', () => {
  it('has the clerks’ words beside their judgements, and its own word on when to leave it first', () => {
    expect(saidWords({ good: 2, bad: 1, words: ['太长了'] })).toBe('好用 2 · 不好用 1（太长了）');
    expect(saidWords({ good: 0, bad: 0, words: [] })).toBe('');
    expect(
      usageOf({ scenario: '有新品时用；没有就别发', notFor: '没看过货别发', text: '{称呼}' }).not,
    ).toEqual(['没看过货别发', '没有就别发']);
  });
});

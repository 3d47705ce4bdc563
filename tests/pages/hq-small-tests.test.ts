import { rivalsOf, testCards } from '../../miniprogram/hq/scripts/small-tests/view';
import { saidWords, usageOf } from '../../miniprogram/hq/scripts/view';
import type { ScriptShown } from '../../miniprogram/contract/scripts';
import type { TestShown } from '../../miniprogram/contract/scriptTests';
import { addDays, startOf } from '../../miniprogram/domain/kernel/day';
import { askedFor, hands, mountPage, phone, replies, startOver, textOf } from './mount';
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
    const page = await mountPage('hq/scripts/scripts');
    phone.showActionSheet.mockResolvedValueOnce({ tapIndex: 0 }).mockResolvedValueOnce({ tapIndex: 1 });
    await hands(page, 'tryOut', {}, { id: 'b' });
    expect(askedFor('test.start')[0]?.ask).toEqual({ usualId: 'a', triedId: 'b', share: 0.2 });
    expect(textOf(page)).toContain('小测试中');
    await hands(page, 'onTestEnded', aTest({ endedAt: startOf(TODAY, 11), chosen: 'b' }));
    expect(textOf(page)).not.toContain('小测试中');
    expect(askedFor('script.list')).toHaveLength(2);
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

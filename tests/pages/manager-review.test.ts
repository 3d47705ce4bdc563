import type { Review } from '../../miniprogram/contract/boards';
import { paretoOf } from '../../miniprogram/domain/credit/report/review';
import { addDays } from '../../miniprogram/domain/kernel/day';
import { reviewPageShown } from '../../miniprogram/manager/review/view';
import { TODAY } from './hq-samples';
import { askedFor, hands, mountPage, replies, settled, startOver, textOf } from './mount';

const REVIEW: Review = {
  today: TODAY,
  branchId: 'B1',
  branchName: '徐汇店',
  campaign: { campaignId: 'c1', name: '春季回归周' },
  campaigns: [{ campaignId: 'c1', name: '春季回归周' }],
  reasons: paretoOf([
    { key: 'moved', n: 2 },
    { key: 'price', n: 9 },
    { key: 'other', n: 1 },
  ]),
  outcomes: [],
  lowTiers: [
    {
      tier: 'dormant.high',
      woken: 1,
      assigned: 60,
      chainRate: 0.12,
      suggestion: '先换话术：联系了但没人打开。',
    },
  ],
  reviews: [],
  staff: [{ staffId: 'k1', name: '李静' }],
  week: {
    words: '3月3日至今',
    lines: [
      { word: '已联系', now: 12, before: 7 },
      { word: '已唤醒', now: 2, before: 3 },
    ],
    days: Array.from({ length: 14 }, (_none, i) => ({ on: addDays(TODAY, i - 13), woken: i === 13 ? 2 : 0 })),
  },
  countedAt: null,
};

describe('the review', () => {
  const shown = reviewPageShown(REVIEW);
  it('puts the few reasons that make up most first, and proposes what to do', () => {
    expect(shown.pareto.map(({ label, text }) => [label, text])).toEqual([
      ['价格', '9/12 · 累计 75%'],
      ['搬走了', '2/12 · 累计 92%'],
      ['其他', '1/12 · 累计 100%'],
    ]);
    expect(shown.topics.map(({ topic }) => topic)).toEqual([
      'reason:price',
      'reason:moved',
      'tier:dormant.high',
    ]);
    expect(shown.topics[2]?.fact).toBe('1/60 位唤醒，全连锁 12.0%');
  });
  it('sums the week up against the last', () => {
    expect(shown.weekSentence).toBe('这周联系了 12 位，回来了 2 位。');
    expect(shown.weekLines.map(({ change }) => change)).toEqual(['比上周多 5', '比上周少 1']);
  });
  it('asks for more answers before it concludes anything', () => {
    const few = reviewPageShown({ ...REVIEW, reasons: paretoOf([{ key: 'price', n: 2 }]) });
    expect(few.paretoSentence).toContain('只登记了 2 个原因');
    expect(reviewPageShown({ ...REVIEW, reasons: [] }).paretoSentence).toContain('还没有登记过');
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
    replies('boards', 'review.open', () => REVIEW);
  });
  it('agrees on something with an owner and a day, and keeps the key of the act when tapped twice', async () => {
    const page = await mountPage('manager/review/review');
    expect(textOf(page)).toContain('价格、搬走了占了大头');
    replies('boards', 'review.save', () => {
      throw Object.assign(new Error('lost'), { errMsg: 'cloud.callFunction:fail timeout' });
    });
    await hands(page, 'openTopic', {}, { topic: 'reason:price' });
    page.instance['agree']?.();
    await settled();
    page.instance['agree']?.();
    await settled();
    const calls = askedFor('review.save');
    expect(calls).toHaveLength(2);
    expect(calls[0]?.requestKey).toBe(calls[1]?.requestKey);
    expect(calls[0]?.ask).toMatchObject({ topic: 'reason:price', ownerId: 'k1', dueOn: addDays(TODAY, 7) });
  });
});

import { mineView, sentWords, trainedView } from '../../miniprogram/clerk/mine/view';
import type { ClerkMine, TrainedScript } from '../../miniprogram/contract/clerkDay';
import { addDays } from '../../miniprogram/domain/kernel/day';
import { askedFor, hands, mountPage, phone, refuses, replies, startOver, tap, textOf } from './mount';
import { TODAY } from './samples';

const aTrained = (over: Partial<TrainedScript> = {}): TrainedScript => ({
  scriptId: 's1',
  tone: 'care',
  occasion: 'survey',
  scenario: '问问不来的原因，记到跟进里',
  notFor: '她已经说过原因，再问就是没记住',
  text: '{称呼}，好久没见您了，都好吧？',
  mine: { sent: 8, edited: 2 },
  branch: { sent: 40, answered: 9 },
  best: { text: '{称呼}，天冷了，您都好吧？', outcome: 'woken' },
  said: null,
  ...over,
});
const aMine = (over: Partial<ClerkMine> = {}): ClerkMine => ({
  today: TODAY,
  clerkName: '李敏',
  branchName: '静安寺店',
  wakes: { days: 90, assigned: 120, contacted: 80, woken: 9, wokenFen: 256_800 },
  week: {
    since: addDays(TODAY, -1),
    touches: 11,
    byDay: [
      { on: addDays(TODAY, -1), touches: 7 },
      { on: TODAY, touches: 4 },
    ],
    byChannel: [{ channel: 'copy', touches: 11 }],
  },
  words: { days: 90, sent: 8, edited: 2 },
  scripts: [aTrained(), aTrained({ scriptId: 's2', mine: { sent: 0, edited: 0 }, best: null })],
  ...over,
});

jest.setTimeout(30_000);
beforeEach(startOver);

describe('her figures', () => {
  it('stand with what they are a part of, and since when', () => {
    const shown = mineView(aMine());
    expect(shown.wakesTold).toBe('近 90 天到期的 120 位里，你说联系过 80 位，回来消费的有 9 位。');
    expect(shown.spent).toContain('¥2,568');
    expect(shown.weekTold).toBe('3月4日（周一）起，按你的登记一共联系 11 次');
    expect(shown.wordsTold).toContain('用话术发了 8 次，其中自己改过 2 次（25%）');
    expect(shown.bars.map(({ word, count, height }) => [word, count, height])).toEqual([
      ['周一', '7', 100],
      ['今天', '4', 57],
      ['周三', '', 0],
      ['周四', '', 0],
      ['周五', '', 0],
      ['周六', '', 0],
      ['周日', '', 0],
    ]);
  });

  it('say so when there is nothing yet', () => {
    const wakes = { days: 90, assigned: 0, contacted: 0, woken: 0, wokenFen: 0 };
    const shown = mineView(aMine({ wakes, words: { days: 90, sent: 0, edited: 0 }, scripts: [] }));
    expect(shown.wakesTold).toBe('近 90 天没有分给你的召回任务。');
    expect(shown.spent).toBe('');
    expect(shown.wordsTold).toBe('近 90 天还没用过话术。');
    expect(sentWords({ sent: 0, edited: 0 })).toBe('我还没用过');
  });
});

describe('training with a script', () => {
  it('says what it is for, when not to use it, and the words that worked best', () => {
    const shown = trainedView(aTrained());
    expect(shown).toMatchObject({
      use: '问问不来的原因，记到跟进里',
      notFor: '她已经说过原因，再问就是没记住',
      branch: '本店 90 天内发过 40 次，两天内有回应 9 次',
      bestNote: '顾客两天内回来消费了',
    });
    expect(shown.pieces[0]).toEqual({ n: 1, text: '称呼', filled: true });
  });

  it('names no best words below the least numbers', () => {
    const shown = trainedView(aTrained({ best: null, branch: null }));
    expect(shown.best).toEqual([]);
    expect(shown.bestNote).toContain('还没有足够的数据');
    expect(shown.branch).toContain('还没有统计过');
  });
});

describe('the page', () => {
  it('shows everything from one call, her own scripts before the others', async () => {
    replies('outreach', 'clerk.mine', () => aMine());
    const page = await mountPage('clerk/mine/mine');
    expect(askedFor('clerk.mine')).toHaveLength(1);
    expect(textOf(page)).toMatch(/我发过 8 次.*还没用过的.*我还没用过/);
    await tap(page, '.main--train__head');
    expect(textOf(page)).toContain('她已经说过原因');
  });

  it('takes her word on a script, with the reason in one tap, and shows it', async () => {
    replies('outreach', 'clerk.mine', () => aMine());
    replies('outreach', 'script.feedback', () => ({ good: 0, bad: 1 }));
    const page = await mountPage('clerk/mine/mine');
    phone.showActionSheet.mockResolvedValueOnce({ tapIndex: 0 });
    await hands(page, 'onJudge', {}, { id: 's1', good: false });
    expect(askedFor('script.feedback')[0]?.ask).toEqual({ scriptId: 's1', good: false, word: '太长了' });
    expect(textOf(page)).toContain('我觉得不好用：太长了');
    phone.showActionSheet.mockRejectedValueOnce(new Error('cancel'));
    await hands(page, 'onJudge', {}, { id: 's1', good: false });
    expect(askedFor('script.feedback')).toHaveLength(1);
  });

  it('can be tried again when it was not answered', async () => {
    refuses('outreach', 'clerk.mine', { code: 'network-lost-reading' });
    const page = await mountPage('clerk/mine/mine');
    expect(page.data['state']).toBe('error');
    replies('outreach', 'clerk.mine', () => aMine());
    await page.instance['onRetry']?.();
    await hands(page, 'onOpen', {}, { id: 's1' });
    expect(page.data['state']).toBe('ready');
  });
});

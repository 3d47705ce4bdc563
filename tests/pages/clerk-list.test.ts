import { emptyView } from '../../miniprogram/clerk/list/empty';
import { firstPage, nextPage, refreshed, withCard } from '../../miniprogram/clerk/list/held';
import { cardView, headView, searched, tabsView } from '../../miniprogram/clerk/list/view';
import { nearDay, weekday } from '../../miniprogram/clerk/parts/days';
import { addDays, day } from '../../miniprogram/domain/kernel/day';
import type { TaskCard } from '../../miniprogram/contract/outreach';
import {
  asked,
  askedFor,
  connected,
  hands,
  loses,
  mountPage,
  phone,
  refuses,
  replies,
  settled,
  startOver,
  tap,
  textOf,
} from './mount';
import { aCard, aList, NOW, TODAY } from './samples';

const HOUR = 3_600_000;
const tomorrow = addDays(TODAY, 1);

describe('the head of the list', () => {
  it('greets by the hour in Shanghai', () => {
    expect(headView(aList(), NOW).greeting).toBe('早上好，李敏');
    expect(headView(aList(), NOW + HOUR - 1).greeting).toBe('早上好，李敏');
    expect(headView(aList(), NOW + HOUR).greeting).toBe('中午好，李敏');
    expect(headView(aList(), NOW + 9 * HOUR).greeting).toBe('晚上好，李敏');
  });

  it('fills the ring by what was contacted, and leaves it empty when nothing is due', () => {
    expect(headView(aList(), NOW)).toMatchObject({ percent: 35, place: '静安寺店 · 3月5日 周二' });
    const idle = headView(aList({ progress: { contacted: 0, due: 0 } }), NOW);
    expect(idle).toMatchObject({ percent: 0, ringSpoken: '今天没有要联系的顾客' });
  });

  it('shows a count up to 999 and says that there are more beyond', () => {
    const counts = (n: number) => tabsView({ today: n, upcoming: 0, overdue: 0, done: 0 })[0]?.count;
    expect(counts(999)).toBe('999');
    expect(counts(1000)).toBe('999+');
  });
});

describe('a card', () => {
  it('shows both clocks, and says so when one has never run', () => {
    const shown = cardView(aCard({ daysSinceTouched: null }), aList());
    expect(shown.paid).toEqual({ label: '距上次消费', days: '214' });
    expect(shown.touched).toEqual({ label: '还没联系过', days: '' });
  });

  it('names the day it is due only where that is not the tab itself', () => {
    const card = aCard({ dueOn: tomorrow });
    expect(cardView(card, aList({ tab: 'upcoming' })).due).toBe('明天到期');
    expect(cardView(card, aList({ tab: 'today' })).due).toBe('');
  });

  it('cannot be put off once it is woken', () => {
    expect(cardView(aCard({ status: 'contacted' }), aList()).running).toBe(true);
    expect(cardView(aCard({ status: 'woken' }), aList()).running).toBe(false);
  });
});

describe('searching the loaded cards', () => {
  const cards = [aCard(), aCard({ taskId: 'c1:m2', name: '赵磊', phoneTail: '0091', lifecycle: 'lost' })];
  const names = (typed: string): string[] => searched(cards, typed).map((card) => card.name);

  it('finds by name, by tail as it is written on the card, and by tier', () => {
    expect(names('王')).toEqual(['王芳']);
    expect(names('尾号0091')).toEqual(['赵磊']);
    expect(names('流失')).toEqual(['赵磊']);
    expect(names(' ')).toEqual(['王芳', '赵磊']);
    expect(names('没有的人')).toEqual([]);
  });
});

describe('days in words', () => {
  it('says 今天 and 明天, leaves this year out and names another one', () => {
    expect(nearDay(TODAY, TODAY)).toBe('今天');
    expect(nearDay(tomorrow, TODAY)).toBe('明天');
    expect(nearDay(day('2024-12-31'), TODAY)).toBe('12月31日');
    expect(nearDay(day('2023-12-31'), TODAY)).toBe('2023年12月31日');
    expect(weekday(day('2024-02-29'))).toBe('周四');
  });
});

describe('what the list holds', () => {
  const other = aCard({ taskId: 'c1:m2', name: '赵磊' });

  it('moves a snoozed card to the tab where it now belongs, and counts with it', () => {
    const held = withCard(firstPage(aList({ cards: [aCard(), other] })), aCard({ dueOn: tomorrow }));
    expect(held.cards.map((card) => card.name)).toEqual(['赵磊']);
    expect(held.list.counts).toEqual({ today: 12, upcoming: 43, overdue: 2, done: 5 });
  });

  it('renews a card that stays, in its place', () => {
    const held = withCard(firstPage(aList({ cards: [aCard(), other] })), aCard({ status: 'contacted' }));
    expect(held.cards.map((card) => card.status)).toEqual(['contacted', 'open']);
    expect(held.list.counts.today).toBe(13);
  });

  it('shows a card once that moved between two pages', () => {
    const held = nextPage(
      firstPage(aList({ cards: [aCard(), other], next: 'k' })),
      aList({ cards: [aCard()] }),
    );
    expect(held.cards.map((card) => card.name)).toEqual(['赵磊', '王芳']);
  });

  it('keeps the clerk’s place when it is refreshed with several pages loaded', () => {
    const two = nextPage(firstPage(aList({ next: 'k' })), aList({ cards: [other], next: 'k2' }));
    const held = refreshed(two, aList({ cards: [], progress: { contacted: 8, due: 20 }, next: 'k' }));
    expect(held.cards).toHaveLength(2);
    expect(held.list).toMatchObject({ progress: { contacted: 8 }, next: 'k2' });
    expect(refreshed(firstPage(aList()), aList({ cards: [] })).cards).toEqual([]);
  });

  it('knows a next step when a tab is empty: what is late before what is to come', () => {
    expect(emptyView('today', false, aList())).toMatchObject({ action: '看看逾期', to: 'overdue' });
    expect(emptyView('overdue', false, aList())).toMatchObject({ action: '看看今日', to: 'today' });
    expect(emptyView('today', true, aList())).toMatchObject({ action: '清空搜索', to: null });
    const counts = { today: 0, upcoming: 0, overdue: 0, done: 56 };
    expect(emptyView('today', false, aList({ counts })).action).toBe('');
  });

  it('praises only a day on which everybody was contacted', () => {
    const after = (contacted: number, due: number) =>
      emptyView('today', false, aList({ progress: { contacted, due } })).sentence;
    expect(after(20, 20)).toBe('今天的顾客都联系过了，辛苦了。');
    expect(after(0, 0)).toBe('今天没有要联系的顾客了。');
  });

  it('says of a task that ended without her that it ended', () => {
    expect(cardView(aCard({ status: 'closed', stage: 'claimed' }), aList({ tab: 'done' })).stage).toBe(
      '已领券 · 已结束',
    );
    expect(cardView(aCard({ status: 'woken', stage: 'woken' }), aList({ tab: 'done' })).stage).toBe('已唤醒');
  });
});

describe('the list page', () => {
  beforeEach(startOver);
  const open = async (cards: TaskCard[] = [aCard()]) => {
    replies('outreach', 'task.list', ({ tab }) => aList({ tab, cards }));
    return mountPage('clerk/list/list');
  };

  it('shows today with one call', async () => {
    const page = await open();
    expect(asked).toEqual([
      { name: 'outreach', action: 'task.list', ask: { tab: 'today' }, requestKey: undefined },
    ]);
    expect(textOf(page)).toContain('王芳· 尾号1234');
    expect(textOf(page)).toContain('买过12次、上次在8月，已经214天没来了');
  });

  it('leads to the first customer who still waits, passing those contacted and those who came', async () => {
    const page = await open([
      aCard({ status: 'contacted' }),
      aCard({ taskId: 'c1:m3', stage: 'redeemed' }),
      aCard({ taskId: 'c1:m2' }),
    ]);
    await tap(page, '.main--btn--primary');
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/clerk/customer/customer?taskId=c1%3Am2' });
  });

  it('keeps a snooze that was lost, shows it as waiting, and sends it with its own key', async () => {
    const page = await open();
    loses('outreach', 'task.snooze');
    await hands(page, 'onSwipe', { sheet: 'snooze' }, { id: 'c1:m1' });
    await hands(page, 'onSnoozeDay', { on: tomorrow });
    expect(page.data).toMatchObject({ refusal: '', sheet: '' });
    expect(textOf(page)).toContain('待同步');
    replies('outreach', 'task.snooze', () => ({ card: aCard({ dueOn: tomorrow }) }));
    replies('outreach', 'task.list', ({ tab }) => aList({ tab, cards: [] }));
    await connected(true);
    const [first, second] = askedFor('task.snooze');
    expect(first?.ask).toEqual({ taskId: 'c1:m1', untilOn: tomorrow });
    expect(first?.requestKey).toMatch(/\w+-[0-9a-f]{8}/);
    expect(second?.requestKey).toBe(first?.requestKey);
    expect(page.data['cards']).toEqual([]);
  });

  it('fetches the next page by its key, and shows the end', async () => {
    replies('outreach', 'task.list', ({ after }) =>
      after ? aList({ cards: [aCard({ taskId: 'c1:m2', name: '赵磊' })] }) : aList({ next: 'k1' }),
    );
    const page = await mountPage('clerk/list/list');
    expect(textOf(page)).not.toContain('就这些了');
    await page.instance['onReachBottom']?.();
    await settled();
    expect(askedFor('task.list')[1]?.ask).toEqual({ tab: 'today', after: 'k1' });
    expect(textOf(page)).toContain('赵磊');
    expect(textOf(page)).toContain('就这些了');
  });

  it('says why it cannot be read, and tries again', async () => {
    refuses('outreach', 'task.list', { code: 'not-staff' });
    const page = await mountPage('clerk/list/list');
    expect(textOf(page)).toContain('您还不是本店员工，请联系店长把您登记进来。');
    replies('outreach', 'task.list', () => aList());
    await tap(page, '.load-state--state-face__button');
    expect(textOf(page)).toContain('王芳');
  });
});

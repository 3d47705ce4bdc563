import { deskView } from '../../miniprogram/clerk/parts/script-desk/view';
import { radarView } from '../../miniprogram/clerk/parts/radar-card/view';
import { dayGoal, noteContact, noteDay, takeContactBack } from '../../miniprogram/clerk/theDay';
import type { TaskCard } from '../../miniprogram/contract/outreach';
import {
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
import type { Mounted } from './mount';
import { aCard, aList, aRadar, aScript, aTask, TODAY } from './samples';

// The first page of a file takes its time on a busy machine.
jest.setTimeout(30_000);
beforeEach(() => {
  startOver();
  replies('outreach', 'task.open', () => aTask());
});
const open = (): Promise<Mounted> => mountPage('clerk/customer/customer', { taskId: 'c1:m1' });
const other: TaskCard = aCard({ taskId: 'c1:m2', memberId: 'm2', name: '赵磊' });
const otherTask = () =>
  aTask({ card: other, place: `40_${TODAY}_c1:m2`, scripts: [aScript({ scriptId: 's9' })] });
const goes = (opened = otherTask()) =>
  replies('outreach', 'task.next', () => ({ opened, progress: { contacted: 8, due: 20 }, waiting: 12 }));
const stateSent = async (page: Mounted, card: TaskCard) => {
  const sent = { card: { ...card, status: 'contacted' as const }, nextAllowedAt: null, undoUntil: 0 };
  replies('outreach', 'task.open', otherTask);
  replies('outreach', 'script.copy', ({ draft }) => ({ text: draft ?? '您好', marks: [], heldUntil: 0 }));
  replies('outreach', 'touch.record', () => sent);
  await hands(page, 'onCopy', {});
  await hands(page, 'onSent', {});
};

describe('the next customer', () => {
  it('comes in one call, in place of this one, with nothing of hers left over', async () => {
    const page = await open();
    await hands(page, 'onChoose', {}, { id: 's2' });
    goes();
    await tap(page, '.main--skip');
    expect(askedFor('task.next').map(({ ask }) => ask)).toEqual([{ after: `84_${TODAY}_c1:m1` }]);
    expect(askedFor('task.open')).toHaveLength(1);
    expect(textOf(page)).toContain('赵磊');
    expect(page.data).toMatchObject({ chosen: 's9', memberId: 'm2', stated: false, sheet: '' });
    expect(phone.navigateTo).not.toHaveBeenCalled();
    expect(phone.pageScrollTo).toHaveBeenCalled();
  });

  it('is the main thing once she has said that she sent it, beside the day’s ring', async () => {
    const page = await open();
    goes();
    await hands(page, 'onNext', {});
    expect(page.dom.querySelector('.main--bar__next')).toBeNull();
    await stateSent(page, other);
    await hands(page, 'onCloseSheet', {});
    expect(textOf(page)).toContain('今天 9/20');
    goes(aTask());
    await tap(page, '.main--bar__next');
    expect(textOf(page)).toContain('王芳');
    // What she has just said can still be taken back, though another customer stands there.
    replies('outreach', 'touch.undo', () => ({ card: other }));
    expect(textOf(page)).toContain('赵磊 已记为联系过');
    await hands(page, 'onUndo', {});
    expect(askedFor('touch.undo')[0]?.ask).toMatchObject({ taskId: 'c1:m2' });
    expect(textOf(page)).toContain('王芳');
  });

  it('says that the day is done when nobody is left', async () => {
    const page = await open();
    replies('outreach', 'task.next', () => ({
      opened: null,
      progress: { contacted: 20, due: 20 },
      waiting: 0,
    }));
    await hands(page, 'onNext', {});
    expect(textOf(page)).toContain('今天的顾客都联系过了');
    expect(textOf(page)).toContain('20/20');
    expect(page.dom.querySelector('.main--bar')).toBeNull();
    await hands(page, 'onBack', {});
    expect(phone.navigateBack).toHaveBeenCalled();
  });

  it('stays where she is when the way on is not found', async () => {
    const page = await open();
    refuses('outreach', 'task.next', { code: 'network-lost-reading' });
    await hands(page, 'onNext', {});
    expect(textOf(page)).toContain('王芳');
    expect(page.data['busy']).toBe(false);
  });
});

describe('the day’s goal on the phone', () => {
  it('counts whom she reaches once, and gives it back when she takes it back', () => {
    noteDay({ contacted: 19, due: 20 });
    noteContact('a');
    noteContact('a');
    expect(dayGoal()).toEqual({ contacted: 20, due: 20 });
    takeContactBack('a');
    takeContactBack('a');
    expect(dayGoal()).toEqual({ contacted: 19, due: 20 });
  });
});

describe('why she stands there', () => {
  it('says what would change it, and lets the clerk change it with a reason', async () => {
    const page = await open();
    await tap(page, '.main--here__head');
    expect(textOf(page)).toContain('她领了礼包，会往前很多');
    const pinned = aCard({ pin: { way: 'up', why: '她今天有空', byName: '李敏', at: 1 } });
    replies('outreach', 'task.pin', () => ({ card: pinned }));
    await hands(page, 'onPin', {});
    await hands(page, 'onPinned', { way: 'up', reason: 'freeToday', note: '' });
    expect(askedFor('task.pin')[0]?.ask).toEqual({
      taskId: 'c1:m1',
      way: 'up',
      reason: 'freeToday',
      note: '',
    });
    expect(textOf(page)).toContain('往前排 · 她今天有空');
    expect(page.data['sheet']).toBe('');
  });

  it('is kept on the phone without a network, shown at once, and sent when it is back', async () => {
    const page = await open();
    loses('outreach', 'task.pin');
    await hands(page, 'onPin', {});
    await hands(page, 'onPinned', { way: 'down', reason: 'badDay', note: '' });
    expect(textOf(page)).toMatch(/待同步.*往后放 · 她今天不方便/);
    replies('outreach', 'task.pin', () => ({ card: aCard() }));
    await connected(true);
    await settled();
    const [lost, again] = askedFor('task.pin');
    expect(again).toEqual(lost);
    expect(textOf(page)).not.toContain('待同步');
  });

  it('is told on the list as well, from the card alone', async () => {
    replies('outreach', 'task.list', () => aList({ cards: [aCard({ stage: 'claimed', live: true })] }));
    const page = await mountPage('clerk/list/list');
    await tap(page, '.main--task__whybutton');
    expect(textOf(page)).toContain('什么会改变位置');
    expect(textOf(page)).not.toContain('她领了礼包');
    await tap(page, '.main--reasons__act');
    expect(page.data['sheet']).toBe('pin');
    expect(askedFor('task.list')).toHaveLength(1);
  });
});

describe('an opt-out without a network', () => {
  it('waits on the phone and is sent later under the same key', async () => {
    const page = await open();
    loses('outreach', 'optOut.record');
    phone.showActionSheet.mockResolvedValueOnce({ tapIndex: 1 });
    await hands(page, 'onOptOut', {});
    expect(page.data['waits']).toBe(true);
    replies('outreach', 'optOut.record', () => ({ scope: 'all' as const }));
    await connected(true);
    await settled();
    const [lost, again] = askedFor('optOut.record');
    expect(again).toEqual(lost);
    expect(page.data['waits']).toBe(false);
  });
});

describe('words and time', () => {
  it('tells when a message is best sent and what that rests on', async () => {
    expect(textOf(await open())).toMatch(/建议 周二、周四 15–17 点联系 · 行业常见/);
  });

  it('marks the chain’s own words while she types, and no others’', () => {
    const own = { words: [{ word: '亲亲', replacement: null, blocks: true }], allow: ['限时特价区'] };
    expect(deskView('亲亲，您好', 48, own).blocked).toContain('1 处不能发');
    expect(deskView('亲亲，您好', 48).blocked).toBe('');
    expect(deskView('限时特价区在二楼', 48, own).marks).toEqual([]);
  });

  it('hands her judgement of a script over and shows it', async () => {
    const page = await open();
    replies('outreach', 'script.feedback', () => ({ good: 1, bad: 0 }));
    await tap(page, '.main--judge__act');
    expect(askedFor('script.feedback')[0]?.ask).toEqual({ scriptId: 's1', good: true, word: '' });
    expect(page.dom.querySelector('.main--judge__act--on')?.textContent).toBe('好用');
  });
});

describe('the radar card', () => {
  it('has a table and a picture where all places are known, and numbers alone where not', () => {
    expect(radarView(aRadar()).rows[1]).toEqual({
      label: '频次',
      value: 0.8,
      text: '80%',
      notes: ['一年12次', '比本店80%的顾客靠前'],
    });
    const axes = aRadar().axes.map((axis) => ({ ...axis, share: null, says: '' }));
    const few = radarView({ axes, isWhole: false, basis: '本店买过的会员只有12位' });
    expect(few.rows).toEqual([]);
    expect(few.axes[0]).toMatchObject({ share: '—', text: '214天前' });
  });
});

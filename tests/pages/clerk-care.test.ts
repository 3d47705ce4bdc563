import type { CareContract, CareRow } from '../../miniprogram/contract/care';
import { careShown } from '../../miniprogram/clerk/care/view';
import { addDays } from '../../miniprogram/domain/kernel/day';
import {
  askedFor,
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
import { aCard, aList, aTask, TODAY } from './samples';

type Reply = CareContract['care.calendar']['reply'];
const aRow = (over: Partial<CareRow> = {}): CareRow => ({
  taskId: 'care.birthday.2024:m1',
  name: '王芳',
  phoneTail: '1234',
  value: 'high',
  occasion: 'birthday',
  word: '生日关怀',
  why: '3天后（3月8日）生日，送一句祝福',
  isContacted: false,
  ...over,
});
const calendar = (rows: Record<number, CareRow[]> = {}): Reply => ({
  today: TODAY,
  days: Array.from({ length: 14 }, (_, n) => ({ on: addDays(TODAY, n), rows: rows[n] ?? [] })),
});
beforeEach(startOver);

it('counts whom she is to think of and whom she has not contacted, day by day', () => {
  const shown = careShown(
    calendar({ 0: [aRow(), aRow({ isContacted: true })], 3: [aRow({ value: 'low' })] }),
  );
  expect(shown.sum).toBe('这两周要问候 3 位，还有 2 位没联系');
  expect(shown.dots.map(({ count }) => count)).toEqual([2, 0, 0, 1, ...Array<number>(10).fill(0)]);
  expect(shown.days.map(({ title, note }) => `${title} ${note}`)).toEqual([
    '今天 3月5日 周二',
    '3月8日 周五',
  ]);
  expect(shown.days[1]?.rows[0]).toMatchObject({ value: '', tail: '尾号1234' });
});

it('shows the fortnight in one call, a tapped day alone, and opens the customer', async () => {
  replies('outreach', 'care.calendar', () =>
    calendar({ 0: [aRow()], 2: [aRow({ taskId: 'x:m2', name: '赵磊' })] }),
  );
  const page = await mountPage('clerk/care/care');
  expect(askedFor('care.calendar')).toHaveLength(1);
  expect(textOf(page)).toContain('王芳');
  expect(textOf(page)).toContain('赵磊');
  await tap(page, '.main--dot', 2);
  expect(textOf(page)).not.toContain('王芳');
  await tap(page, '.main--dot', 5);
  expect(textOf(page)).toContain('赵磊');
  await tap(page, '.main--dot', 2);
  await tap(page, '.main--person');
  expect(phone.navigateTo).toHaveBeenCalledWith({
    url: `/clerk/customer/customer?taskId=${encodeURIComponent('care.birthday.2024:m1')}`,
  });
});

it('says when there is nobody, and why it could not be read, and reads again', async () => {
  loses('outreach', 'care.calendar');
  const page = await mountPage('clerk/care/care');
  expect(textOf(page)).toContain('网络断开了');
  replies('outreach', 'care.calendar', () => calendar());
  page.instance['onRetry']?.();
  await settled();
  expect(textOf(page)).toContain('这两周没有要问候的顾客');
  refuses('outreach', 'care.calendar', { code: 'not-staff' });
  expect(textOf(await mountPage('clerk/care/care'))).toContain('还不是本店员工');
});

describe('a care task elsewhere on her phone', () => {
  const care = { occasion: 'birthday' as const, word: '生日关怀', until: addDays(TODAY, 3) };
  const card = aCard({ care, offerText: '', taskId: 'care.birthday.2024:m1' });

  it('has its word on the list and no offer, and the list leads to the calendar', async () => {
    replies('outreach', 'task.list', () => aList({ cards: [card] }));
    const page = await mountPage('clerk/list/list');
    expect(textOf(page)).toContain('生日关怀');
    expect(textOf(page)).not.toContain('折');
    await tap(page, '.main--board', 2);
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/clerk/care/care' });
  });

  it('opens without a card to send, and says why it ended', async () => {
    const opened = aTask({ card, offer: null, giftPath: null, coupon: null });
    replies('outreach', 'task.open', () => opened);
    const page = await mountPage('clerk/customer/customer', { taskId: card.taskId });
    expect(textOf(page)).toContain('生日关怀');
    expect(textOf(page)).not.toContain('发送礼包卡');
    const over = { ...opened, card: { ...card, status: 'closed' as const, whyNow: '她已经付款' } };
    replies('outreach', 'task.open', () => over);
    expect(textOf(await mountPage('clerk/customer/customer', { taskId: card.taskId }))).toContain(
      '这条任务已经结束：她已经付款。',
    );
  });
});

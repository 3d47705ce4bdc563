import type { TaskCard } from '../../miniprogram/contract/outreach';
import {
  expectedCard,
  isWaiting,
  readWaiting,
  triedAgain,
  withoutWaiting,
  withWaiting,
} from '../../miniprogram/clerk/waiting';
import type { WaitingAct } from '../../miniprogram/clerk/waiting';
import { addDays } from '../../miniprogram/domain/kernel/day';
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
  textOf,
} from './mount';
import { aCard, aTask, NOW, TODAY } from './samples';

const tomorrow = addDays(TODAY, 1);
const snoozed = (key: string, taskId = 'c1:m1'): WaitingAct => ({
  action: 'task.snooze',
  ask: { taskId, untilOn: tomorrow },
  key,
  tries: 0,
});
const sent = (key: string): WaitingAct => ({
  action: 'touch.record',
  ask: { taskId: 'c1:m1', channel: 'copy', scriptId: null, text: null },
  key,
  tries: 0,
});

describe('what waits for a network', () => {
  it('stands in the order it was said, each once', () => {
    const queue = [sent('a'), snoozed('b')];
    expect(withWaiting(queue, snoozed('b'))).toEqual(queue);
    expect(withWaiting(queue, snoozed('c'))?.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    expect(withoutWaiting(queue, 'a')).toEqual([snoozed('b')]);
    expect(triedAgain(queue, 'b').map(({ tries }) => tries)).toEqual([0, 1]);
    const full = Array.from({ length: 200 }, (_, n) => snoozed(`k${n}`));
    expect(withWaiting(full, sent('x'))).toBeNull();
    expect(withWaiting(full, snoozed('k7'))).toHaveLength(200);
  });

  it('reads what the phone kept, and nothing that is not ours', () => {
    const rubbish = [null, 7, {}, { ...sent('a'), action: 'staff.leave' }, { ...sent('a'), ask: {} }];
    expect(readWaiting([...rubbish, sent('b')])).toEqual([sent('b')]);
    for (const none of [undefined, '', {}, 'text', null]) expect(readWaiting(none)).toEqual([]);
  });

  it('is shown as it will stand', () => {
    const closing: WaitingAct = {
      action: 'followUp.record',
      ask: {
        taskId: 'c1:m1',
        outcome: 'lostForGood',
        lapseReason: null,
        note: '',
        nextContactOn: null,
      },
      key: 'd',
      tries: 0,
    };
    const card = expectedCard(aCard(), [sent('a'), snoozed('b'), snoozed('c', 'c1:m2')]);
    expect(card).toMatchObject({
      status: 'contacted',
      stage: 'contacted',
      daysSinceTouched: 0,
      dueOn: tomorrow,
    });
    expect(expectedCard(aCard(), [closing]).status).toBe('closed');
    expect(expectedCard(aCard({ status: 'woken', stage: 'woken' }), [sent('a')])).toMatchObject({
      status: 'woken',
      stage: 'woken',
    });
    expect(isWaiting([snoozed('c', 'c1:m2')], 'c1:m1')).toBe(false);
  });
});

describe('without a network', () => {
  beforeEach(startOver);
  const form = { outcome: 'willCome', lapseReason: null, note: '', nextContactOn: tomorrow };
  const contacted = (): TaskCard => aCard({ status: 'contacted', stage: 'contacted' });
  /** Copied with a network, then stated and followed up without one. */
  const workOffline = async () => {
    replies('outreach', 'task.open', () => aTask());
    replies('outreach', 'script.copy', () => ({ text: '芳姐您好', marks: [], heldUntil: NOW }));
    const page = await mountPage('clerk/customer/customer', { taskId: 'c1:m1' });
    await page.instance['onCopy']?.();
    for (const action of ['touch.record', 'followUp.record', 'task.open'] as const) loses('outreach', action);
    await page.instance['onSent']?.();
    await hands(page, 'onFollowUp', form);
    await settled(20);
    return page;
  };

  it('nothing is lost: the page goes on, says that it waits, and offers no undo', async () => {
    const page = await workOffline();
    expect(page.data).toMatchObject({ sheet: '', refusal: '', canUndo: false, waits: true });
    expect(textOf(page)).toContain('待同步');
    expect(textOf(page)).toContain('已联系');
    // The second act takes its place behind the first, which is tried again before it.
    await settled(20);
    expect(askedFor('touch.record')).toHaveLength(2);
    expect(askedFor('followUp.record')).toHaveLength(0);
  });

  it('everything is sent in order under its own key when the network is back, and once', async () => {
    const page = await workOffline();
    const order: string[] = [];
    replies('outreach', 'touch.record', () => {
      order.push('touch');
      return { card: contacted(), nextAllowedAt: null, undoUntil: NOW };
    });
    replies('outreach', 'followUp.record', () => {
      order.push('followUp');
      return { card: contacted() };
    });
    replies('outreach', 'task.open', () => aTask({ card: contacted() }));
    await connected(false);
    expect(order).toEqual([]);
    await Promise.all([connected(true), connected(true)]);
    page.instance['onShow']?.();
    await settled(20);
    expect(order).toEqual(['touch', 'followUp']);
    const tries = askedFor('touch.record');
    expect(tries.map(({ requestKey }) => requestKey)).toEqual(tries.map(() => tries[0]?.requestKey));
    expect(page.data['waits']).toBe(false);
    expect(textOf(page)).not.toContain('待同步');
  });

  it('survives closing the mini program: the next page that is opened sends it', async () => {
    await workOffline();
    replies('outreach', 'touch.record', () => ({ card: contacted(), nextAllowedAt: null, undoUntil: NOW }));
    replies('outreach', 'followUp.record', () => ({ card: contacted() }));
    replies('outreach', 'task.open', () => aTask({ card: contacted() }));
    await mountPage('clerk/customer/customer', { taskId: 'c1:m9' });
    await settled(20);
    expect(askedFor('touch.record')).toHaveLength(3);
    expect(askedFor('followUp.record')).toHaveLength(1);
  });

  it('a refusal on sending later is shown and dropped; what stands behind it is sent', async () => {
    await workOffline();
    refuses('outreach', 'touch.record', { code: 'out-of-scope' });
    replies('outreach', 'followUp.record', () => ({ card: contacted() }));
    await connected(true);
    await settled(20);
    expect(phone.showModal.mock.calls.at(-1)?.[0].content).toBe(
      '断网时记的“已发送”没有记上：这位顾客或任务不在你名下，请在自己的列表中操作。',
    );
    expect(askedFor('followUp.record')).toHaveLength(1);
    await connected(true);
    expect(askedFor('touch.record')).toHaveLength(3);
  });

  it('a server that stumbles is asked again later, and not for ever', async () => {
    await workOffline();
    refuses('outreach', 'touch.record', { code: 'server-error' });
    replies('outreach', 'followUp.record', () => ({ card: contacted() }));
    for (let turn = 0; turn < 4; turn++) await connected(true);
    expect(askedFor('followUp.record')).toHaveLength(0);
    await connected(true);
    await settled(20);
    expect(phone.showModal).toHaveBeenCalledTimes(1);
    expect(askedFor('followUp.record')).toHaveLength(1);
  });
});

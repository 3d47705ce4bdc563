import { customerView } from '../../miniprogram/clerk/customer/view';
import { aTimeline } from './member-samples';
import { askedFor, hands, loses, mountPage, phone, replies, settled, startOver, tap, textOf } from './mount';
import { aTask, NOW, TODAY } from './samples';

describe('what a clerk knows of a customer', () => {
  it('has a rhythm and things that run out only where somebody knows them', () => {
    expect(customerView(aTask(), TODAY)).toMatchObject({
      rhythm: expect.stringContaining('每28天') as string,
      refill: '',
    });
    const unknown = aTask({ rhythmText: null, refillText: '面霜：今天该补了', tags: [] });
    expect(customerView(unknown, TODAY)).toMatchObject({ rhythm: '', refill: '面霜：今天该补了', tags: [] });
  });
});

describe('on the customer page', () => {
  beforeEach(startOver);
  const open = async (task = aTask()) => {
    replies('outreach', 'task.open', () => task);
    return mountPage('clerk/customer/customer', { taskId: 'c1:m1' });
  };

  it('notes that she is in the shop, also while she may not be written to, and reads her anew', async () => {
    const page = await open(aTask({ scripts: [], contactRefused: { code: 'resting', nextAllowedAt: NOW } }));
    loses('members', 'visit.record');
    await hands(page, 'onVisit', {});
    expect(phone.showModal.mock.calls[0]?.[0].content).toContain('网络断开了');
    replies('members', 'visit.record', () => ({
      on: TODAY,
      lifecycle: 'dormant' as const,
      value: 'high' as const,
      sentence: '沉睡：…',
    }));
    await hands(page, 'onVisit', {});
    const [lost, kept] = askedFor('visit.record');
    expect(kept).toMatchObject({ ask: { memberId: 'm1' }, requestKey: lost?.requestKey });
    expect(askedFor('task.open')).toHaveLength(2);
  });

  it('is told of a visit from the menu while she may be written to', async () => {
    const page = await open();
    replies('members', 'visit.record', () => ({
      on: TODAY,
      lifecycle: 'dormant' as const,
      value: 'high' as const,
      sentence: '沉睡：…',
    }));
    phone.showActionSheet.mockResolvedValueOnce({ tapIndex: 2 });
    await hands(page, 'onMore', {});
    expect(phone.showActionSheet.mock.calls[0]?.[0].itemList[2]).toBe('她今天到店了');
    expect(askedFor('visit.record')).toHaveLength(1);
  });

  it('tells the whole story only to a clerk who asks for it', async () => {
    const page = await open();
    replies('members', 'member.timeline', () => aTimeline());
    expect(askedFor('member.timeline')).toHaveLength(0);
    await tap(page, '.main--whole');
    await settled();
    expect(askedFor('member.timeline').map((call) => call.ask)).toEqual([{ memberId: 'm1' }]);
    expect(textOf(page)).toContain('满6个月未消费，转为沉睡');
  });

  it('folds the tier sentence to two lines until it is tapped', async () => {
    const page = await open();
    expect(page.dom.querySelectorAll('.main--folded')).toHaveLength(2);
    await tap(page, '.main--tier-sentence');
    expect(page.dom.querySelectorAll('.main--folded')).toHaveLength(0);
  });
});

import { customerView, firstFit, scriptsView, shareTitle } from '../../miniprogram/clerk/customer/view';
import {
  asksReason,
  nextDays,
  OUTCOME_CHOICES,
  usualNext,
} from '../../miniprogram/clerk/parts/follow-up/choices';
import { deskView, remedied } from '../../miniprogram/clerk/parts/script-desk/view';
import { addDays, day } from '../../miniprogram/domain/kernel/day';
import {
  askedFor,
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
import { aCard, aScript, aTask, NOW, TODAY } from './samples';

describe('the customer', () => {
  it('is shown by three facts, each with its meaning', () => {
    const { facts } = customerView(aTask(), TODAY);
    expect(facts.map(({ label, big, unit, note }) => `${label} ${big}${unit} ${note}`)).toEqual([
      '最近 214天前 2023年8月4日',
      '频次 12次 2021年3月起',
      '客单 ¥214 累计 ¥2,568',
    ]);
    expect(facts.every(({ meaning }) => meaning.length > 10)).toBe(true);
  });

  it('shows no false zeros for someone who never paid', () => {
    const facts = { paidOrders: 0, paidFen: 0, aovFen: null, firstPaidOn: null, lastPaidOn: null };
    const shown = customerView(aTask({ facts, card: aCard({ daysSincePaid: null }) }), TODAY).facts;
    expect(shown.map(({ big, unit, note }) => big + unit + note)).toEqual(['—还没消费过', '0次', '—']);
  });

  it('may be contacted, or the bar says why not and until when', () => {
    expect(customerView(aTask(), TODAY).bar).toEqual({ kind: 'act', sentence: '', tone: '' });
    const resting = aTask({ scripts: [], contactRefused: { code: 'resting', nextAllowedAt: NOW } });
    expect(customerView(resting, TODAY).bar).toEqual({
      kind: 'refused',
      sentence: '顾客几次没有回应，先让她休息，3月5日 10:00之后可以再联系。',
      tone: 'warn',
    });
    expect(customerView(resting, TODAY).scriptsNote).toContain('话术会在这里等你');
  });

  it('is over once she came back, whatever else is true', () => {
    const woken = aTask({ card: aCard({ status: 'woken' }), contactRefused: { code: 'quiet-hours' } });
    expect(customerView(woken, TODAY).bar.kind).toBe('over');
  });

  it('offers to send the card only while it leads to something', () => {
    const withCoupon = (status: 'unused' | 'expired') =>
      customerView(aTask({ coupon: { text: '7折', status, expiresAt: NOW } }), TODAY).canShare;
    expect(customerView(aTask({ coupon: null }), TODAY).canShare).toBe(true);
    expect(withCoupon('unused')).toBe(true);
    expect(withCoupon('expired')).toBe(false);
  });

  it('asks for no more messages to a customer who has used her gift', () => {
    const came = customerView(aTask({ card: aCard({ stage: 'redeemed' }) }), TODAY);
    expect(came.bar).toMatchObject({ kind: 'refused', tone: 'good' });
    expect(came.bar.sentence).toContain('不用再发消息');
    expect(came.scriptsNote).toBe('');
  });

  it('says when the badge speaks of the launch and the sentence of today', () => {
    const now = (tierSentence: string) => customerView(aTask({ tierSentence }), TODAY).tierThen;
    expect(now('沉睡：最后一次消费是2023年8月4日')).toBe('');
    expect(now('活跃：最后一次消费是2024年3月5日')).toBe('下发时');
  });

  it('has one story, newest first', () => {
    const followUp = {
      outcome: 'notNow' as const,
      lapseReason: 'price' as const,
      note: '暑假再来',
      nextContactOn: addDays(TODAY, 1),
      at: NOW,
    };
    const { timeline } = customerView(aTask({ followUp }), TODAY);
    expect(timeline.map(({ when, title, detail }) => `${when} ${title} ${detail}`)).toEqual([
      '今天 跟进：暂时不需要，价格 暑假再来　下次联系：明天',
      '1月30日 微信消息 · 李敏 新年好！',
      '2023年8月4日 消费 ¥320.50 静安寺店',
    ]);
  });

  it('is never named on the card that others may see', () => {
    expect(shareTitle('春日回归礼')).toBe('春日回归礼，给您留好了');
  });
});

describe('the suggested scripts', () => {
  const lacking = aScript({ scriptId: 's9', missing: ['赠品'] });

  it('cannot be copied with a blank left, until the clerk fills it herself', () => {
    expect(scriptsView([lacking], {})[0]?.unfit).toBe('缺少赠品，补上才能复制');
    expect(scriptsView([lacking], { s9: '芳姐，来坐坐' })[0]).toMatchObject({ unfit: '', edited: true });
  });

  it('begin with the first that can be copied', () => {
    expect(firstFit([lacking, aScript()])).toBe('s1');
    expect(firstFit([lacking])).toBe('');
  });
});

describe('the follow-up form', () => {
  it('asks why only when she will not come', () => {
    const asking = OUTCOME_CHOICES.map(({ id }) => id).filter((id) => asksReason(id));
    expect(asking).toEqual(['notNow', 'lostForGood']);
  });

  it('proposes never to remind again when she is lost for good', () => {
    const days = nextDays(day('2024-02-28'));
    expect(days.map(({ on }) => on)).toEqual(['2024-02-29', '2024-03-02', '2024-03-06', null]);
    expect(days[usualNext('lostForGood')]?.word).toBe('不再提醒');
    expect(days[usualNext('noReply')]?.word).toBe('3天后');
  });
});

describe('the writing desk', () => {
  it('marks a forbidden word, blocks, and is content after one tap', () => {
    const draft = '这是全国最佳的面霜';
    const shown = deskView(draft, 48);
    expect(shown.runs.map(({ text, mark }) => `${text}/${mark}`)).toContain('最佳/block');
    expect(shown.runs.map(({ text }) => text).join('')).toBe(draft);
    expect(shown.blocked).not.toBe('');
    const mark = shown.marks[0];
    expect(mark && deskView(remedied(draft, mark), 48).blocked).toBe('');
  });

  it('lets 48小时 pass only when the coupon really lives that long', () => {
    expect(deskView('领取后48小时内有效', 48).blocked).toBe('');
    expect(deskView('领取后48小时内有效', null).blocked).not.toBe('');
  });

  it('does not let an empty draft through', () => {
    expect(deskView('  ', 48).blocked).toBe('还没有写内容');
  });
});

describe('the customer page', () => {
  beforeEach(startOver);
  const stated = () => ({
    card: aCard({ status: 'contacted', stage: 'contacted' }),
    nextAllowedAt: null,
    undoUntil: NOW + 60_000,
  });
  const open = async (task = aTask()) => {
    replies('outreach', 'task.open', () => task);
    return mountPage('clerk/customer/customer', { taskId: 'c1:m1' });
  };
  const copyAndSay = async () => {
    const page = await open();
    replies('outreach', 'script.copy', () => ({ text: '芳姐您好', marks: [], heldUntil: NOW }));
    await page.instance['onCopy']?.();
    return page;
  };

  it('opens with one call and highlights the filled blanks', async () => {
    const page = await open();
    expect(askedFor('task.open').map((call) => call.ask)).toEqual([{ taskId: 'c1:m1' }]);
    expect([...page.dom.querySelectorAll('.main--filled')].map((node) => node.textContent)).toContain(
      '静安寺店',
    );
  });

  it('copies what the server hands out and then asks whether it was sent', async () => {
    const page = await copyAndSay();
    expect(phone.setClipboardData).toHaveBeenCalledWith({ data: '芳姐您好' });
    expect(askedFor('script.copy')[0]?.ask).toEqual({ taskId: 'c1:m1', scriptId: 's1', draft: null });
    expect(page.data['sheet']).toBe('sent');
    expect(askedFor('touch.record')).toHaveLength(0);
  });

  it('records the touch with the hold it came from, and asks what came of it', async () => {
    const page = await copyAndSay();
    replies('outreach', 'touch.record', stated);
    await page.instance['onSent']?.();
    const held = askedFor('script.copy')[0]?.requestKey;
    expect(held).toMatch(/\w+-[0-9a-f]{8}/);
    expect(askedFor('touch.record')[0]?.ask).toEqual({
      taskId: 'c1:m1',
      channel: 'copy',
      scriptId: 's1',
      text: '芳姐您好',
      held,
    });
    expect(page.data['sheet']).toBe('followUp');
  });

  it('asks for the same words again as the same act when the answer was lost', async () => {
    const page = await open();
    loses('outreach', 'script.copy');
    await page.instance['onCopy']?.();
    await page.instance['onCopy']?.();
    await hands(page, 'onSaveDraft', { text: '芳姐，来坐坐' });
    await page.instance['onCopy']?.();
    const [first, again, other] = askedFor('script.copy').map((call) => call.requestKey);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('takes back what she has just said, once', async () => {
    const page = await copyAndSay();
    replies('outreach', 'touch.record', stated);
    await page.instance['onSent']?.();
    expect(textOf(page)).toContain('其实没有，撤回');
    replies('outreach', 'touch.undo', () => ({ card: aCard() }));
    await page.instance['onUndo']?.();
    const touch = askedFor('touch.record')[0]?.requestKey;
    expect(askedFor('touch.undo').map((call) => call.ask)).toEqual([{ taskId: 'c1:m1', touch }]);
    expect(textOf(page)).not.toContain('撤回');
    await page.instance['onUndo']?.();
    expect(askedFor('touch.undo')).toHaveLength(1);
  });

  it('copies nothing when contact is refused meanwhile, and says why', async () => {
    const page = await open();
    refuses('outreach', 'script.copy', { code: 'quiet-hours', nextAllowedAt: NOW });
    await page.instance['onCopy']?.();
    expect(phone.setClipboardData).not.toHaveBeenCalled();
    expect(phone.showModal.mock.calls[0]?.[0].content).toBe('现在是免打扰时间，3月5日 10:00之后可以再联系。');
    expect(page.data['sheet']).toBe('');
  });

  it('shares a card that carries the gift, with its own picture, and asks when she comes back', async () => {
    const page = await open();
    expect(page.instance['onShareAppMessage']?.()).toMatchObject({ path: '/pages/entry/entry' });
    replies('outreach', 'touch.begin', () => ({ heldUntil: NOW, phone: null }));
    await page.instance['onShare']?.();
    expect(page.data['sheet']).toBe('share');
    const card = page.instance['onShareAppMessage']?.();
    expect(card).toEqual({
      title: '春日回归礼，给您留好了',
      path: '/member/gift/gift?l=abc',
      imageUrl: '/clerk/customer/gift-card.png',
    });
    page.instance['onShow']?.();
    await settled();
    expect(page.data['sheet']).toBe('sent');
    replies('outreach', 'touch.record', stated);
    await page.instance['onSent']?.();
    expect(askedFor('touch.record')[0]?.ask).toMatchObject({
      channel: 'shareCard',
      held: askedFor('touch.begin')[0]?.requestKey,
    });
    expect(page.instance['onShareAppMessage']?.()).toMatchObject({ path: '/pages/entry/entry' });
  });

  it('lets no card go when the gate refuses, or after the sheet was closed', async () => {
    const page = await open();
    refuses('outreach', 'touch.begin', { code: 'contact-held', nextAllowedAt: NOW });
    await page.instance['onShare']?.();
    expect(phone.showModal.mock.calls[0]?.[0].content).toBe(
      '有一次联系刚开始，还没说发没发出去，请先确认那一次，3月5日 10:00之后可以再联系。',
    );
    expect(page.data['sheet']).toBe('');
    expect(page.instance['onShareAppMessage']?.()).toMatchObject({ path: '/pages/entry/entry' });
    replies('outreach', 'touch.begin', () => ({ heldUntil: NOW, phone: null }));
    await page.instance['onShare']?.();
    await page.instance['onCloseSheet']?.();
    expect(page.instance['onShareAppMessage']?.()).toMatchObject({ path: '/pages/entry/entry' });
  });

  it('dials the number it is told and asks how it went; says so when nobody knows it', async () => {
    const page = await open();
    replies('outreach', 'touch.begin', () => ({ heldUntil: NOW, phone: '13800001234' }));
    await page.instance['onCall']?.();
    expect(phone.makePhoneCall).toHaveBeenCalledWith({ phoneNumber: '13800001234' });
    expect(textOf(page)).toContain('电话打了吗？');
    expect(JSON.stringify(page.data)).not.toContain('13800001234');
    replies('outreach', 'touch.begin', () => ({ heldUntil: NOW, phone: null }));
    await page.instance['onCall']?.();
    expect(phone.showModal.mock.calls[0]?.[0].content).toContain('没有登记完整号码');
    expect(phone.makePhoneCall).toHaveBeenCalledTimes(1);
  });

  it('hands out no gift and no words while contact is refused', async () => {
    const page = await open(
      aTask({ scripts: [], contactRefused: { code: 'opted-out', nextAllowedAt: null } }),
    );
    expect(page.instance['onShareAppMessage']?.()).toMatchObject({ path: '/pages/entry/entry' });
    expect(textOf(page)).toContain('顾客已退订，不再联系。谢谢你替她着想。');
    expect(textOf(page)).not.toContain('复制话术');
  });

  it('notes that she wants no more, also while she may not be written to, and asks before it does', async () => {
    const page = await open(aTask({ scripts: [], contactRefused: { code: 'resting', nextAllowedAt: NOW } }));
    replies('outreach', 'optOut.record', ({ scope }) => ({ scope }));
    const say = async (tapIndex: number, confirm: boolean) => {
      phone.showActionSheet.mockResolvedValueOnce({ tapIndex: 3 }).mockResolvedValueOnce({ tapIndex });
      phone.showModal.mockResolvedValueOnce({ confirm });
      await hands(page, 'onMore', {});
    };
    await say(1, false);
    expect(askedFor('optOut.record')).toHaveLength(0);
    await say(0, true);
    await say(1, true);
    expect(askedFor('optOut.record').map((call) => call.ask)).toEqual([
      { taskId: 'c1:m1', scope: 'promo' },
      { taskId: 'c1:m1', scope: 'all' },
    ]);
    expect(askedFor('task.open')).toHaveLength(3);
  });

  it('records what came of it', async () => {
    const page = await open();
    replies('outreach', 'followUp.record', () => ({ card: aCard() }));
    await page.instance['onMore']?.();
    const form = { outcome: 'willCome', lapseReason: null, note: '周末来', nextContactOn: addDays(TODAY, 3) };
    await hands(page, 'onFollowUp', form);
    expect(askedFor('followUp.record')[0]).toMatchObject({
      ask: { taskId: 'c1:m1', ...form },
      requestKey: expect.stringMatching(/\w+-[0-9a-f]{8}/) as string,
    });
    expect(page.data['sheet']).toBe('');
  });

  it('leads back from a task that is not hers: trying again would not help', async () => {
    refuses('outreach', 'task.open', { code: 'out-of-scope' });
    const page = await mountPage('clerk/customer/customer', { taskId: 'c1:m1' });
    expect(textOf(page)).toContain('这位顾客或任务不在你名下');
    await tap(page, '.load-state--state-face__button');
    expect(phone.navigateBack).toHaveBeenCalledTimes(1);
    expect(askedFor('task.open')).toHaveLength(1);
  });

  it('says why it cannot be opened, and tries again', async () => {
    loses('outreach', 'task.open');
    const page = await mountPage('clerk/customer/customer', { taskId: 'c1:m1' });
    expect(textOf(page)).toContain('网络断开了，恢复后请重试。');
    replies('outreach', 'task.open', () => aTask());
    await tap(page, '.load-state--state-face__button');
    expect(textOf(page)).toContain('王芳');
  });
});

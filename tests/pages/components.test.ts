import { timeLeft } from '../../miniprogram/components/countdown/left';
import { groupedCode, headlineParts, stampOf } from '../../miniprogram/components/coupon-ticket/face';
import { badgeWords } from '../../miniprogram/components/tier-badge/words';
import { LIFECYCLES, LIFECYCLE_WORDS } from '../../miniprogram/domain/membership/types';
import { mountComponent, settled, startOver, tap, textOf } from './mount';

const HOUR = 3_600_000;

beforeEach(startOver);

describe('load-state', () => {
  it('offers 重试 on the error face and tells the page when it is tapped', async () => {
    const it = mountComponent('components/load-state/load-state', { state: 'error', text: '网络断开了。' });
    const retried = jest.fn();
    it.addEventListener('retry', retried);
    expect(textOf(it)).toBe('网络断开了。重试');
    await tap(it, '.main--state-face__button');
    expect(retried).toHaveBeenCalledTimes(1);
  });

  it('has no button on the empty face unless there is something to do', () => {
    const it = mountComponent('components/load-state/load-state', { state: 'empty', text: '没有任务。' });
    expect(textOf(it)).toBe('没有任务。');
  });

  it('shows as many bones as asked for while loading', () => {
    const it = mountComponent('components/load-state/load-state', { state: 'loading', rows: 5 });
    expect(it.dom.querySelectorAll('.main--card')).toHaveLength(5);
  });
});

describe('tier-badge', () => {
  it('has a word for every lifecycle, so that colour is never alone', () => {
    expect(LIFECYCLES.map((each) => badgeWords(each, '').word)).toEqual(
      LIFECYCLES.map((each) => LIFECYCLE_WORDS[each]),
    );
  });

  it('names a high value and leaves an ordinary one unsaid', () => {
    expect(badgeWords('dormant', 'high')).toEqual({ word: '沉睡', valueWord: '高价值', tone: 'dormant' });
    expect(badgeWords('dormant', 'low').valueWord).toBe('');
  });

  it('shows nothing while it knows nothing', () => {
    expect(textOf(mountComponent('components/tier-badge/tier-badge'))).toBe('');
    expect(
      textOf(mountComponent('components/tier-badge/tier-badge', { lifecycle: 'lost', value: 'mid' })),
    ).toBe('流失中价值');
  });
});

describe('what is left of a coupon', () => {
  it('shows 48:00:00 right after the claim and 47:59:59 one second later', () => {
    expect(timeLeft(48 * HOUR)).toMatchObject({ days: 0, hours: '48', minutes: '00', seconds: '00' });
    expect(timeLeft(48 * HOUR - 1000)).toMatchObject({ hours: '47', minutes: '59', seconds: '59' });
  });

  it('is not over with one millisecond left, and is over at the instant itself', () => {
    expect(timeLeft(1)).toMatchObject({ seconds: '01', over: false });
    expect(timeLeft(0)).toMatchObject({ seconds: '00', over: true, spoken: '已到期' });
    expect(timeLeft(-5000).over).toBe(true);
  });

  it('counts days only beyond 99 hours', () => {
    expect(timeLeft(99 * HOUR)).toMatchObject({ days: 0, hours: '99' });
    expect(timeLeft(99 * HOUR + 1000)).toMatchObject({ days: 4, hours: '03' });
  });
});

describe('countdown', () => {
  it('goes by the server, so a phone set a day ahead takes nothing away', () => {
    const now = Date.now() - 24 * HOUR;
    const it = mountComponent('components/countdown/countdown', { now, expiresAt: now + 2 * HOUR });
    expect(textOf(it)).toMatch(/^02:00:00$|^01:59:59$/);
  });

  it('tells the page once when time is up', async () => {
    const now = Date.now();
    const it = mountComponent('components/countdown/countdown', { now, expiresAt: now + 120, size: 'small' });
    const over = jest.fn();
    it.addEventListener('over', over);
    expect(textOf(it)).toBe('还剩 00:00:01');
    await settled(400);
    expect(textOf(it)).toBe('已到期');
    expect(over).toHaveBeenCalledTimes(1);
  });

  it('stops turning in a hidden page and is right again when it comes back', async () => {
    const now = Date.now();
    const it = mountComponent('components/countdown/countdown', { now, expiresAt: now + 300, size: 'small' });
    it.triggerPageLifeTime('hide');
    await settled(500);
    expect(textOf(it)).toBe('还剩 00:00:01');
    it.triggerPageLifeTime('show');
    await settled();
    expect(textOf(it)).toBe('已到期');
  });
});

describe('coupon-ticket', () => {
  it('cuts the number out of a headline', () => {
    expect(headlineParts('7.5折')).toEqual({ lead: '', big: '7.5', tail: '折' });
    expect(headlineParts('减¥1,288')).toEqual({ lead: '减¥', big: '1,288', tail: '' });
    expect(headlineParts('到店有礼')).toEqual({ lead: '到店有礼', big: '', tail: '' });
    expect(headlineParts('3片面膜体验装')).toEqual({ lead: '3片面膜体验装', big: '', tail: '' });
  });

  it('groups a code four by four', () => {
    expect(groupedCode('12345678')).toBe('1234 5678');
    expect(groupedCode('')).toBe('');
  });

  it('stamps what no longer works, and only that', () => {
    expect(['unused', 'used', 'expired', 'revoked'].map(stampOf)).toEqual(['', '已使用', '已过期', '已作废']);
  });

  it('hides its back from screen readers until it is turned', () => {
    const ticket = { headline: '7折', title: '春日回归礼', code: '12345678', word: '海棠清风27' };
    const front = mountComponent('components/coupon-ticket/coupon-ticket', ticket);
    const back = mountComponent('components/coupon-ticket/coupon-ticket', { ...ticket, flipped: true });
    expect(front.dom.querySelector('.main--ticket--flipped')).toBeNull();
    expect(back.dom.querySelector('.main--ticket--flipped')).not.toBeNull();
    expect(textOf(back, '.main--ticket-code')).toBe('1234 5678');
  });
});

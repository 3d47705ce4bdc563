import { day } from '../../miniprogram/domain/kernel/day';
import { levelView } from '../../miniprogram/member/level/view';
import { mineView } from '../../miniprogram/member/mine/view';
import { pointsView } from '../../miniprogram/member/points/view';
import {
  askedFor,
  hands,
  loses,
  mountComponent,
  mountPage,
  phone,
  refuses,
  replies,
  startOver,
  connected,
  textOf,
} from './mount';
import { NOW } from './samples';

const level = {
  now: NOW,
  level: 'gold' as const,
  levelWords: '金卡会员',
  levelUntil: day('2024-06-03'),
  yearFen: 286_000,
  next: { level: 'diamond' as const, levelWords: '钻石会员', missingFen: 214_000 },
  keepMissingFen: 14_000,
  history: [],
};
const points = { now: NOW, points: 1260, expiring: { points: 200, on: day('2024-03-31') }, lines: [] };
const me = { now: NOW, name: '王芳', phoneTail: '1234', optOut: null };

describe('points', () => {
  it('say what ends first', () => {
    expect(pointsView(points)).toMatchObject({ balance: '1260', note: '其中 200 积分 2024年3月31日到期' });
  });

  it('explain a balance below zero', () => {
    expect(pointsView({ ...points, points: -30 }).note).toContain('退货收回');
  });
});

describe('a level', () => {
  it('says what keeps it, until when, and how far the next one is', () => {
    expect(levelView(level)).toMatchObject({
      keeps: '这个等级是为您保留的。2024年6月3日前再消费 ¥140，就能一直保住它。',
      next: { words: '钻石会员', missing: '¥2,140', percent: 57 },
    });
  });

  it('asks nothing for a level that is earned, or kept already', () => {
    expect(levelView({ ...level, keepMissingFen: null }).keeps).toBe('');
    expect(levelView({ ...level, keepMissingFen: 0 }).keeps).toContain('自动保住');
  });
});

describe('the pages of points and level', () => {
  beforeEach(startOver);

  it.each([
    ['points', 'points.mine'],
    ['level', 'level.mine'],
  ] as const)('%s: has a kind word for a stranger, and comes back with the network', async (page, action) => {
    refuses('gifts', action, { code: 'not-a-member' });
    expect(textOf(await mountPage(`member/${page}/${page}`))).toContain('还没有您的会员资料');
    startOver();
    loses('gifts', action);
    const lost = await mountPage(`member/${page}/${page}`);
    expect(textOf(lost)).toContain('网络断开了');
    if (action === 'points.mine') replies('gifts', action, () => points);
    else replies('gifts', action, () => level);
    await connected(true);
    expect(textOf(lost)).toContain(page === 'points' ? '1260' : '金卡会员');
  });
});

describe('a reminder of what ends', () => {
  beforeEach(startOver);

  it.each(['points', 'level'] as const)(
    'is offered on the page of %s where the shop sends one, and counted once however the answer is lost',
    async (what) => {
      const template = { remindTemplate: 'T1' };
      expect(pointsView({ ...points, ...template, expiring: null }).remind).toBe('');
      expect(levelView({ ...level, levelUntil: null, ...template }).remind).toBe('');
      expect([pointsView(points).remind, levelView(level).remind]).toEqual(['', '']);
      if (what === 'points') replies('gifts', 'points.mine', () => ({ ...points, ...template }));
      else replies('gifts', 'level.mine', () => ({ ...level, ...template }));
      expect(textOf(await mountPage(`member/${what}/${what}`))).toContain('到期前提醒我');

      const row = mountComponent('member/parts/ending-reminder/ending-reminder', { what, template: 'T1' });
      phone.requestSubscribeMessage.mockResolvedValueOnce({ T1: 'reject' });
      await row.instance['onRemind']?.();
      expect(textOf(row)).toContain('没有打开提醒');
      expect(askedFor('loyalty.remind')).toHaveLength(0);
      loses('gifts', 'loyalty.remind');
      await row.instance['onRemind']?.();
      replies('gifts', 'loyalty.remind', (ask) => ask);
      await row.instance['onRemind']?.();
      expect(textOf(row)).toContain('到期前一周会在微信里提醒您一次');
      const [lost, done] = askedFor('loyalty.remind');
      expect(done).toMatchObject({ ask: { what }, requestKey: lost?.requestKey });
    },
  );
});

describe('my data', () => {
  beforeEach(startOver);
  const open = async () => {
    replies('gifts', 'data.mine', () => me);
    return mountPage('member/mine/mine');
  };

  it('offers only what has not been said yet', () => {
    expect(mineView(me)).toMatchObject({ mayStopPromo: true, mayStopAll: true });
    expect(mineView({ ...me, optOut: { scope: 'promo', at: NOW } })).toMatchObject({
      mayStopPromo: false,
      mayStopAll: true,
    });
    expect(mineView({ ...me, optOut: { scope: 'all', at: NOW } }).mayStopAll).toBe(false);
  });

  it('takes her no, of offers alone or of everything', async () => {
    const page = await open();
    replies('gifts', 'optOut.set', () => ({ optedOut: true as const }));
    await hands(page, 'onStop', {}, { scope: 'promo' });
    await hands(page, 'onStop', {}, { scope: 'all' });
    expect(askedFor('optOut.set').map(({ ask }) => ask)).toEqual([
      { link: null, scope: 'promo' },
      { link: null, scope: 'all' },
    ]);
  });

  it('erases only after the second yes', async () => {
    const page = await open();
    replies('gifts', 'data.erase', () => ({ erased: true as const }));
    phone.showModal.mockResolvedValueOnce({ confirm: true, cancel: false });
    phone.showModal.mockResolvedValueOnce({ confirm: false, cancel: true });
    await page.instance['onErase']?.();
    expect(askedFor('data.erase')).toHaveLength(0);
    await page.instance['onErase']?.();
    expect(askedFor('data.erase')[0]).toMatchObject({ ask: { sure: true } });
    expect(phone.reLaunch).toHaveBeenCalledTimes(1);
  });
});

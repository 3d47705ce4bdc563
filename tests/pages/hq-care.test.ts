import { savedWords, settingsShown, toggled } from '../../miniprogram/hq/care/view';
import { day } from '../../miniprogram/domain/kernel/day';
import { DEFAULT_CARE } from '../../miniprogram/domain/outreach/care/settings';
import type { CareSettings } from '../../miniprogram/domain/outreach/care/settings';
import { asked, hands, loses, mountPage, refuses, replies, settled, startOver, textOf } from './mount';

beforeEach(startOver);
const read = (settings: CareSettings = DEFAULT_CARE) =>
  replies('outreach', 'care.settings', () => ({ settings, saved: null, lastNight: null }));
const saves = () => asked.filter(({ action }) => action === 'care.save');

it('says who saved and what the newest night gave', () => {
  const settings = DEFAULT_CARE;
  expect(savedWords({ settings, saved: null, lastNight: null }, day('2026-03-18'))).toBe(
    '还没有改过，按默认设置。',
  );
  const lastNight = { on: day('2026-03-18'), read: 9, given: { birthday: 3, refill: 1 } };
  const saved = { at: Date.UTC(2026, 2, 5, 1, 30), by: '小陈' };
  expect(savedWords({ settings, saved, lastNight }, day('2026-03-18'))).toBe(
    '小陈 3月5日 09:30 保存。昨夜看了 9 位到日子的会员，发了 4 条关怀（生日关怀 3，该补货了 1）。',
  );
});

it('shows a number of days only for what is seen coming', () => {
  const shown = settingsShown({ ...DEFAULT_CARE, off: ['birthday'] });
  const of = (id: string) => shown.occasions.find((one) => one.id === id);
  expect(of('unpaid')).toMatchObject({ isOn: true, ahead: null });
  expect(of('birthday')).toMatchObject({ isOn: false, ahead: 3 });
  expect(toggled(['a', 'c'], 'b', ['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
});

it('saves what was changed on top of what was read, the lost try as the same act', async () => {
  read();
  const page = await mountPage('hq/care/care');
  expect(textOf(page)).toContain('没有改动');
  await hands(page, 'onSwitch', {}, { id: 'festival' });
  await hands(page, 'onAhead', { value: 99 }, { id: 'birthday' });
  await hands(page, 'onAddDay', { value: '24' });
  await hands(page, 'onFestival', {}, { name: '七夕' });
  await hands(page, 'onDaily', { value: 8 });
  expect(textOf(page)).toContain('每月25号');
  loses('outreach', 'care.save');
  await hands(page, 'save', {});
  expect(textOf(page)).toContain('网络断开了');
  replies('outreach', 'care.save', ({ settings }) => ({ settings: { ...settings, version: 1 } }));
  await hands(page, 'save', {});
  const [lost, done] = saves();
  expect(done?.requestKey).toBe(lost?.requestKey);
  expect(done?.ask).toEqual({
    settings: {
      ...DEFAULT_CARE,
      off: ['festival'],
      daysAhead: { ...DEFAULT_CARE.daysAhead, birthday: 30 },
      memberDays: [25],
      festivals: ['元旦', '春节', '元宵节', '端午节', '七夕', '中秋节', '重阳节', '国庆节'],
      clerkDaily: 8,
    },
  });
});

it('takes a recurring day away, and says why it cannot be saved or read', async () => {
  read({ ...DEFAULT_CARE, memberDays: [25] });
  const page = await mountPage('hq/care/care');
  await hands(page, 'onDropDay', {}, { day: 25 });
  expect(textOf(page)).toContain('还没有会员日');
  refuses('outreach', 'care.save', { code: 'care-stale' });
  await hands(page, 'save', {});
  expect(textOf(page)).toContain('刚刚被别人改过');
  refuses('outreach', 'care.settings', { code: 'network-lost-reading' });
  const lost = await mountPage('hq/care/care');
  expect(textOf(lost)).toContain('网络断开了');
  read();
  lost.instance['retry']?.();
  await settled();
  expect(textOf(lost)).toContain('生日关怀');
});

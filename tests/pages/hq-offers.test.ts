import { NUMBERS, withNumber } from '../../miniprogram/hq/offers/numbers';
import { marginWords, rebateWords, savedWords, withCategory } from '../../miniprogram/hq/offers/view';
import { assignmentShown } from '../../miniprogram/hq/parts/assignmentShown';
import { DEFAULT_OFFERS } from '../../miniprogram/domain/offers/settings';
import type { OfferSettings } from '../../miniprogram/domain/offers/settings';
import { PREVIEW } from './hq-samples';
import { asked, hands, loses, mountPage, refuses, replies, settled, startOver, textOf } from './mount';

beforeEach(startOver);
const read = (settings: OfferSettings = DEFAULT_OFFERS) =>
  replies('gifts', 'offers.settings', () => ({
    settings,
    saved: null,
    categories: ['茶叶', '茶具'],
    typicalFen: 12_800,
  }));
const saves = () => asked.filter(({ action }) => action === 'offers.save');
const margin = { chain: 0.4, byCategory: [], floor: 0.15 };
const { rule } = DEFAULT_OFFERS.rebate;

it('writes what was typed and reads the same again, within what it may be', () => {
  const settings = { ...DEFAULT_OFFERS, margin };
  for (const { id, read: of, least, most } of NUMBERS) {
    expect(of(withNumber(settings, id, least))).toBe(least);
    expect(of(withNumber(settings, id, most + 1))).toBe(most);
  }
});

it('says what the margins allow and what an order brings', () => {
  expect(marginWords(margin, 12_800)).toBe(
    '全店的券最多让利 25%，也就是打到 7.5折。没有门槛的券按客单价 ¥128 来算。',
  );
  expect(marginWords({ ...margin, floor: 0.4 }, null)).toContain('什么优惠都发不出去');
  expect(marginWords(null, null)).toContain('还没写毛利');
  expect(rebateWords({ isOn: true, rule: { ...rule, trialProduct: '茶包' } })).toContain(
    '茶包（值 ¥10），加 减¥10券，无门槛',
  );
  expect(rebateWords({ isOn: true, rule: { ...rule, leastFen: 2_001 } })).toContain('不发');
  expect(withCategory(margin, ' 茶叶 ').byCategory).toEqual([{ category: '茶叶', rate: 0.4 }]);
  expect(savedWords({ at: Date.UTC(2026, 2, 5, 1, 30), by: '小陈' })).toBe('小陈 3月5日 09:30 保存。');
});

it('shows in the preview whom a return offer of before keeps out', () => {
  expect(assignmentShown({ ...PREVIEW, busy: 0, offered: 12, returnMonths: 3 }).leftOut).toEqual([
    '12 位在 3 个月内领过回归礼包，这次先不再给',
  ]);
  const nobody = assignmentShown({ ...PREVIEW, busy: 0, offered: 12, audience: 0, tasks: 0 });
  expect(nobody.nothing).toContain('原因见下');
});

it('saves what was changed on top of what was read, the lost try as the same act', async () => {
  read();
  const page = await mountPage('hq/offers/offers');
  expect(textOf(page)).toContain('没有改动');
  expect(textOf(page)).toContain('转发和邀请本身没有奖励');
  await hands(page, 'onNumber', { value: 6 }, { id: 'returnMonths' });
  await hands(page, 'onSwitch', {}, { which: 'margin' });
  await hands(page, 'onNumber', { value: 60 }, { id: 'chain' });
  await hands(page, 'onChoice', {}, { category: '茶具' });
  await hands(page, 'onRate', { value: 30 }, { category: '茶具' });
  await hands(page, 'onCategoryTyped', { value: '点心' });
  await hands(page, 'onAddCategory', {});
  await hands(page, 'onDropCategory', {}, { category: '点心' });
  await hands(page, 'onSwitch', {}, { which: 'rebate' });
  await hands(page, 'save', {});
  expect(textOf(page)).toContain('请写明体验券送什么');
  await hands(page, 'onProduct', { value: '新茶小样' });
  await hands(page, 'onSwitch', {}, { which: 'referral' });
  loses('gifts', 'offers.save');
  await hands(page, 'save', {});
  expect(textOf(page)).toContain('网络断开了');
  replies('gifts', 'offers.save', ({ settings }) => ({ settings: { ...settings, version: 1 } }));
  await hands(page, 'save', {});
  const [lost, done] = saves();
  expect(done?.requestKey).toBe(lost?.requestKey);
  expect(done?.ask).toEqual({
    settings: {
      version: 0,
      returnMonths: 6,
      margin: { chain: 0.6, byCategory: [{ category: '茶具', rate: 0.3 }], floor: 0.15 },
      rebate: { isOn: true, rule: { ...rule, trialProduct: '新茶小样' } },
      referral: { ...DEFAULT_OFFERS.referral, isOn: false },
    },
  });
});

it('says why it cannot be saved or read, and tries again', async () => {
  read({ ...DEFAULT_OFFERS, margin });
  const page = await mountPage('hq/offers/offers');
  await hands(page, 'onNumber', { value: 40 }, { id: 'floor' });
  await hands(page, 'save', {});
  expect(textOf(page)).toContain('毛利底线要低于全店毛利率');
  expect(saves()).toEqual([]);
  await hands(page, 'onNumber', { value: 10 }, { id: 'floor' });
  refuses('gifts', 'offers.save', { code: 'offers-stale' });
  await hands(page, 'save', {});
  expect(textOf(page)).toContain('刚刚被别人改过');
  refuses('gifts', 'offers.settings', { code: 'network-lost-reading' });
  const lost = await mountPage('hq/offers/offers');
  expect(textOf(lost)).toContain('网络断开了');
  read();
  lost.instance['retry']?.();
  await settled();
  expect(textOf(lost)).toContain('付款后返利');
});
